/**
 * The report of a hunt: its plan, its tally, and the properties that it did not exercise enough to have shown anything.
 * Shards write it as JSON, and the reports of all shards merge, in any order, to the report of the whole hunt.
 */
import * as v from 'valibot';
import { SYSTEM_NAMES } from '../scenario/index.ts';
import { inapplicable } from './applicable.ts';
import type { HuntPlan } from './hunt.ts';
import { PROFILE_NAMES } from './profiles.ts';
import { REACHED_PROPERTIES } from './reach.ts';
import { mergeTallies } from './tally.ts';
import type { Tally } from './tally.ts';

/** The version of the report's format. */
export const HUNT_SCHEMA = 1;

/** A property whose situation came up in fewer than one run of this many has shown nothing. */
const LEAST_SHARE = 100;
/** In a shorter hunt one run in a hundred is luck. */
const LEAST_RUNS = 1_000;

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
  readonly tally: Tally;
  /** Properties met in less than 1 % of the runs. Empty for short hunts, of which nothing can be said. */
  readonly unexercised: readonly Unexercised[];
}

/** The report of a tally. */
export function huntReport(plan: HuntPlan, tally: Tally): HuntReport {
  return { schema: HUNT_SCHEMA, plan, tally, unexercised: tally.runs < LEAST_RUNS ? [] : unexercised(plan, tally) };
}

/** Whether a hunt has met what it was to look at: nothing is unexercised without a reason. */
export function isExercised({ unexercised: some }: HuntReport): boolean {
  return some.every(({ reason }) => reason !== undefined);
}

/** The reports of shards as one; undefined if they are of different hunts. */
export function mergeReports(first: HuntReport, others: readonly HuntReport[]): HuntReport | undefined {
  const plan = JSON.stringify(first.plan);
  if (others.some((other) => JSON.stringify(other.plan) !== plan)) return undefined;
  return huntReport(
    first.plan,
    others.reduce((tally, other) => mergeTallies(tally, other.tally), first.tally),
  );
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
  return read.success ? huntReport(read.output.plan, read.output.tally) : undefined;
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
