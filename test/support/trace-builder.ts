/**
 * Small traces by hand: rows of plain objects in, a Trace out. Nodes are called by name, times are microseconds, and
 * what a row leaves out gets the value of "nothing happened yet".
 */
import { bytes, duration, instant } from '../../core/index.ts';
import { OPERATIONS } from '../../sim/scenario/model/workload.ts';
import type { Operation } from '../../sim/scenario/model/workload.ts';
import { blankTables, NO_ROWS } from '../../sim/trace/blank-tables.ts';
import { NO_TIMES } from '../../sim/trace/time-histogram.ts';
import {
  COPY_ROUTES,
  DROP_CAUSES,
  HINT_FATES,
  HINT_REASONS,
  LOG_KINDS,
  LOSS_CAUSES,
  NEVER,
  NOBODY,
  NONE,
  REFUSAL_REASONS,
  TRACE_VERSION,
  WRITE_OUTCOMES,
} from '../../sim/trace/trace.ts';
import { DEFAULT_END, DEFAULT_NODES, DEFAULT_TTL, scenarioOf } from './trace-scenario.ts';
import type { ScenarioParts } from './trace-scenario.ts';
import type {
  BeliefIntervals,
  CopyRoute,
  CopyTable,
  DropCause,
  EventLog,
  HintFate,
  HintReason,
  HintTable,
  HintTotals,
  LogKind,
  LossCause,
  NodeIntervals,
  ReadTable,
  RefusalReason,
  RefusalTable,
  Totals,
  Trace,
  WriteOutcome,
  WriteTable,
} from '../../sim/trace/trace.ts';

export interface HintRow {
  readonly holder: string;
  readonly peer: string;
  readonly storedAt: number;
  /** Default 1. */
  readonly bytes?: number;
  readonly write?: number;
  readonly reason?: HintReason;
  /** Default storedAt + ttl. */
  readonly deadline?: number;
  readonly leftAt?: number;
  /** Default `leftAt`, unless the hint is pending. */
  readonly endedAt?: number;
  readonly fate?: HintFate;
  readonly requeues?: number;
}

interface RefusalRow {
  /** Default the cap. */
  readonly reason?: RefusalReason;
  readonly at: number;
  readonly holder: string;
  readonly peer: string;
  readonly bytes: number;
  readonly write: number;
}

interface IntervalRow {
  readonly node: string;
  readonly from: number;
  readonly until?: number;
}

interface BeliefRow {
  readonly observer: string;
  readonly peer: string;
  readonly from: number;
  readonly until?: number;
}

interface WriteRow {
  /** Default set. */
  readonly operation?: Operation;
  readonly retryOf?: number;
  /** Default `at`: a clock that is right. */
  readonly timestamp?: number;
  readonly at: number;
  readonly coordinator: string;
  readonly key?: number;
  readonly bytes?: number;
  readonly outcome?: WriteOutcome;
  readonly resolvedAt?: number;
  readonly copies?: readonly CopyRow[];
}

interface CopyRow {
  readonly replica: string;
  readonly route: CopyRoute;
  readonly appliedAt?: number;
  readonly ignored?: boolean;
  readonly repeats?: number;
  readonly droppedAt?: number;
  readonly dropCause?: DropCause;
  readonly hint?: number;
}

interface ReadRow {
  readonly at: number;
  readonly coordinator: string;
  readonly key?: number;
  readonly outcome?: WriteOutcome;
  readonly resolvedAt?: number;
  readonly value?: number;
  readonly newest?: number;
  readonly probeOf?: number;
}

interface ValueRow {
  readonly replica: string;
  readonly key: number;
  readonly write: number;
}

interface LogRow {
  readonly at: number;
  readonly kind: LogKind;
  readonly node: string;
  readonly peer?: string;
  readonly subject?: number;
}

export interface TraceRows extends ScenarioParts {
  readonly hints?: readonly HintRow[];
  readonly refusals?: readonly RefusalRow[];
  readonly outages?: readonly IntervalRow[];
  readonly behind?: readonly IntervalRow[];
  readonly beliefs?: readonly BeliefRow[];
  readonly writes?: readonly WriteRow[];
  readonly values?: readonly ValueRow[];
  readonly reads?: readonly ReadRow[];
  readonly log?: readonly LogRow[];
  readonly chain?: readonly number[];
}

