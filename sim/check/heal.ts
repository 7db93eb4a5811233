/**
 * The heal phase: the time after the last fault of a scenario, in which everything that was to be delivered must be
 * (properties §2.4). The bound is a function of the scenario and of what was waiting when the last fault ended.
 */
import { END_OF_TIME } from '../../core/index.ts';
import type { Fault } from '../scenario/model/fault.ts';
import { formatDuration, formatInstant, NEVER } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { drainBound } from './bounds.ts';
import type { Backlog, DrainBound } from './bounds.ts';
import type { Lane } from './lanes.ts';

/** The heal phase of a run, or why it has none. */
export type HealPhase =
  | {
      readonly kind: 'healed';
      /** When the last fault ended. */
      readonly healedAt: number;
      /** By when what was waiting then must be gone. */
      readonly dueAt: number;
      /** Hints that were waiting then. */
      readonly backlog: number;
      readonly bound: DrainBound;
    }
  | { readonly kind: 'none'; readonly why: string };

/** The heal phase of a run of level `hints` or more. O(hints + faults). */
export function healPhase(trace: Trace, lanes: readonly Lane[]): HealPhase {
  const { scenario, endedAt } = trace;
  const { faults, policy } = scenario;
  if (!policy.hints.enabled || !policy.drain.enabled) return none('the scenario keeps no hints, or delivers none');
  if (faults.length === 0) return none('nothing was broken, so there is nothing to heal');
  const healedAt = faults.reduce((last, fault) => Math.max(last, endOf(fault)), 0);
  if (healedAt >= END_OF_TIME) return none('a fault lasts to the end of the run: only safety is checked');
  if (healedAt > endedAt) return none(`the last fault ends at ${formatInstant(healedAt)}, after the run`);
  const { worst, ofPeer, backlog } = backlogAt(trace, lanes, healedAt);
  const bound = drainBound(scenario, worst, ofPeer);
  const dueAt = Math.ceil(healedAt + bound.total);
  if (dueAt > endedAt) return none(tooShort(dueAt, healedAt, bound));
  return { kind: 'healed', healedAt, dueAt, backlog, bound };
}

/** How a bound is told: `41.2s: 3s to detect, 33s for a first look, 5.2s for the backlog`. */
export function boundText({ total, detect, progress, transfer }: DrainBound): string {
  const parts = [
    `${formatDuration(Math.ceil(detect))} until peers are taken for up`,
    `${formatDuration(Math.ceil(progress))} for the first hint`,
    `${formatDuration(Math.ceil(transfer))} for the backlog`,
  ];
  return `${formatDuration(Math.ceil(total))} (${parts.join(', ')})`;
}

/** When a fault has stopped doing harm; a table that was reordered stays so, and is not waited for. */
function endOf(fault: Fault): number {
  return fault.kind === 'collect' || fault.kind === 'reindex' ? fault.from : fault.until;
}

function backlogAt(
  { hints, scenario }: Trace,
  lanes: readonly Lane[],
  at: number,
): { readonly worst: Backlog; readonly ofPeer: Backlog; readonly backlog: number } {
  const peers = scenario.nodes.map((): Backlog => ({ hints: 0, bytes: 0 }));
  let worst: Backlog = { hints: 0, bytes: 0 };
  let backlog = 0;
  for (const lane of lanes) {
    const waiting = lane.hints.filter(
      (hint) => (hints.storedAt[hint] ?? NEVER) <= at && (hints.leftAt[hint] ?? NEVER) > at,
    );
    const own = { hints: waiting.length, bytes: waiting.reduce((sum, hint) => sum + (hints.bytes[hint] ?? 0), 0) };
    worst = larger(worst, own);
    const sum = peers[lane.peer] ?? own;
    peers[lane.peer] = { hints: sum.hints + own.hints, bytes: sum.bytes + own.bytes };
    backlog += own.hints;
  }
  return { worst, ofPeer: peers.reduce(larger, worst), backlog };
}

function larger(one: Backlog, other: Backlog): Backlog {
  return { hints: Math.max(one.hints, other.hints), bytes: Math.max(one.bytes, other.bytes) };
}

function tooShort(dueAt: number, healedAt: number, bound: DrainBound): string {
  const why = `the last fault ends at ${formatInstant(healedAt)} and the backlog may take ${boundText(bound)}`;
  return `the run would have to last ${formatInstant(dueAt)}: ${why}`;
}

function none(why: string): HealPhase {
  return { kind: 'none', why };
}
