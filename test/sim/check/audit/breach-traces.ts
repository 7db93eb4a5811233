/**
 * Small logs by hand for the rules of the audit: nodes a, b and c, a hint or two of a for b, and what a test adds. Times are
 * microseconds; a message between two nodes takes 250 of them.
 */
import { bytes, duration, instant, microseconds, peerIndex } from '../../../../core/index.ts';
import type { Fault } from '../../../../sim/scenario/model/fault.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

type Log = NonNullable<TraceRows['log']>;
type Row = Log[number];
type DrainParts = NonNullable<TraceRows['drain']>;

export const SECOND = 1_000_000;
const SESSIONS: DrainParts = {
  ...{ ack: 'each', interval: duration(SECOND), timeout: duration(1_000), retryAfter: duration(500) },
  ...{ concurrency: 2, first: 'start' },
};
export const SWEEPS: DrainParts = { ack: 'none', interval: duration(SECOND), first: 'start' };
export const FOR_LONG = 10 * SECOND;
/** A hint of a for b that is stored at 10, for each of these ends. */
const STORED = { holder: 'a', peer: 'b', storedAt: 10 } as const;
export const FULL = { level: 'full', endedAt: SECOND - 1, ttl: FOR_LONG } as const;
/** The look at the start of every process, without which none is complete. */
export const LOOKS: Log = [row(0, 'sweep', 'a'), row(0, 'sweep', 'b'), row(0, 'sweep', 'c')];

export function row(at: number, kind: Row['kind'], node: string, peer?: string, subject?: number): Row {
  return { at, kind, node, ...(peer === undefined ? {} : { peer }), ...(subject === undefined ? {} : { subject }) };
}

/** About a hint of a for b. */
export function hint(at: number, kind: 'stored' | Row['kind'], subject = 0): Row {
  return row(at, kind === 'stored' ? 'hintStored' : kind, 'a', 'b', subject);
}

export function sent(at: number, subject = 0): Row {
  return hint(at, 'hintShipped', subject);
}

export function applied(at: number, subject = 0): Row {
  return row(at, 'hintApplied', 'b', 'a', subject);
}

/** One hint of a for b, without acknowledgements. */
export function swept(log: Log, ends: Partial<NonNullable<TraceRows['hints']>[number]>): TraceRows {
  return { ...FULL, drain: SWEEPS, hints: [{ ...STORED, ...ends }], log };
}

export function twoHints(log: Log): TraceRows {
  const both = [hint(10, 'stored'), hint(11, 'stored', 1)];
  const ends = { leftAt: 20, fate: 'delivered' } as const;
  return {
    ...swept([...both, ...log], {}),
    hints: [STORED, { ...STORED, storedAt: 11 }].map((each) => ({ ...each, ...ends })),
  };
}

/** A hint of a for b, and a session that opens at 20. */
export function inSession(log: Log): TraceRows {
  return {
    ...FULL,
    drain: SESSIONS,
    hints: [STORED],
    log: [hint(10, 'stored'), row(20, 'sessionOpened', 'a', 'b'), ...log],
  };
}

export function twoInSession(log: Log): TraceRows {
  return {
    ...FULL,
    drain: { ...SESSIONS, concurrency: 1 },
    hints: [STORED, { ...STORED, storedAt: 11 }],
    log: [hint(10, 'stored'), hint(11, 'stored', 1), row(20, 'sessionOpened', 'a', 'b'), ...log],
  };
}

export function reopened(at: number): Log {
  return [row(270, 'sessionClosed', 'a', 'b'), row(at, 'sessionOpened', 'a', 'b'), sent(at)];
}

/** b crashes at 20. */
export function outage(log: Log): TraceRows {
  return { ...FULL, log: [row(20, 'crashed', 'b'), ...log] };
}

export function gossip(log: Log): TraceRows {
  const times = {
    gossip: duration(1_000),
    meanFloor: duration(500),
    firstInterval: duration(0),
    ignoreAbove: duration(0),
  };
  return {
    ...FULL,
    detector: { kind: 'phi', gossipTo: 'all', threshold: 8, window: 10, backlog: true, goodbye: 'forgotten', ...times },
    log,
  };
}

/** a sends write 0 to b at 10. */
export function written(
  log: Log,
  copy: { readonly droppedAt?: number; readonly dropCause?: 'messageLost' } = {},
): TraceRows {
  const copies = [{ replica: 'b', route: 'direct', ...copy }] as const;
  return { ...FULL, writes: [{ at: 10, coordinator: 'a', copies }], log: [row(10, 'copySent', 'a', 'b', 0), ...log] };
}