/** The trace with these rows. Totals are counted from the rows; the scenario is a plausible one. */
export function buildTrace(rows: TraceRows): Trace {
  const nodes = rows.nodes ?? DEFAULT_NODES;
  const at = (name: string): number => {
    const index = nodes.indexOf(name);
    if (index === -1) throw new Error(`no node is called ${name}`);
    return index;
  };
  const endedAt = rows.endedAt ?? DEFAULT_END;
  return {
    ...blankTables({ ...NO_ROWS, outcomes: 1 }, endedAt + 1),
    version: TRACE_VERSION,
    level: rows.level ?? 'hints',
    scenario: scenarioOf(rows, nodes),
    digest: '0123456789abcdef',
    chain: Uint32Array.from(rows.chain ?? []),
    events: 0,
    endedAt: instant(endedAt),
    totals: totalsOf(rows.hints ?? []),
    stores: nodes.map((node) => ({
      node,
      hintCount: 0,
      bytes: bytes(0),
      maxBytes: bytes(rows.maxBytes ?? 0),
      expiredTotal: 0,
      rejectedOverCapacityTotal: 0,
    })),
    statistics: statisticsOf(nodes, endedAt),
    outages: intervalsOf(rows.outages ?? [], at),
    behind: intervalsOf(rows.behind ?? [], at),
    beliefs: beliefsOf(rows.beliefs ?? [], at),
    hints: hintsOf(rows.hints ?? [], at, rows.ttl ?? DEFAULT_TTL),
    refusals: refusalsOf(rows.refusals ?? [], at),
    writes: writesOf(rows.writes ?? [], at),
    copies: copiesOf(rows.writes ?? [], at),
    values: valuesOf(rows.values ?? [], at),
    reads: readsOf(rows.reads ?? [], at),
    log: logOf(rows.log ?? [], at),
  };
}

/** What a run without requests measures. */
function statisticsOf(nodes: readonly string[], endedAt: number): Trace['statistics'] {
  return {
    from: instant(0),
    writes: NO_TIMES,
    reads: NO_TIMES,
    visibility: [],
    staleReads: 0,
    answeredReads: 0,
    services: nodes.map((node) => ({
      ...{ node, arrived: 0, refused: 0, late: 0, waited: 0, inSystemMicros: 0 },
      ...{ wait: NO_TIMES, sojourn: NO_TIMES, observed: duration(endedAt) },
    })),
  };
}

type Position = (name: string) => number;

function valuesOf(rows: readonly ValueRow[], at: Position): Trace['values'] {
  return {
    replica: Uint16Array.from(rows, (row) => at(row.replica)),
    key: Uint32Array.from(rows, (row) => row.key),
    write: Int32Array.from(rows, (row) => row.write),
  };
}

function hintsOf(rows: readonly HintRow[], at: Position, ttl: number): HintTable {
  const fate = (row: HintRow): HintFate => row.fate ?? 'pending';
  const leftAt = (row: HintRow): number => row.leftAt ?? NEVER;
  const endedAt = (row: HintRow): number => row.endedAt ?? (fate(row) === 'pending' ? NEVER : leftAt(row));
  return {
    write: Int32Array.from(rows, (row) => row.write ?? NONE),
    holder: Uint16Array.from(rows, (row) => at(row.holder)),
    peer: Uint16Array.from(rows, (row) => at(row.peer)),
    bytes: Float64Array.from(rows, (row) => row.bytes ?? 1),
    reason: Uint8Array.from(rows, (row) => HINT_REASONS.indexOf(row.reason ?? 'peerDown')),
    storedAt: Float64Array.from(rows, (row) => row.storedAt),
    deadline: Float64Array.from(rows, (row) => row.deadline ?? row.storedAt + ttl),
    leftAt: Float64Array.from(rows, leftAt),
    endedAt: Float64Array.from(rows, endedAt),
    fate: Uint8Array.from(rows, (row) => HINT_FATES.indexOf(fate(row))),
    requeues: Uint16Array.from(rows, (row) => row.requeues ?? 0),
  };
}

function refusalsOf(rows: readonly RefusalRow[], at: Position): RefusalTable {
  return {
    reason: Uint8Array.from(rows, (row) => REFUSAL_REASONS.indexOf(row.reason ?? 'cap')),
    at: Float64Array.from(rows, (row) => row.at),
    holder: Uint16Array.from(rows, (row) => at(row.holder)),
    peer: Uint16Array.from(rows, (row) => at(row.peer)),
    bytes: Float64Array.from(rows, (row) => row.bytes),
    write: Int32Array.from(rows, (row) => row.write),
  };
}

function intervalsOf(rows: readonly IntervalRow[], at: Position): NodeIntervals {
  return {
    node: Uint16Array.from(rows, (row) => at(row.node)),
    from: Float64Array.from(rows, (row) => row.from),
    until: Float64Array.from(rows, (row) => row.until ?? NEVER),
  };
}

function beliefsOf(rows: readonly BeliefRow[], at: Position): BeliefIntervals {
  return {
    observer: Uint16Array.from(rows, (row) => at(row.observer)),
    peer: Uint16Array.from(rows, (row) => at(row.peer)),
    from: Float64Array.from(rows, (row) => row.from),
    until: Float64Array.from(rows, (row) => row.until ?? NEVER),
  };
}

