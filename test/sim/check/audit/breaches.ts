/**
 * For each rule of the audit a trace by hand that keeps it, and one that breaks it: the log of a run that no correct code
 * can have had.
 */
import type { TraceRows } from '../../../support/trace-builder.ts';
import {
  FOR_LONG,
  FULL,
  LOOKS,
  SECOND,
  SWEEPS,
  acknowledged,
  applied,
  divided,
  gossip,
  guarded,
  heldPastDeadline,
  hint,
  inSession,
  lost,
  outage,
  planned,
  reopened,
  replaced,
  rewritten,
  row,
  sent,
  swept,
  throttled,
  valued,
  twoHints,
  twoInSession,
  window,
  written,
} from './breach-traces.ts';

/** A rule, a trace that gives it an occasion and keeps it, and one that breaks it. */
export interface Breach {
  readonly rule: string;
  /** What is wrong in the second trace. */
  readonly what: string;
  readonly kept: TraceRows;
  readonly broken: TraceRows;
}

/** One for each rule. */
export const BREACHES: readonly Breach[] = [
  {
    rule: 'B1',
    what: 'a hint that expired is applied',
    kept: swept([hint(20, 'stored'), hint(30, 'hintExpired')], { leftAt: 30, fate: 'expired' }),
    broken: swept([hint(20, 'stored'), hint(30, 'hintExpired'), applied(40)], { leftAt: 30, fate: 'expired' }),
  },
  {
    rule: 'B2',
    what: 'a hint is sent twice',
    kept: swept([hint(10, 'stored'), hint(20, 'hintShipped')], { leftAt: 20 }),
    broken: swept([hint(10, 'stored'), hint(20, 'hintShipped'), hint(20, 'hintShipped')], { leftAt: 20 }),
  },
  {
    rule: 'B3',
    what: 'the answer to an earlier attempt ends the one under way',
    kept: inSession([sent(20), applied(270), hint(520, 'hintAcked')]),
    broken: inSession([
      ...[sent(20), row(100, 'sessionClosed', 'a', 'b'), row(260, 'sessionOpened', 'a', 'b'), sent(260)],
      ...[applied(270), hint(520, 'hintAcked')],
    ]),
  },
  {
    rule: 'B4',
    what: 'a hint is sent at its deadline',
    kept: swept([hint(10, 'stored'), hint(1_009, 'hintShipped')], { leftAt: 1_009, deadline: 1_010 }),
    broken: swept([hint(10, 'stored'), hint(1_010, 'hintShipped')], { leftAt: 1_010, deadline: 1_010 }),
  },
  {
    rule: 'B5',
    what: 'a look leaves a hint that is due',
    kept: swept([hint(10, 'stored'), row(1_009, 'sweep', 'a')], { deadline: 1_010 }),
    broken: swept([hint(10, 'stored'), row(1_010, 'sweep', 'a')], { deadline: 1_010 }),
  },
  {
    rule: 'B6',
    what: 'the second hint is sent first',
    kept: twoHints([hint(20, 'hintShipped'), hint(20, 'hintShipped', 1)]),
    broken: twoHints([hint(20, 'hintShipped', 1), hint(20, 'hintShipped')]),
  },
  {
    rule: 'B7',
    what: 'the second hint arrives first',
    kept: twoHints([applied(400), applied(400, 1)]),
    broken: twoHints([applied(400, 1), applied(400)]),
  },
  {
    rule: 'B8',
    what: 'a session sends a hint again',
    kept: inSession([sent(20)]),
    broken: inSession([sent(20), row(30, 'sessionOpened', 'a', 'b'), sent(30)]),
  },
  {
    rule: 'B9',
    what: 'two hints are under way where one may be',
    kept: twoInSession([sent(20), applied(270), sent(520, 1)]),
    broken: twoInSession([sent(20), sent(20, 1), applied(270)]),
  },
  {
    rule: 'B10',
    what: 'a session opens and sends nothing',
    kept: inSession([sent(20)]),
    broken: inSession([]),
  },
  {
    rule: 'B11',
    what: 'a session is silent for longer than its timeout',
    kept: inSession([sent(20), row(1_020, 'sessionClosed', 'a', 'b')]),
    broken: inSession([sent(20), row(1_021, 'sessionClosed', 'a', 'b')]),
  },
  {
    rule: 'B12',
    what: 'an attempt fails before its message can be there',
    kept: inSession([sent(20), hint(270, 'hintFailed')]),
    broken: inSession([sent(20), hint(269, 'hintFailed')]),
  },
  {
    rule: 'B13',
    what: 'a node looks between two looks',
    kept: { ...FULL, log: [...LOOKS, row(SECOND, 'sweep', 'a')], drain: SWEEPS },
    broken: { ...FULL, log: [...LOOKS, row(SECOND / 2, 'sweep', 'a')], drain: SWEEPS },
  },
  {
    rule: 'B14',
    what: 'a node leaves a look out',
    kept: { ...FULL, log: LOOKS, drain: SWEEPS },
    broken: { ...FULL, log: LOOKS.slice(1), drain: SWEEPS },
  },
  {
    rule: 'B15',
    what: 'a hint is sent between two looks',
    kept: swept([hint(10, 'stored'), row(SECOND, 'sweep', 'a'), hint(SECOND, 'hintShipped')], { leftAt: SECOND }),
    broken: swept([hint(10, 'stored'), hint(SECOND / 2, 'hintShipped')], { leftAt: SECOND / 2 }),
  },
  {
    rule: 'B16',
    what: 'a hint that failed is sent again at once',
    kept: inSession([sent(20), hint(270, 'hintFailed'), ...reopened(770)]),
    broken: inSession([sent(20), hint(270, 'hintFailed'), ...reopened(769)]),
  },
  {
    rule: 'B17',
    what: 'a node that is down sends a heartbeat on',
    kept: outage([row(30, 'restarted', 'b'), row(31, 'heartbeat', 'b', 'a')]),
    broken: outage([row(29, 'heartbeat', 'b', 'a'), row(30, 'restarted', 'b')]),
  },
  {
    rule: 'B18',
    what: 'a session outlives the process',
    kept: inSession([sent(20), row(30, 'crashed', 'a'), row(30, 'sessionClosed', 'a', 'b'), row(40, 'restarted', 'a')]),
    broken: inSession([sent(20), row(30, 'crashed', 'a'), row(40, 'restarted', 'a')]),
  },
  {
    rule: 'B19',
    what: 'a hint is sent to a peer that is taken for Down',
    kept: swept([hint(10, 'stored'), hint(20, 'hintShipped')], { leftAt: 20 }),
    broken: swept([hint(10, 'stored'), row(20, 'believedDown', 'a', 'b'), hint(20, 'hintShipped')], { leftAt: 20 }),
  },
  {
    rule: 'B20',
    what: 'a node that is up is convicted',
    kept: outage([row(25, 'believedDown', 'a', 'b'), row(30, 'restarted', 'b')]),
    broken: outage([row(30, 'restarted', 'b'), row(35, 'believedDown', 'a', 'b')]),
  },
  {
    rule: 'B21',
    what: 'a node that is back stays convicted',
    kept: outage([row(25, 'believedDown', 'a', 'b'), row(30, 'restarted', 'b'), row(40, 'believedUp', 'a', 'b')]),
    broken: outage([row(25, 'believedDown', 'a', 'b'), row(30, 'restarted', 'b'), row(41, 'believedUp', 'a', 'b')]),
  },
  {
    rule: 'B22',
    what: 'a peer is taken for Normal unheard',
    kept: gossip([row(10, 'heartbeat', 'a', 'b'), row(10, 'believedUp', 'a', 'b')]),
    broken: gossip([row(10, 'heartbeat', 'a', 'c'), row(10, 'believedUp', 'a', 'b')]),
  },
  {
    rule: 'B23',
    what: 'a crashed node is heard of',
    kept: outage([row(30, 'restarted', 'b'), row(40, 'heartbeat', 'a', 'b')]),
    broken: outage([row(29, 'heartbeat', 'a', 'b'), row(30, 'restarted', 'b')]),
  },
  {
    rule: 'B24',
    what: 'a write arrives over a connection that was cut',
    kept: written([row(260, 'copyApplied', 'b', 'a', 0)]),
    broken: written([row(20, 'crashed', 'b'), row(30, 'restarted', 'b'), row(260, 'copyApplied', 'b', 'a', 0)]),
  },
  {
    rule: 'B25',
    what: 'a hint arrives too soon',
    kept: swept([hint(10, 'stored'), hint(20, 'hintShipped'), applied(270)], { leftAt: 20, fate: 'delivered' }),
    broken: swept([hint(10, 'stored'), hint(20, 'hintShipped'), applied(269)], { leftAt: 20, fate: 'delivered' }),
  },
  {
    rule: 'B26',
    what: 'a write gets through a partition',
    kept: divided(written([row(10, 'copyDropped', 'a', 'b', 0)], { droppedAt: 10, dropCause: 'messageLost' })),
    broken: divided(written([])),
  },
  {
    rule: 'B27',
    what: 'a hint gets through a partition',
    kept: divided(swept([hint(10, 'stored'), hint(20, 'hintShipped')], { leftAt: 20, fate: 'messageLost' })),
    broken: divided(swept([hint(10, 'stored'), hint(20, 'hintShipped')], { leftAt: 20 })),
  },
  {
    rule: 'B28',
    what: 'a hint is stored for a window that is closed',
    kept: window([row(10, 'believedDown', 'a', 'b'), hint(60, 'stored')]),
    broken: window([row(10, 'believedDown', 'a', 'b'), hint(61, 'stored')]),
  },
  {
    rule: 'B29',
    what: 'a write passes the hints that wait',
    kept: guarded([row(5, 'copySent', 'a', 'b', 0), hint(10, 'stored')]),
    broken: guarded([hint(10, 'stored'), row(15, 'copySent', 'a', 'b', 0)]),
  },
  {
    rule: 'B30',
    what: 'a hint arrives behind a later write',
    kept: guarded([hint(10, 'stored'), applied(400), row(500, 'copySent', 'a', 'b', 0)]),
    broken: guarded([hint(10, 'stored'), row(300, 'copySent', 'a', 'b', 0), applied(400)]),
  },
  {
    rule: 'B31',
    what: 'a hint lives longer than its ttl',
    kept: swept([hint(10, 'stored')], {}),
    broken: swept([hint(10, 'stored')], { deadline: FOR_LONG + 11 }),
  },
  {
    rule: 'B32',
    what: 'a hint is lost to a crash that was none',
    kept: swept([hint(10, 'stored'), row(20, 'crashed', 'a'), hint(20, 'hintLost')], lost('holderCrashed')),
    broken: swept([hint(10, 'stored'), hint(20, 'hintLost')], lost('holderCrashed')),
  },
  {
    rule: 'B33',
    what: 'the store of a node that was replaced is lost to the crash',
    kept: replaced(lost('holderReplaced')),
    broken: replaced(lost('holderCrashed')),
  },
  {
    rule: 'B34',
    what: 'a write is acknowledged a vote short',
    kept: acknowledged(510),
    broken: acknowledged(509),
  },
  {
    rule: 'B35',
    what: 'a hint is sent before the one ahead of it is paid for',
    kept: throttled(SECOND),
    broken: throttled(SECOND / 2),
  },
  {
    rule: 'B36',
    what: 'an older value takes the place of a newer one',
    kept: rewritten([0, 1]),
    broken: rewritten([1, 0]),
  },
  {
    rule: 'B37',
    what: 'a replica is passed over, though there is handoff',
    kept: planned('hinted'),
    broken: planned('unsent'),
  },
  {
    rule: 'B38',
    what: 'a hint falls due in the hands of a sweep, and has no second more',
    kept: heldPastDeadline([hint(50, 'hintExtended')], SECOND + 150),
    broken: heldPastDeadline([], 110),
  },
  {
    rule: 'B39',
    what: 'a replica has a value that nothing brought it',
    kept: valued([0, 1], 1),
    broken: valued([0, 1], 0),
  },
];
