/**
 * Blank tables: every column of a trace with a given number of rows, all cells zero. The decoder fills them; columns
 * of one table have one length by construction.
 */
import type { TableName, Tables } from './tables.ts';

/** Rows of each table. */
export type TableRows = Readonly<Record<TableName, number>>;

/** Every table empty. */
export const NO_ROWS: TableRows = {
  chain: 0,
  outages: 0,
  behind: 0,
  beliefs: 0,
  outcomes: 0,
  hints: 0,
  refusals: 0,
  writes: 0,
  copies: 0,
  values: 0,
  log: 0,
};

/** Zeroed tables. @param bucketMicros the width of the outcome buckets, which is not a column */
export function blankTables(rows: TableRows, bucketMicros: number): Tables {
  return {
    chain: new Uint32Array(rows.chain),
    outages: blankIntervals(rows.outages),
    behind: blankIntervals(rows.behind),
    beliefs: {
      observer: new Uint16Array(rows.beliefs),
      peer: new Uint16Array(rows.beliefs),
      from: new Float64Array(rows.beliefs),
      until: new Float64Array(rows.beliefs),
    },
    outcomes: { bucketMicros, ...blankOutcomes(rows.outcomes) },
    hints: blankHints(rows.hints),
    refusals: {
      at: new Float64Array(rows.refusals),
      holder: new Uint16Array(rows.refusals),
      peer: new Uint16Array(rows.refusals),
      bytes: new Float64Array(rows.refusals),
      write: new Int32Array(rows.refusals),
    },
    ...blankWrites(rows),
    values: {
      replica: new Uint16Array(rows.values),
      key: new Uint32Array(rows.values),
      write: new Int32Array(rows.values),
    },
    log: {
      at: new Float64Array(rows.log),
      kind: new Uint8Array(rows.log),
      node: new Uint16Array(rows.log),
      peer: new Uint16Array(rows.log),
      subject: new Int32Array(rows.log),
    },
  };
}

function blankIntervals(rows: number): Tables['outages'] {
  return { node: new Uint16Array(rows), from: new Float64Array(rows), until: new Float64Array(rows) };
}

function blankOutcomes(rows: number): Omit<Tables['outcomes'], 'bucketMicros'> {
  return {
    writesAcked: new Uint32Array(rows),
    writesFailed: new Uint32Array(rows),
    readsAnswered: new Uint32Array(rows),
    readsFailed: new Uint32Array(rows),
    latencySum: new Float64Array(rows),
    latencyMax: new Float64Array(rows),
  };
}

function blankHints(rows: number): Tables['hints'] {
  return {
    write: new Int32Array(rows),
    holder: new Uint16Array(rows),
    peer: new Uint16Array(rows),
    bytes: new Float64Array(rows),
    reason: new Uint8Array(rows),
    storedAt: new Float64Array(rows),
    deadline: new Float64Array(rows),
    leftAt: new Float64Array(rows),
    endedAt: new Float64Array(rows),
    fate: new Uint8Array(rows),
    requeues: new Uint16Array(rows),
  };
}

function blankWrites(rows: TableRows): Pick<Tables, 'writes' | 'copies'> {
  return {
    writes: {
      issuedAt: new Float64Array(rows.writes),
      coordinator: new Uint16Array(rows.writes),
      key: new Uint32Array(rows.writes),
      bytes: new Float64Array(rows.writes),
      outcome: new Uint8Array(rows.writes),
      resolvedAt: new Float64Array(rows.writes),
      firstCopy: new Uint32Array(rows.writes),
    },
    copies: {
      write: new Int32Array(rows.copies),
      replica: new Uint16Array(rows.copies),
      route: new Uint8Array(rows.copies),
      appliedAt: new Float64Array(rows.copies),
      droppedAt: new Float64Array(rows.copies),
      hint: new Int32Array(rows.copies),
    },
  };
}