function writesOf(rows: readonly WriteRow[], at: Position): WriteTable {
  let copies = 0;
  return {
    operation: Uint8Array.from(rows, (row) => OPERATIONS.indexOf(row.operation ?? 'set')),
    retryOf: Int32Array.from(rows, (row) => row.retryOf ?? NONE),
    timestamp: Float64Array.from(rows, (row) => row.timestamp ?? row.at),
    issuedAt: Float64Array.from(rows, (row) => row.at),
    coordinator: Uint16Array.from(rows, (row) => at(row.coordinator)),
    key: Uint32Array.from(rows, (row) => row.key ?? 0),
    bytes: Float64Array.from(rows, (row) => row.bytes ?? 1),
    outcome: Uint8Array.from(rows, (row) => WRITE_OUTCOMES.indexOf(row.outcome ?? 'pending')),
    resolvedAt: Float64Array.from(rows, (row) => row.resolvedAt ?? NEVER),
    firstCopy: Uint32Array.from(rows, (row) => {
      const first = copies;
      copies += row.copies?.length ?? 0;
      return first;
    }),
  };
}

function copiesOf(writes: readonly WriteRow[], at: Position): CopyTable {
  const rows = writes.flatMap((row, write) => (row.copies ?? []).map((copy) => ({ write, ...copy })));
  return {
    write: Int32Array.from(rows, (row) => row.write),
    replica: Uint16Array.from(rows, (row) => at(row.replica)),
    route: Uint8Array.from(rows, (row) => COPY_ROUTES.indexOf(row.route)),
    appliedAt: Float64Array.from(rows, (row) => row.appliedAt ?? NEVER),
    ignored: Uint8Array.from(rows, (row) => (row.ignored === true ? 1 : 0)),
    repeats: Uint16Array.from(rows, (row) => row.repeats ?? 0),
    droppedAt: Float64Array.from(rows, (row) => row.droppedAt ?? NEVER),
    dropCause: Uint8Array.from(rows, (row) => DROP_CAUSES.indexOf(row.dropCause ?? 'none')),
    hint: Int32Array.from(rows, (row) => row.hint ?? NONE),
  };
}

function readsOf(rows: readonly ReadRow[], at: Position): ReadTable {
  return {
    issuedAt: Float64Array.from(rows, (row) => row.at),
    coordinator: Uint16Array.from(rows, (row) => at(row.coordinator)),
    key: Uint32Array.from(rows, (row) => row.key ?? 0),
    outcome: Uint8Array.from(rows, (row) => WRITE_OUTCOMES.indexOf(row.outcome ?? 'pending')),
    resolvedAt: Float64Array.from(rows, (row) => row.resolvedAt ?? NEVER),
    value: Int32Array.from(rows, (row) => row.value ?? NONE),
    newest: Int32Array.from(rows, (row) => row.newest ?? NONE),
    probeOf: Int32Array.from(rows, (row) => row.probeOf ?? NONE),
  };
}

function logOf(rows: readonly LogRow[], at: Position): EventLog {
  return {
    at: Float64Array.from(rows, (row) => row.at),
    kind: Uint8Array.from(rows, (row) => LOG_KINDS.indexOf(row.kind)),
    node: Uint16Array.from(rows, (row) => at(row.node)),
    peer: Uint16Array.from(rows, (row) => (row.peer === undefined ? NOBODY : at(row.peer))),
    subject: Int32Array.from(rows, (row) => row.subject ?? NONE),
  };
}

function totalsOf(hints: readonly HintRow[]): Totals {
  const requests = { issued: 0, acked: 0, failed: 0, pending: 0 };
  const withFate = (fate: HintFate): readonly HintRow[] => hints.filter((hint) => (hint.fate ?? 'pending') === fate);
  const lost = (cause: LossCause): number => withFate(cause).length;
  const lostBy = {
    holderCrashed: lost('holderCrashed'),
    linkCut: lost('linkCut'),
    requeueRefused: lost('requeueRefused'),
    messageLost: lost('messageLost'),
    refusedByPeer: lost('refusedByPeer'),
    tornTail: lost('tornTail'),
    coalesced: lost('coalesced'),
    misdelivered: lost('misdelivered'),
    holderReplaced: lost('holderReplaced'),
  };
  const sum = (some: readonly HintRow[]): number => some.reduce((total, hint) => total + (hint.bytes ?? 1), 0);
  const tally = (measure: (some: readonly HintRow[]) => number): Totals['hintBytes'] => ({
    stored: measure(hints),
    delivered: measure(withFate('delivered')),
    expired: measure(withFate('expired')),
    lost: measure(LOSS_CAUSES.flatMap(withFate)),
    pending: measure(withFate('pending')),
  });
  const counts: HintTotals = {
    ...tally((some) => some.length),
    ...{ rejectedOverCapacity: 0, refusedByWindow: 0, refusedByDisk: 0, refusedByOverload: 0, redelivered: 0 },
    requeued: hints.reduce((total, hint) => total + (hint.requeues ?? 0), 0),
  };
  return {
    writes: requests,
    reads: requests,
    hints: counts,
    hintBytes: tally(sum),
    lostBy,
    messages: { sent: 0, delivered: 0, dropped: 0, refused: 0 },
  };
}
