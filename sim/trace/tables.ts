/**
 * The tables of a trace as one list of named columns: what the codec writes, reads and checks, and what travels
 * between threads. A column that is missing here is lost in a file, so a test compares this list with the types.
 *
 * The order of the list is the order in a trace file. Every column states the rule that its cells obey.
 */
import { OPERATIONS } from '../scenario/model/workload.ts';
import {
  COPY_ROUTES,
  DROP_CAUSES,
  HINT_FATES,
  HINT_REASONS,
  LOG_KINDS,
  REFUSAL_REASONS,
  WRITE_OUTCOMES,
} from './trace.ts';
import type {
  BeliefIntervals,
  CopyTable,
  EventLog,
  HintTable,
  NodeIntervals,
  OutcomeSeries,
  ReadTable,
  RefusalTable,
  Trace,
  ValueTable,
  WriteTable,
} from './trace.ts';

/** The types of column that a trace has. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The tables in the order of a trace file. */
export const TABLE_NAMES = [
  'chain',
  'outages',
  'behind',
  'beliefs',
  'outcomes',
  'hints',
  'refusals',
  'writes',
  'copies',
  'values',
  'reads',
  'log',
] as const;
/** A table of a trace by its name. */
export type TableName = (typeof TABLE_NAMES)[number];
/** All tables of a trace. */
export type Tables = Pick<Trace, TableName>;

/**
 * What the cells of a column may hold:
 *
 * - `any`: every value of the type; `finite`: a finite number; `amount`: a finite number ≥ 0
 * - `instant`: integer microseconds ≥ 0, or NEVER; `ascending`: instants that happened, none earlier than the one before
 * - `node`: a position in the peer table; `nodeOrNobody`: that, or NOBODY
 * - `below`: an index into a list of that length
 * - `row`: NONE, or a row of that table; below level `full`, where that table may be empty, any id ≥ 0
 * - `value`: NONE, a row of writes, or below NONE the sum of increments
 */
export type Rule =
  | { readonly kind: 'any' | 'amount' | 'instant' | 'ascending' | 'node' | 'nodeOrNobody' | 'value' | 'finite' }
  | { readonly kind: 'below'; readonly limit: number }
  | { readonly kind: 'row'; readonly of: TableName };

/** A column, where it belongs, and what it may hold. */
export interface NamedColumn {
  readonly table: TableName;
  /** Name within its table; empty for a table that is one column. */
  readonly name: string;
  readonly column: Column;
  readonly rule: Rule;
}

const ANY: Rule = { kind: 'any' };
const AMOUNT: Rule = { kind: 'amount' };
const INSTANT: Rule = { kind: 'instant' };
const ASCENDING: Rule = { kind: 'ascending' };
const NODE: Rule = { kind: 'node' };
const NODE_OR_NOBODY: Rule = { kind: 'nodeOrNobody' };
const WRITE: Rule = { kind: 'row', of: 'writes' };
const VALUE: Rule = { kind: 'value' };

/** Every column of the tables, in the order of a trace file; columns of one table are next to each other. */
export function columnsOf(tables: Tables): readonly NamedColumn[] {
  return [
    { table: 'chain', name: '', column: tables.chain, rule: ANY },
    ...intervalColumns('outages', tables.outages),
    ...intervalColumns('behind', tables.behind),
    ...beliefColumns(tables.beliefs),
    ...outcomeColumns(tables.outcomes),
    ...hintColumns(tables.hints),
    ...refusalColumns(tables.refusals),
    ...writeColumns(tables.writes),
    ...copyColumns(tables.copies),
    ...valueColumns(tables.values),
    ...readColumns(tables.reads),
    ...logColumns(tables.log),
  ];
}

/** The name of a column as people and directories write it. */
export function fullName({ table, name }: NamedColumn): string {
  return name === '' ? table : `${table}.${name}`;
}

function intervalColumns(table: 'outages' | 'behind', intervals: NodeIntervals): NamedColumn[] {
  return [
    { table, name: 'node', column: intervals.node, rule: NODE },
    { table, name: 'from', column: intervals.from, rule: ASCENDING },
    { table, name: 'until', column: intervals.until, rule: INSTANT },
  ];
}

function beliefColumns(beliefs: BeliefIntervals): NamedColumn[] {
  return [
    { table: 'beliefs', name: 'observer', column: beliefs.observer, rule: NODE },
    { table: 'beliefs', name: 'peer', column: beliefs.peer, rule: NODE },
    { table: 'beliefs', name: 'from', column: beliefs.from, rule: ASCENDING },
    { table: 'beliefs', name: 'until', column: beliefs.until, rule: INSTANT },
  ];
}

function outcomeColumns(outcomes: OutcomeSeries): NamedColumn[] {
  return [
    { table: 'outcomes', name: 'writesAcked', column: outcomes.writesAcked, rule: ANY },
    { table: 'outcomes', name: 'writesFailed', column: outcomes.writesFailed, rule: ANY },
    { table: 'outcomes', name: 'readsAnswered', column: outcomes.readsAnswered, rule: ANY },
    { table: 'outcomes', name: 'readsFailed', column: outcomes.readsFailed, rule: ANY },
    { table: 'outcomes', name: 'latencySum', column: outcomes.latencySum, rule: AMOUNT },
    { table: 'outcomes', name: 'latencyMax', column: outcomes.latencyMax, rule: AMOUNT },
  ];
}

