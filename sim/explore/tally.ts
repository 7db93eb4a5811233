/**
 * What a hunt adds up to: runs, what they met, and of each kind of violation how often and the smallest scenarios. Plain
 * data, in one order, so that tallies of parts of a hunt merge in any order to the same bytes.
 */
import type { ViolationKind } from './judge.ts';

/** The scenarios that are kept of each kind: reductions that begin apart end apart (properties §5.2). */
export const KEPT_SCENARIOS = 3;

/** A scenario that showed something, the violation to reduce it by, and where in the hunt it was. */
export interface Specimen extends ViolationKind {
  /** Its run in the hunt. */
  readonly run: number;
  readonly profile: string;
  readonly system: string;
  /** Requests and faults. */
  readonly events: number;
  /** The scenario file. */
  readonly text: string;
}

/** One kind of violation, or one hazard, as often as it was met. */
export interface Sighting {
  /** `I1 overwritten`: property and cause. Or `H1`: a hazard. */
  readonly id: string;
  readonly runs: number;
  /** The first run that showed it. */
  readonly first: number;
  /** The smallest scenarios, by events, then by run. */
  readonly smallest: readonly Specimen[];
}

/** How many runs met something. */
export interface Count {
  readonly id: string;
  readonly runs: number;
}

/** A part of a hunt, or all of it. */
export interface Tally {
  readonly runs: number;
  /** Runs that were stopped by a limit, and say nothing. */
  readonly stopped: number;
  /** Events of all runs. */
  readonly events: number;
  /** Runs of each profile, and those that violated something, by name. */
  readonly profiles: readonly (Count & { readonly violating: number })[];
  /** Properties and effects of faults, by id. */
  readonly reach: readonly Count[];
  /** Kinds of violation, by property and cause. */
  readonly violations: readonly Sighting[];
  /** Hazards that came with a violation, by id. */
  readonly hazards: readonly Sighting[];
}

/** The tally of nothing. */
export const EMPTY_TALLY: Tally = {
  runs: 0,
  stopped: 0,
  events: 0,
  profiles: [],
  reach: [],
  violations: [],
  hazards: [],
};

/** Both as one. Commutative and associative. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    runs: a.runs + b.runs,
    stopped: a.stopped + b.stopped,
    events: a.events + b.events,
    profiles: merged(a.profiles, b.profiles, (one, other) => ({
      ...bothCounts(one, other),
      violating: one.violating + other.violating,
    })),
    reach: merged(a.reach, b.reach, bothCounts),
    violations: merged(a.violations, b.violations, bothSightings),
    hazards: merged(a.hazards, b.hazards, bothSightings),
  };
}

/** Sorted by id; what is in both lists is joined. */
function merged<T extends { readonly id: string }>(
  a: readonly T[],
  b: readonly T[],
  join: (one: T, other: T) => T,
): readonly T[] {
  if (b.length === 0) return a;
  const byId = new Map(a.map((each) => [each.id, each]));
  for (const each of b) {
    const known = byId.get(each.id);
    byId.set(each.id, known === undefined ? each : join(known, each));
  }
  return [...byId.values()].toSorted((one, other) => byText(one.id, other.id));
}

function bothCounts(one: Count, other: Count): Count {
  return { id: one.id, runs: one.runs + other.runs };
}

function bothSightings(one: Sighting, other: Sighting): Sighting {
  const smallest = [...one.smallest, ...other.smallest].toSorted(bySize).slice(0, KEPT_SCENARIOS);
  return { id: one.id, runs: one.runs + other.runs, first: Math.min(one.first, other.first), smallest };
}

function bySize(a: Specimen, b: Specimen): number {
  return a.events - b.events || a.run - b.run;
}

/** By UTF-16 units, the same everywhere. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
