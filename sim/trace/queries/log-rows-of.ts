/**
 * The rows of the log about one node or one link, by kind: the counters of an inspector, each of which leads to the
 * rows it counts.
 */
import { countUpTo } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { LOG_KINDS, NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';

/** Whose rows: those of a node (`peer` undefined), or those of the link from `node` to `peer`. */
export interface LogPlace {
  readonly node: number;
  readonly peer?: number;
}

/** Kinds that tell of an arrival: their `node` is the receiving end of the link. */
const ARRIVALS: ReadonlySet<number> = new Set([
  LOG.copyApplied,
  LOG.copyIgnored,
  LOG.repairApplied,
  LOG.hintApplied,
  LOG.hintIgnored,
  LOG.strayApplied,
  LOG.strayIgnored,
  LOG.heartbeat,
]);

const NO_ROWS = new Int32Array();

/** How often each kind of row happened at a place. */
export class LogTally {
  /** By kind, ascending. */
  readonly #rows: ReadonlyMap<LogKind, Int32Array>;

  /** O(log rows). */
  constructor({ log }: Trace, place: LogPlace) {
    const rows: number[][] = LOG_KINDS.map(() => []);
    for (let row = 0; row < log.kind.length; row++) {
      if (isThere(log, row, place)) rows[log.kind[row] ?? 0]?.push(row);
    }
    this.#rows = new Map(LOG_KINDS.map((kind, code) => [kind, Int32Array.from(rows[code] ?? [])]));
  }

  /** How often it happened up to and with a row of the log; NONE is before the first. O(log n). */
  upTo(kind: LogKind, entry: number): number {
    return countUpTo(this.#rows.get(kind) ?? NO_ROWS, entry);
  }

  /** How often it happened in the whole run. */
  all(kind: LogKind): number {
    return this.#rows.get(kind)?.length ?? 0;
  }
}

/** Whether a row of the log is about a place. */
export function isThere({ kind, node, peer }: Trace['log'], row: number, place: LogPlace): boolean {
  if (place.peer === undefined) return node[row] === place.node;
  if (ARRIVALS.has(kind[row] ?? NONE)) return node[row] === place.peer && peer[row] === place.node;
  return node[row] === place.node && peer[row] === place.peer;
}
