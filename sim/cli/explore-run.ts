/**
 * Runs a hunt over all cores: in pieces of some runs, to a number of runs or for some minutes, with progress on stderr; and
 * then reduces what it has seen. A piece more or less changes nothing but the number of runs: tallies merge in any order.
 */
import { formatCount } from '../index.ts';
import { stretch } from '../explore/hunt-part.ts';
import { huntReport } from '../explore/hunt-report.ts';
import type { HuntReport } from '../explore/hunt-report.ts';
import type { HuntPlan } from '../explore/hunt.ts';
import { EMPTY_TALLY, mergeTallies } from '../explore/tally.ts';
import type { Sighting } from '../explore/tally.ts';
import type { Caught, ShrinkOptions } from '../explore/shrink-sighting.ts';
import type { Pool } from './explore-pool.ts';
import type { InterruptWatch, Io } from './io.ts';
import { StatusLine } from './status-line.ts';

/** Runs of a piece: about half a second. */
const PIECE_RUNS = 100;
/** How often pieces of work for the pool tell how far they are. */
export const POOL_PACE = { silent: 2, logEvery: 10 };

/** Which runs of a plan. */
export interface HuntRange {
  readonly from: number;
  /** Infinity: until the time is over. */
  readonly to: number;
  /** Runs of the whole hunt, of which this may be a shard; Infinity: as many as there is time for. */
  readonly of: number;
  /** Real seconds; Infinity for no bound. */
  readonly seconds: number;
}

/** Hunts through a range, or as much of it as there is time for; the report says how much that was. */
export async function huntOver(
  pool: Pool,
  plan: HuntPlan,
  { from, to, of, seconds }: HuntRange,
  io: Io,
  interrupt: InterruptWatch,
): Promise<HuntReport> {
  const started = io.seconds();
  const line = new StatusLine(io, POOL_PACE);
  let tally = EMPTY_TALLY;
  let at = from;
  const isOver = (): boolean => at >= to || io.seconds() - started >= seconds || interrupt.interrupted();
  await pool.work(
    () => {
      if (isOver()) return undefined;
      const piece = { kind: 'hunt', plan, from: at, to: Math.min(at + PIECE_RUNS, to) } as const;
      at = piece.to;
      return piece;
    },
    (answer) => {
      if (answer.kind === 'tally') tally = mergeTallies(tally, answer.tally);
      const found = tally.violations.length;
      const { runs } = tally;
      line.say(() => `${formatCount(runs)} runs, ${found} kinds of violation, ${Math.floor(io.seconds() - started)} s`);
    },
  );
  line.end();
  return huntReport(plan, stretch(from, at, of === Infinity ? at : of), tally);
}

/** When a reduction of many sightings ends early, and what becomes of each find. */
export interface ShrinkWatch {
  /** Asked before each sighting: the rest is left over. */
  readonly isOver: () => boolean;
  /** Called with each find as soon as it is there, in whatever order. */
  readonly keep: (caught: Caught) => void;
}

/** Reduces sightings; those that are left over are missing. In the order of their ids. */
export async function shrinkAll(
  pool: Pool,
  sightings: readonly Sighting[],
  optionsOf: (sighting: Sighting) => ShrinkOptions,
  io: Io,
  { isOver, keep }: ShrinkWatch,
): Promise<readonly Caught[]> {
  const line = new StatusLine(io, POOL_PACE);
  const caught: Caught[] = [];
  let at = 0;
  await pool.work(
    () => {
      const sighting = isOver() ? undefined : sightings[at++];
      return sighting === undefined ? undefined : { kind: 'shrink', sighting, options: optionsOf(sighting) };
    },
    (answer) => {
      if (answer.kind === 'caught') {
        caught.push(answer.caught);
        keep(answer.caught);
      }
      line.say(() => `reduced ${caught.length} of ${sightings.length}`);
    },
  );
  line.end();
  const order = new Map(sightings.map(({ id }, index) => [id, index]));
  return caught.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}