function hintColumns(hints: HintTable): NamedColumn[] {
  return [
    { table: 'hints', name: 'write', column: hints.write, rule: WRITE },
    { table: 'hints', name: 'holder', column: hints.holder, rule: NODE },
    { table: 'hints', name: 'peer', column: hints.peer, rule: NODE },
    { table: 'hints', name: 'bytes', column: hints.bytes, rule: AMOUNT },
    { table: 'hints', name: 'reason', column: hints.reason, rule: { kind: 'below', limit: HINT_REASONS.length } },
    { table: 'hints', name: 'storedAt', column: hints.storedAt, rule: ASCENDING },
    { table: 'hints', name: 'deadline', column: hints.deadline, rule: INSTANT },
    { table: 'hints', name: 'leftAt', column: hints.leftAt, rule: INSTANT },
    { table: 'hints', name: 'endedAt', column: hints.endedAt, rule: INSTANT },
    { table: 'hints', name: 'fate', column: hints.fate, rule: { kind: 'below', limit: HINT_FATES.length } },
    { table: 'hints', name: 'requeues', column: hints.requeues, rule: ANY },
  ];
}

function refusalColumns(refusals: RefusalTable): NamedColumn[] {
  return [
    {
      table: 'refusals',
      name: 'reason',
      column: refusals.reason,
      rule: { kind: 'below', limit: REFUSAL_REASONS.length },
    },
    { table: 'refusals', name: 'at', column: refusals.at, rule: ASCENDING },
    { table: 'refusals', name: 'holder', column: refusals.holder, rule: NODE },
    { table: 'refusals', name: 'peer', column: refusals.peer, rule: NODE },
    { table: 'refusals', name: 'bytes', column: refusals.bytes, rule: AMOUNT },
    { table: 'refusals', name: 'write', column: refusals.write, rule: WRITE },
  ];
}

function writeColumns(writes: WriteTable): NamedColumn[] {
  return [
    { table: 'writes', name: 'operation', column: writes.operation, rule: { kind: 'below', limit: OPERATIONS.length } },
    { table: 'writes', name: 'retryOf', column: writes.retryOf, rule: WRITE },
    { table: 'writes', name: 'timestamp', column: writes.timestamp, rule: { kind: 'finite' } },
    { table: 'writes', name: 'issuedAt', column: writes.issuedAt, rule: ASCENDING },
    { table: 'writes', name: 'coordinator', column: writes.coordinator, rule: NODE_OR_NOBODY },
    { table: 'writes', name: 'key', column: writes.key, rule: ANY },
    { table: 'writes', name: 'bytes', column: writes.bytes, rule: AMOUNT },
    { table: 'writes', name: 'outcome', column: writes.outcome, rule: { kind: 'below', limit: WRITE_OUTCOMES.length } },
    { table: 'writes', name: 'resolvedAt', column: writes.resolvedAt, rule: INSTANT },
    { table: 'writes', name: 'firstCopy', column: writes.firstCopy, rule: ANY },
  ];
}

function copyColumns(copies: CopyTable): NamedColumn[] {
  return [
    { table: 'copies', name: 'write', column: copies.write, rule: WRITE },
    { table: 'copies', name: 'replica', column: copies.replica, rule: NODE },
    { table: 'copies', name: 'route', column: copies.route, rule: { kind: 'below', limit: COPY_ROUTES.length } },
    { table: 'copies', name: 'appliedAt', column: copies.appliedAt, rule: INSTANT },
    { table: 'copies', name: 'ignored', column: copies.ignored, rule: { kind: 'below', limit: 2 } },
    { table: 'copies', name: 'repeats', column: copies.repeats, rule: ANY },
    { table: 'copies', name: 'droppedAt', column: copies.droppedAt, rule: INSTANT },
    {
      table: 'copies',
      name: 'dropCause',
      column: copies.dropCause,
      rule: { kind: 'below', limit: DROP_CAUSES.length },
    },
    { table: 'copies', name: 'hint', column: copies.hint, rule: { kind: 'row', of: 'hints' } },
  ];
}

function valueColumns(values: ValueTable): NamedColumn[] {
  return [
    { table: 'values', name: 'replica', column: values.replica, rule: NODE },
    { table: 'values', name: 'key', column: values.key, rule: ANY },
    { table: 'values', name: 'write', column: values.write, rule: VALUE },
  ];
}

function readColumns(reads: ReadTable): NamedColumn[] {
  return [
    { table: 'reads', name: 'issuedAt', column: reads.issuedAt, rule: ASCENDING },
    { table: 'reads', name: 'coordinator', column: reads.coordinator, rule: NODE_OR_NOBODY },
    { table: 'reads', name: 'key', column: reads.key, rule: ANY },
    { table: 'reads', name: 'outcome', column: reads.outcome, rule: { kind: 'below', limit: WRITE_OUTCOMES.length } },
    { table: 'reads', name: 'resolvedAt', column: reads.resolvedAt, rule: INSTANT },
    { table: 'reads', name: 'value', column: reads.value, rule: VALUE },
    { table: 'reads', name: 'newest', column: reads.newest, rule: WRITE },
    { table: 'reads', name: 'probeOf', column: reads.probeOf, rule: WRITE },
  ];
}

function logColumns(log: EventLog): NamedColumn[] {
  return [
    { table: 'log', name: 'at', column: log.at, rule: ASCENDING },
    { table: 'log', name: 'kind', column: log.kind, rule: { kind: 'below', limit: LOG_KINDS.length } },
    { table: 'log', name: 'node', column: log.node, rule: NODE_OR_NOBODY },
    { table: 'log', name: 'peer', column: log.peer, rule: NODE_OR_NOBODY },
    { table: 'log', name: 'subject', column: log.subject, rule: ANY },
  ];
}
