/**
 * Blank tables: every column of a trace with a given number of rows, all cells zero. The decoder fills them; columns
 * of one table have one length by construction.
 */
import type { Column, TableName, Tables } from './tables.ts';

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
  reads: 0,
  log: 0,
};

/** Bytes that a row of a table takes. */
export function rowBytes(table: object): number {
  return Object.values<Column>({ ...table }).reduce((sum, { BYTES_PER_ELEMENT: size }) => sum + size, 0);
}

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
    refusals: blankRefusals(rows.refusals),
    writes: blankWrites(rows.writes),
    copies: blankCopies(rows.copies),
    values: blankValues(rows.values),
    reads: blankReads(rows.reads),
    log: blankLog(rows.log),
  };
}

/** Zeroed values of replicas: what the decoder fills, and what the simulator lists them in. */
export function blankValues(rows: number): Tables['values'] {
  return { replica: new Uint16Array(rows), key: new Uint32Array(rows), write: new Int32Array(rows) };
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

/** Zeroed refusals: what the decoder fills, and what the recorder writes its rows into. */
export function blankRefusals(rows: number): Tables['refusals'] {
  return {
    reason: new Uint8Array(rows),
    at: new Float64Array(rows),
    holder: new Uint16Array(rows),
    peer: new Uint16Array(rows),
    bytes: new Float64Array(rows),
    write: new Int32Array(rows),
  };
}

/** Zeroed writes: what the decoder fills, and what the recorder writes its rows into. */
export function blankWrites(rows: number): Tables['writes'] {
  return {
    operation: new Uint8Array(rows),
    retryOf: new Int32Array(rows),
    timestamp: new Float64Array(rows),
    issuedAt: new Float64Array(rows),
    coordinator: new Uint16Array(rows),
    key: new Uint32Array(rows),
    bytes: new Float64Array(rows),
    outcome: new Uint8Array(rows),
    resolvedAt: new Float64Array(rows),
    firstCopy: new Uint32Array(rows),
  };
}

/** Zeroed reads: what the decoder fills, and what the recorder writes its rows into. */
export function blankReads(rows: number): Tables['reads'] {
  return {
    issuedAt: new Float64Array(rows),
    coordinator: new Uint16Array(rows),
    key: new Uint32Array(rows),
    outcome: new Uint8Array(rows),
    resolvedAt: new Float64Array(rows),
    value: new Int32Array(rows),
    newest: new Int32Array(rows),
    probeOf: new Int32Array(rows),
  };
}

/** Zeroed copies: what the decoder fills, and what the recorder writes its rows into. */
export function blankCopies(rows: number): Tables['copies'] {
  return {
    write: new Int32Array(rows),
    replica: new Uint16Array(rows),
    route: new Uint8Array(rows),
    appliedAt: new Float64Array(rows),
    ignored: new Uint8Array(rows),
    repeats: new Uint16Array(rows),
    droppedAt: new Float64Array(rows),
    dropCause: new Uint8Array(rows),
    hint: new Int32Array(rows),
  };
}

/** A zeroed log: what the decoder fills, and what the recorder writes its rows into. */
export function blankLog(rows: number): Tables['log'] {
  return {
    at: new Float64Array(rows),
    kind: new Uint8Array(rows),
    node: new Uint16Array(rows),
    peer: new Uint16Array(rows),
    subject: new Int32Array(rows),
  };
}
