/**
 * Small traces by hand: rows of plain objects in, a Trace out. Nodes are called by name, times are microseconds, and
 * what a row leaves out gets the value of "nothing happened yet".
 */
import { bytes, duration, instant, peerIndex } from '../../core/index.ts';
import type { Fault, Scenario, TraceLevel } from '../../sim/scenario/scenario.ts';
import { blankTables, NO_ROWS } from '../../sim/trace/blank-tables.ts';
import {
  COPY_ROUTES,
  HINT_FATES,
  HINT_REASONS,
  LOG_KINDS,
  NEVER,
  NOBODY,
  NONE,
  TRACE_VERSION,
  WRITE_OUTCOMES,
} from '../../sim/trace/trace.ts';
import type {
  BeliefIntervals,
  CopyRoute,
  CopyTable,
  EventLog,
  HintFate,
  HintReason,
  HintTable,
  HintTotals,
  LogKind,
  NodeIntervals,
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
  readonly droppedAt?: number;
  readonly hint?: number;
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

export interface TraceRows {
  /** Default `hints`. */
  readonly level?: TraceLevel;
  /** Default a, b, c; each in its own rack of one datacentre. */
  readonly nodes?: readonly string[];
  /** Default 1 000. */
  readonly ttl?: number;
  readonly maxBytes?: number;
  readonly handoff?: boolean;
  readonly detector?: Scenario['policy']['detector'];
  readonly faults?: readonly Fault[];
  /** Default 1 000 000. */
  readonly endedAt?: number;
  readonly hints?: readonly HintRow[];
  readonly refusals?: readonly RefusalRow[];
  readonly outages?: readonly IntervalRow[];
  readonly behind?: readonly IntervalRow[];
  readonly beliefs?: readonly BeliefRow[];
  readonly writes?: readonly WriteRow[];
  readonly values?: readonly ValueRow[];
  readonly log?: readonly LogRow[];
  readonly chain?: readonly number[];
}

const DEFAULT_NODES = ['a', 'b', 'c'];
const DEFAULT_TTL = 1_000;
const DEFAULT_END = 1_000_000;

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
    outages: intervalsOf(rows.outages ?? [], at),
    behind: intervalsOf(rows.behind ?? [], at),
    beliefs: beliefsOf(rows.beliefs ?? [], at),
    hints: hintsOf(rows.hints ?? [], at, rows.ttl ?? DEFAULT_TTL),
    refusals: refusalsOf(rows.refusals ?? [], at),
    writes: writesOf(rows.writes ?? [], at),
    copies: copiesOf(rows.writes ?? [], at),
    values: valuesOf(rows.values ?? [], at),
    log: logOf(rows.log ?? [], at),
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

function scenarioOf(rows: TraceRows, nodes: readonly string[]): Scenario {
  const second = duration(1_000_000);
  const latency = { kind: 'constant', value: 250 } as const;
  return {
    schema: 1,
    name: 'by hand',
    about: '',
    seed: 1,
    system: 'dynomite',
    duration: duration(rows.endedAt ?? DEFAULT_END),
    nodes: nodes.map((name) => ({ name, datacentre: 'dc', rack: name })),
    policy: {
      hints: {
        enabled: rows.handoff ?? true,
        ttl: duration(rows.ttl ?? DEFAULT_TTL),
        maxBytes: bytes(rows.maxBytes ?? 0),
      },
      drain: { interval: duration(30_000_000) },
      channel: { slots: 256, messageTime: duration(0), reconnect: second },
      detector: rows.detector ?? { kind: 'fixed', downAfter: duration(20), upAfter: duration(10) },
      consistency: { write: 'DC_QUORUM', read: 'DC_ONE' },
    },
    network: { local: latency, sameDatacentre: latency, crossDatacentre: latency, clientTimeout: duration(5_000_000) },
    workloads: [
      {
        name: 'clients',
        rate: 100,
        arrivals: 'steady',
        from: instant(0),
        until: instant(rows.endedAt ?? DEFAULT_END),
        readShare: 0,
        keys: { count: 10, zipf: 0 },
        size: { kind: 'payload', payload: { kind: 'constant', value: 1_039 } },
        coordinators: [peerIndex(0)],
        choose: 'roundRobin',
      },
    ],
    faults: rows.faults ?? [],
    limits: { nodes: 64, events: 1_000, duration: second, traceBytes: bytes(1_000) },
    record: rows.level ?? 'hints',
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
    droppedAt: Float64Array.from(rows, (row) => row.droppedAt ?? NEVER),
    hint: Int32Array.from(rows, (row) => row.hint ?? NONE),
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
  const lostBy = {
    holderCrashed: withFate('holderCrashed').length,
    linkCut: withFate('linkCut').length,
    requeueRefused: withFate('requeueRefused').length,
  };
  const sum = (some: readonly HintRow[]): number => some.reduce((total, hint) => total + (hint.bytes ?? 1), 0);
  const tally = (measure: (some: readonly HintRow[]) => number): Totals['hintBytes'] => ({
    stored: measure(hints),
    delivered: measure(withFate('delivered')),
    expired: measure(withFate('expired')),
    lost: measure([...withFate('holderCrashed'), ...withFate('linkCut'), ...withFate('requeueRefused')]),
    pending: measure(withFate('pending')),
  });
  const counts: HintTotals = {
    ...tally((some) => some.length),
    rejectedOverCapacity: 0,
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
