/**
 * The rows of every kind: made once per log and kept as long as the log. What happened last of a kind is then looked for
 * among its own rows; to walk back through a million heartbeats to the one change of a belief costs a thousand times that.
 */
import { LOG_KINDS } from '../trace.ts';
import type { EventLog } from '../trace.ts';

const NO_ROWS = new Int32Array();
const made = new WeakMap<EventLog, RowsByKind>();

/** The rows of a log by kind. O(log rows) at first. */
export function rowsByKind(log: EventLog): RowsByKind {
  const known = made.get(log) ?? new RowsByKind(log.kind);
  made.set(log, known);
  return known;
}

export class RowsByKind {
  /** By code, ascending. */
  readonly #rows: readonly Int32Array[];

  /** O(rows). */
  constructor(kind: Uint8Array) {
    const counts = new Uint32Array(LOG_KINDS.length);
    for (const code of kind) counts[code] = (counts[code] ?? 0) + 1;
    this.#rows = Array.from(counts, (count) => new Int32Array(count));
    const next = new Uint32Array(LOG_KINDS.length);
    for (let row = 0; row < kind.length; row++) {
      const code = kind[row] ?? 0;
      const place = next[code] ?? 0;
      this.of(code)[place] = row;
      next[code] = place + 1;
    }
  }

  /** The rows of a kind by its code, ascending. O(1). */
  of(code: number): Int32Array {
    return this.#rows[code] ?? NO_ROWS;
  }
}