/** From the start on, nothing gets from a to b. */
export function divided(rows: TraceRows): TraceRows {
  const fault: Fault = {
    ...{ kind: 'partition', from: instant(0), until: instant(FOR_LONG), cause: '', isTwoWay: false },
    ...{ sources: [peerIndex(0)], targets: [peerIndex(1)] },
  };
  return { ...rows, faults: [fault], log: [row(0, 'faultBegan', 'a', undefined, 0), ...(rows.log ?? [])] };
}

export function window(log: Log): TraceRows {
  return { ...swept(log, {}), hintPolicy: { window: microseconds(50) } };
}

export function guarded(log: Log): TraceRows {
  const triggers = { peerDown: true, channelFull: true, timeout: 'never', error: false, queued: true } as const;
  return { ...swept(log, { fate: 'delivered', leftAt: 400 }), hintPolicy: { triggers } };
}

export function lost(fate: 'holderCrashed' | 'holderReplaced'): {
  readonly leftAt: number;
  readonly fate: typeof fate;
} {
  return { leftAt: 20, fate };
}

export function replaced(ends: ReturnType<typeof lost>): TraceRows {
  const fault: Fault = { kind: 'replace', node: peerIndex(0), from: instant(20), until: instant(40), cause: '' };
  const log = [
    hint(10, 'stored'),
    row(20, 'faultBegan', 'a', undefined, 0),
    hint(20, 'hintLost'),
    row(20, 'crashed', 'a'),
  ];
  return { ...swept(log, ends), faults: [fault] };
}

/** A hint that is due at 110, in a queue that a sweep of 50 holds until 150; its deadline in the end, and what the sweep says. */
export function heldPastDeadline(log: Log, deadline: number): TraceRows {
  const rows = swept([hint(10, 'stored'), row(50, 'sweep', 'a'), hint(50, 'hintRequeued'), ...log], { deadline });
  return { ...rows, ttl: 100, drain: { ...SWEEPS, hold: duration(100) } };
}

/** Two of three replicas have it, one of them at 260, from where an answer takes 250. */
export function acknowledged(at: number): TraceRows {
  const copies = [
    { replica: 'a', route: 'direct', appliedAt: 20 },
    { replica: 'b', route: 'direct', appliedAt: 260 },
    { replica: 'c', route: 'unsent' },
  ] as const;
  const write = { at: 10, coordinator: 'a', outcome: 'acked', resolvedAt: at, copies } as const;
  return { ...FULL, writes: [write], log: [row(at, 'writeAcked', 'a', undefined, 0)] };
}

/** 100 bytes a second, and two hints of 100. */
export function throttled(second: number): TraceRows {
  return {
    ...twoInSession([sent(20), sent(20 + second, 1)]),
    drain: { ...SESSIONS, throttle: bytes(100) },
    hints: [STORED, { ...STORED, storedAt: 11 }].map((each) => ({ ...each, bytes: 100 })),
  };
}

/** b applies writes 0 and 1 of one key in this order, where the later timestamp wins. */
const TO_B = [{ replica: 'b', route: 'direct' }] as const;

export function rewritten(order: readonly number[]): TraceRows {
  const writes = [10, 20].map((at) => ({ at, coordinator: 'a', copies: TO_B }));
  const log = order.map((write, place) => row(300 + place, 'copyApplied', 'b', 'a', write));
  return { ...FULL, receiver: { conflict: 'timestamp' }, writes, log };
}

/** Two writes of a key that b applies in some order, and which of them it holds in the end. */
export function valued(order: readonly number[], write: number): TraceRows {
  const writes = [10, 20].map((at) => ({ ...{ at, coordinator: 'a', key: 7 }, copies: TO_B }));
  const log = order.map((each, place) => row(300 + place, 'copyApplied', 'b', 'a', each));
  return { ...FULL, writes, log, values: [{ replica: 'b', key: 7, write }] };
}

export function planned(route: 'hinted' | 'unsent'): TraceRows {
  const copies = [{ replica: 'b', route }] as const;
  return { ...FULL, writes: [{ at: 10, coordinator: 'a', copies }], log: [row(10, 'writeIssued', 'a', undefined, 0)] };
}
