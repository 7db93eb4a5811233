/**
 * Every queue of hints in numbers: how long it got, how long hints waited in it, when it refused, delivered and emptied.
 * What the closed forms of hinted handoff speak of. From level `hints`; below it there are no queues to report.
 */
import { cell } from '../cell.ts';
import { nodesOf, pairOf } from '../pairs.ts';
import { TimeHistogram } from '../time-histogram.ts';
import type { TimeSummary } from '../statistics.ts';
import { HINT_FATES, NEVER } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { hintsByQueue } from './hints-by-queue.ts';
import { nodeName } from './names.ts';

/** The hints of one holder for one peer, over the whole run. Instants are null where nothing of the kind happened. */
export interface QueueReport {
  readonly holder: string;
  readonly peer: string;
  readonly stored: number;
  /** Not stored: by the cap, the window, the disk or the in-flight guard. */
  readonly refused: number;
  readonly firstStoredAt: number | null;
  readonly firstRefusedAt: number | null;
  /** The most that were in the store at once; those stored at an instant come before those that leave in it. */
  readonly peakHints: number;
  readonly peakBytes: number;
  /** The length over time: its integral in hint-microseconds. Over the run's length it is the mean. */
  readonly hintMicros: number;
  readonly firstDeliveredAt: number | null;
  readonly lastDeliveredAt: number | null;
  /** When the last hint left the store; null while one is there. */
  readonly emptiedAt: number | null;
  /** From being stored to being applied at the peer, of those that were delivered. */
  readonly delay: TimeSummary;
}

const DELIVERED = HINT_FATES.indexOf('delivered');
const NO_REFUSALS = { count: 0, first: null };

/** One report per pair that ever kept or refused a hint, by holder, then peer. O(n log n) in the hints, O(refusals). */
export function queueReports(trace: Trace): readonly QueueReport[] {
  const refusals = refusalsByPair(trace);
  const byQueue = hintsByQueue(trace.hints);
  const stored = byQueue.queues.map(({ holder, peer }) => pairOf(holder, peer));
  const pairs = [...new Set([...stored, ...refusals.keys()])].toSorted((left, right) => left - right);
  return pairs.map((pair) => {
    const [holder, peer] = nodesOf(pair);
    const { count, first } = refusals.get(pair) ?? NO_REFUSALS;
    const names = { holder: nodeName(trace, holder), peer: nodeName(trace, peer) };
    return { ...names, refused: count, firstRefusedAt: first, ...reportOf(trace, byQueue.ofPair(holder, peer)) };
  });
}

function refusalsByPair({ refusals }: Trace): Map<number, { readonly count: number; readonly first: number | null }> {
  const found = new Map<number, { readonly count: number; readonly first: number | null }>();
  refusals.at.forEach((at, row) => {
    const pair = pairOf(cell(refusals.holder, row), cell(refusals.peer, row));
    const { count, first } = found.get(pair) ?? NO_REFUSALS;
    found.set(pair, { count: count + 1, first: first ?? at });
  });
  return found;
}

function reportOf(trace: Trace, rows: Int32Array): Omit<QueueReport, 'holder' | 'peer' | 'refused' | 'firstRefusedAt'> {
  const { storedAt, leftAt, endedAt, fate } = trace.hints;
  const delay = new TimeHistogram();
  let hintMicros = 0;
  let [firstDelivered, lastDelivered, emptied] = [NEVER, -1, 0];
  for (const row of rows) {
    const left = cell(leftAt, row);
    hintMicros += Math.min(left, trace.endedAt) - cell(storedAt, row);
    emptied = Math.max(emptied, left);
    if (fate[row] !== DELIVERED) continue;
    const ended = cell(endedAt, row);
    delay.add(ended - cell(storedAt, row));
    firstDelivered = Math.min(firstDelivered, ended);
    lastDelivered = Math.max(lastDelivered, ended);
  }
  const first = rows[0];
  return {
    stored: rows.length,
    firstStoredAt: first === undefined ? null : cell(storedAt, first),
    ...peakOf(trace, rows),
    hintMicros,
    firstDeliveredAt: delay.count === 0 ? null : firstDelivered,
    lastDeliveredAt: delay.count === 0 ? null : lastDelivered,
    emptiedAt: rows.length === 0 || emptied === NEVER ? null : emptied,
    delay: delay.summary(),
  };
}

function peakOf({ hints }: Trace, rows: Int32Array): { readonly peakHints: number; readonly peakBytes: number } {
  const { storedAt, leftAt, bytes } = hints;
  const leaving = rows.toSorted((left, right) => cell(leftAt, left) - cell(leftAt, right));
  let [held, heldBytes, peakHints, peakBytes, gone] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    for (; gone < leaving.length; gone++) {
      const next = cell(leaving, gone);
      if (cell(leftAt, next) >= cell(storedAt, row)) break;
      held--;
      heldBytes -= cell(bytes, next);
    }
    held++;
    heldBytes += cell(bytes, row);
    peakHints = Math.max(peakHints, held);
    peakBytes = Math.max(peakBytes, heldBytes);
  }
  return { peakHints, peakBytes };
}
