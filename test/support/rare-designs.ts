/**
 * Designs for what chance seldom brings about: each makes one mechanism happen, whatever its seed. They go through the
 * same properties as the random designs of random-designs.ts.
 */
import fc from 'fast-check';

/** What every one of them begins with; YAML takes a key once, so none of these is written below. */
const COMMON = `
hintlab: 1
duration: 60s
nodes: [a, b, c]
`;

/** By what they are for. */
const RARE = {
  // A sweep fills the channel of 4; writes that come while the link works it off find it full of replay.
  displaced: `
channel: { slots: 4, rate: 4/s }
drain: { interval: 3s }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 2/s, arrivals: poisson, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, for: 10s }]`,
  // Lives of 8 s in a queue that a sweep ships one by one, each look holding the rest for a second: due in hand, and when it is back.
  'due in hand': `
hints: { ttl: 8s }
channel: { slots: 1 }
drain: { interval: 3s, hold: 1s }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 4/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, for: 10s }, { crash: a, at: 30.5s, for: 1s }]`,
  // Half a second on the wire: the receiver dies while a whole sweep is on its way.
  linkCut: `
drain: { interval: 10s }
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { near: 500ms } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, until: 19s }, { crash: b, at: 20.2s, for: 5s }]`,
  // Down for b in the detector's eyes until it is back, behind a wire that swallows all.
  messageLost: `
drain: { interval: 10s }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a], until: 15s }
faults: [{ crash: b, at: 2s, until: 15s }, { partition: [[a], [b]], at: 16s, for: 20s }]`,
  refusedByPeer: `
drain: { interval: 10s }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a], until: 15s }
faults: [{ crash: b, at: 2s, until: 15s }, { loading: b, at: 15s, for: 20s }]`,
  tornTail: `
system: dynomite-durable
drain: { interval: 10s, first: interval }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, until: 50s }, { crash: a, at: 10s, for: 1s, torn: 6B }, { crash: a, at: 20s, for: 1s }]`,
  misdelivered: `
system: dynomite-durable
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, until: 40s }, { reindex: a, order: [a, c, b], at: 3s }, { crash: a, at: 20s, for: 1s }]`,
  'misdelivered and acknowledged': `
system: cassandra
hints: { addressedBy: position, disk: { durability: synced } }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, until: 40s }, { reindex: a, order: [a, c, b], at: 3s }, { crash: a, at: 20s, for: 1s }]`,
  'flapping processes': `
drain: { interval: 3s }
detector: { fixed: { down: 500ms, up: 100ms } }
workload: { clients: 3, think: { exponential: 100ms }, payload: 100B, keys: 5, reads: 30%, retries: 1 }
faults: [{ flap: b, up: { exponential: 3s }, down: { exponential: 2s } }, { flap: a, up: 7s, down: 1s, at: 5s, until: 40s }]`,
  'flapping backends': `
system: voldemort
drain: { interval: 3s, ack: each, timeout: 1s, retryAfter: 1s }
service: { time: 5ms, queue: 20, late: drop }
network: { timeout: 1s }
workload: { rate: 10/s, arrivals: poisson, payload: 100B, keys: 5, reads: 20%, deletes: 20% }
faults: [{ flap: b, what: stall, up: 2s, down: { uniform: [1s, 3s] } }, { loading: c, at: 20s, for: 5s }]`,
  'collected tombstones': `
receiver: { conflict: timestamp, gcGrace: 5s }
reads: { fanout: all, answer: newest, repair: true }
consistency: { read: QUORUM }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 10/s, payload: 100B, keys: 3, deletes: 40%, reads: 30%, coordinators: [a, c] }
faults: [{ crash: b, at: 2s, until: 25s }, { collect: c, at: 20s }, { collect: b, at: 28s }]`,
  'a closed window': `
hints: { window: 4s, windowPersistent: true }
drain: { interval: 20s, first: interval }
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ crash: b, at: 2s, for: 5s, every: 8s, times: 3 }]`,
  'too many hints on their way to a disk': `
system: scylla
hints: { inFlight: 400B, disk: { rate: 200B/s } }
detector: { fixed: { down: 0s, up: 0s } }
network: { timeout: 1s }
workload: { rate: 5/s, payload: 100B, keys: 5, coordinators: [a] }
faults: [{ stall: b, at: 2s, for: 30s }]`,
  'many messages lost, all acknowledged': `
system: scylla
drain: { interval: 3s, timeout: 500ms }
hints: { on: { timeout: always, error: true } }
network: { timeout: 500ms }
workload: { rate: 10/s, payload: 100B, keys: 5, reads: 20% }
faults: [{ loss: 20%, at: 5s, for: 40s }]`,
} as const;

/** The scenario file of one of them. */
function yamlOfRare(text: string, seed: number): string {
  return `${COMMON}seed: ${seed}\n${text}\n`;
}

/** Each of them once. */
export const RARE_DESIGNS: readonly string[] = Object.values(RARE).map((text) => yamlOfRare(text, 1));

/** Any of them, with a seed of its own. */
export const rareDesign: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...Object.values(RARE)), fc.integer({ min: 0, max: 1_000 }))
  .map(([text, seed]) => yamlOfRare(text, seed));
