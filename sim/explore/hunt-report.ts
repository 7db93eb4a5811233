/**
 * The report of a hunt: its plan, its tally, and the properties that it did not exercise enough to have shown anything.
 * Shards write it as JSON, and the reports of all shards merge, in any order, to the report of the whole hunt.
 */
import * as v from 'valibot';
import { SYSTEM_NAMES } from '../scenario/index.ts';
import { inapplicable } from './applicable.ts';
import { isPartOf, joinedParts } from './hunt-part.ts';
import type { HuntPart, RunSpan } from './hunt-part.ts';
import type { HuntPlan } from './hunt.ts';
import { PROFILE_NAMES } from './profiles.ts';
import { REACHED_PROPERTIES } from './reach.ts';
import { mergeTallies } from './tally.ts';
import type { Tally } from './tally.ts';

/** The version of the report's format. 2 says which runs it is about. */
export const HUNT_SCHEMA = 2;

/** A property whose situation came up in fewer than one run of this many has shown nothing. */
const LEAST_SHARE = 100;
/** In a shorter hunt one run in a hundred is luck, so it says nothing of what it did not meet. */
export const LEAST_RUNS = 1_000;

/** A property that a hunt has hardly met, or cannot meet. */
export interface Unexercised {
  readonly property: string;
  /** Runs in which its situation came up. */
  readonly runs: number;
  /** Why it cannot come up under the systems of the hunt; undefined: it can, and the hunt is to blame. */
  readonly reason?: string;
}

/** A hunt, or a part of one. */
export interface HuntReport {
  readonly schema: typeof HUNT_SCHEMA;
  readonly plan: HuntPlan;
  /** Which of its runs were made: a shard makes some, and so does a hunt that was interrupted. */
  readonly part: HuntPart;
  readonly tally: Tally;
  /** Properties met in less than 1 % of the runs. Empty for short hunts, of which nothing can be said. */
  readonly unexercised: readonly Unexercised[];
}

/** The report of a tally, which is that of the runs of `part`. */
export function huntReport(plan: HuntPlan, part: HuntPart, tally: Tally): HuntReport {
  const few = tally.runs < LEAST_RUNS;
  return { schema: HUNT_SCHEMA, plan, part, tally, unexercised: few ? [] : unexercised(plan, tally) };
}

/** Whether a hunt has met what it was to look at: nothing is unexercised without a reason. */
export function isExercised({ unexercised: some }: HuntReport): boolean {
  return some.every(({ reason }) => reason !== undefined);
}

/** The reports of shards as one, or why they are none. */
export type Merged =
  | { readonly kind: 'merged'; readonly report: HuntReport }
  /** Their seeds, systems, profiles or numbers of runs differ. */
  | { readonly kind: 'different' }
  /** Two of them have these runs. */
  | { readonly kind: 'overlap'; readonly span: RunSpan };

/** Merges the reports of shards, in whatever order. Parts may be missing: `missingRuns` of the whole says which. */
export function mergeReports(first: HuntReport, others: readonly HuntReport[]): Merged {
  const hunt = JSON.stringify([first.plan, first.part.of]);
  if (others.some(({ plan, part }) => JSON.stringify([plan, part.of]) !== hunt)) return { kind: 'different' };
  const joined = joinedParts(
    first.part,
    others.map(({ part }) => part),
  );
  if ('from' in joined) return { kind: 'overlap', span: joined };
  const tally = others.reduce((sum, other) => mergeTallies(sum, other.tally), first.tally);
  return { kind: 'merged', report: huntReport(first.plan, joined, tally) };
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counted = { id: v.string(), runs: count };
const specimen = v.strictObject({
  property: v.string(),
  cause: v.string(),
  run: count,
  profile: v.string(),
  system: v.string(),
  events: count,
  text: v.string(),
});
const sighting = v.strictObject({ ...counted, first: count, smallest: v.array(specimen) });
const reportSchema = v.strictObject({
  schema: v.literal(HUNT_SCHEMA),
  plan: v.strictObject({
    seed: count,
    systems: v.array(v.picklist(SYSTEM_NAMES)),
    profiles: v.pipe(v.array(v.picklist(PROFILE_NAMES)), v.minLength(1)),
  }),
  part: v.strictObject({ spans: v.array(v.strictObject({ from: count, to: count })), of: count }),
  tally: v.strictObject({
    runs: count,
    stopped: count,
    events: count,
    profiles: v.array(v.strictObject({ ...counted, violating: count })),
    reach: v.array(v.strictObject(counted)),
    violations: v.array(sighting),
    hazards: v.array(sighting),
  }),
  unexercised: v.array(v.unknown()),
});

/** The report that a shard wrote; undefined if that is not what the value is. */
export function readReport(value: unknown): HuntReport | undefined {
  const read = v.safeParse(reportSchema, value);
  if (!read.success) return undefined;
  const { plan, part, tally } = read.output;
  return isPartOf(part, tally.runs) ? huntReport(plan, part, tally) : undefined;
}

function unexercised({ systems, profiles }: HuntPlan, { runs, reach }: Tally): readonly Unexercised[] {
  const met = new Map(reach.map(({ id, runs: times }) => [id, times]));
  // A swarm changes mechanisms, so what a system lacks is no reason.
  const named = profiles.includes('policySwarm') ? [] : systems;
  return REACHED_PROPERTIES.flatMap((property): Unexercised[] => {
    const times = met.get(property) ?? 0;
    if (times * LEAST_SHARE >= runs) return [];
    const reason = inapplicable(property, named);
    return [reason === undefined ? { property, runs: times } : { property, runs: times, reason }];
  });
}
