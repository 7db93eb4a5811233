/**
 * Riak (§4): the next node on the ring takes the place of one that is not up, and hands its data off later.
 */
import { seconds } from '../../../core/index.ts';
import type { FixedDetector } from '../model/detector.ts';
import type { DrainPolicy, HintPolicy } from '../model/policy.ts';
import {
  AKKA_NORMAL,
  CASSANDRA_PHI,
  FOR_EVER,
  NETWORK,
  NONE,
  OPEN_CHANNEL,
  OPEN_SERVICE,
  UNBOUNDED,
  WRITE_BACK,
} from './preset.ts';
import type { Preset } from './preset.ts';

/**
 * The node watcher (§4, when) learns of a dead process from its connections, which close at once; that a second passes
 * both ways is an assumption. Its table of services is empty when it starts, and fills with the broadcasts of its peers
 * (`riak_core_node_watcher.erl`): until then every node is away, and what is written goes to fallbacks. A machine that goes silent takes Erlang's net tick, a minute: a scenario says `down: 60s`.
 */
const FIXED: FixedDetector = { kind: 'fixed', downAfter: seconds(1), upAfter: seconds(1), start: 'down' };

const HINTS: HintPolicy = {
  enabled: true,
  ttl: FOR_EVER, // no TTL (§4, where)
  maxBytes: UNBOUNDED, // no cap (§4, where)
  capScope: 'node', // of no effect without a cap
  triggers: {
    peerDown: true, // node-watcher state, "yes (only this)" (§4, when; §10)
    channelFull: false, // the same
    timeout: 'never', // "not timeouts" (§4, when)
    error: false, // the same
    queued: false, // §10, row "order guard"
  },
  vote: 'full', // fallback answers count for W and DW (§4, ack); PW is 0 by default
  holder: 'fallback', // the next up node on the ring (§4, when)
  self: false, // of no effect with fallbacks
  coalesce: true, // a key-value set (§10, row "Queue structure"): one object per key
  addressedBy: 'node', // a fallback vnode hands off to the home node of its partition (§4, trigger)
  window: NONE, // §10, row "Window"
  windowPersistent: false,
  inFlightBytes: UNBOUNDED, // §10, row "In-flight admission"
  disk: {
    durability: 'written', // the normal backend (§4, where); its sync to disk is an option there
    flush: WRITE_BACK,
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'truncated', // "Coordinator crash: none" is lost (§10)
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: seconds(90), // idle for T + uniform(T), T = 60 s (§4, trigger): its mean, busy or not
  first: 'interval', // a restart starts vnodes that hold data (§4, trigger), which then have to be idle
  ack: 'each', // a sync before every batch (§4, batch)
  hold: NONE, // what is sent stays in its queue until then
  concurrency: 500, // objects of a batch (§4, batch)
  adapt: 'fixed',
  throttle: 0, // none (§10, row "Throttle": batch sync)
  throttleShared: false,
  sessions: 2, // `handoff_concurrency`, in- and outbound together there (§4, throttle)
  timeout: seconds(120), // §4, batch
  retryAfter: seconds(10), // the manager's tick (§4, trigger). A failure folds over everything again there
  retryUpTo: NONE, // §4 says of no growing wait
};

/** Riak with its defaults: sloppy quorum, vector clocks, majorities for reads and writes. */
export const RIAK: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    receiver: {
      conflict: 'vectorClock', // an ordinary put, merged (§4, receiver); siblings are decided by timestamp here
      gcGrace: seconds(3), // `delete_mode` 3000 ms (§4, tombstones)
    },
    // A get asks all N of the preference list, answers with the newest and repairs the rest; not in §4. The list has
    // fallbacks in the places of those that are away (§4, when), and what they hold is their own data. There repair
    // writes to them as well, here it does not.
    reads: { fanout: 'all', answer: 'newest', repair: true, fallback: true },
    channel: OPEN_CHANNEL,
    service: OPEN_SERVICE,
    detector: FIXED,
    // w = dw = quorum (§4, ack), and r likewise; fallbacks stand in for those who are away.
    consistency: { write: 'QUORUM', read: 'QUORUM', unavailable: 'try' },
  },
  network: NETWORK,
  phi: CASSANDRA_PHI, // for scenarios that want one: nothing there to take it from
  normal: AKKA_NORMAL,
  fixed: FIXED,
};
