/**
 * Random designs: every axis of the policy drawn on its own, over small clusters in which everything may break. Plain
 * data beside the YAML that it stands for, after random-scenarios.ts; here the mix of mechanisms is what matters.
 */
import fc from 'fast-check';
import { CONFLICT_RULES, CONSISTENCY_NAMES, SYSTEM_NAMES } from '../../sim/scenario/index.ts';

/** A value that is left to the preset, or one of these. */
function maybe<const T extends string>(...values: readonly T[]): fc.Arbitrary<T | ''> {
  return fc.constantFrom<T | ''>('', '', ...values);
}

/** Overrides of policy values, each `path: value`, by the path of its section. */
const policy = fc.record({
  hints: fc.tuple(
    maybe('ttl: 5s', 'ttl: 30s'),
    maybe('cap: 500B', 'cap: 3KiB'),
    maybe('capScope: peer', 'capScope: node'),
    maybe('vote: full', 'vote: any', 'vote: none'),
    maybe('holder: fallback', 'holder: coordinator'),
    maybe('coalesce: true', 'coalesce: false'),
    maybe('window: 10s', 'window: 40s'),
    maybe('inFlight: 300B'),
    maybe(
      'on: { timeout: always, error: true }',
      'on: { timeout: acked, queued: true }',
      'on: { queued: true, channelFull: true }',
    ),
    maybe(
      'disk: { durability: ram }',
      'disk: { durability: buffered, flush: 3s }',
      'disk: { durability: written, flush: 3s, tornTail: kept }',
      'disk: { durability: written, flush: 3s, tornTail: truncated }',
      'disk: { durability: synced, rate: 1KiB/s, capacity: 4KiB }',
    ),
  ),
  drain: fc.tuple(
    maybe(
      'ack: each, concurrency: 4, timeout: 500ms, retryAfter: 1s',
      'ack: each, timeout: 500ms, retryAfter: 1s, retryUpTo: 8s',
      'ack: each, adapt: aimd, concurrency: 16, timeout: 2s, retryAfter: interval',
      'ack: each, throttle: 1KiB/s, throttleShared: true, sessions: 1',
      'ack: none, hold: 500ms',
    ),
    maybe('interval: 3s', 'interval: 10s'),
    maybe('first: interval', 'first: start'),
  ),
  receiver: fc.tuple(
    fc.constantFrom('', '', ...CONFLICT_RULES.map((rule) => `conflict: ${rule}`)),
    maybe('gcGrace: 10s'),
  ),
  reads: fc.tuple(maybe('fanout: all'), maybe('repair: true', 'repair: false'), maybe('fallback: true')),
  channel: fc.tuple(
    maybe('slots: 1', 'slots: 8'),
    maybe('rate: 20/s'),
    maybe('bandwidth: 4KiB/s'),
    maybe('afterClose: ended', 'afterClose: reconnect'),
    maybe('order: free'),
  ),
  service: fc.tuple(
    maybe('time: 20ms', 'time: { exponential: 50ms }'),
    maybe('queue: 4', 'queue: 0'),
    maybe('late: drop', 'late: execute'),
  ),
});

const FAULTS = [
  'crash: b, for: 10s',
  'crash: a, for: 5s, power: true',
  'crash: a, for: 5s, torn: 6B',
  'crash: c, for: 300ms',
  'stop: b, for: 8s',
  'stop: a, for: 3s',
  'loading: b, for: 10s',
  'stall: c, for: 10s',
  'slow: b, factor: 20, for: 10s',
  'partition: [[a], [b]], for: 10s',
  'partition: [[a, c], [b]], oneWay: true, for: 10s',
  'loss: 30%, for: 10s',
  'clock: a, step: -20s, for: 30s',
  'clock: b, step: 20s, for: 30s',
  'diskFull: a, for: 10s',
  'pauseDrain: a, for: 20s',
  'replace: b, for: 5s',
  'replace: a, for: 5s',
] as const;

/** A design, as plain data. */
export interface RandomDesign {
  readonly seed: number;
  readonly system: string;
  readonly nodes: number;
  readonly policy: Readonly<Record<string, readonly string[]>>;
  readonly write: string;
  readonly read: string;
  readonly clients: string;
  /** Each a slot of 14 s after the one before, plus `at`: what takes a node down never overlaps. */
  readonly faults: readonly { readonly what: string; readonly at: number }[];
}

/** Every axis on its own. */
export const randomDesign: fc.Arbitrary<RandomDesign> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000 }),
  system: fc.constantFrom(...SYSTEM_NAMES),
  nodes: fc.constantFrom(3, 3, 4, 5),
  policy,
  write: fc.constantFrom('', ...CONSISTENCY_NAMES, '2'),
  read: fc.constantFrom('', ...CONSISTENCY_NAMES, '1'),
  clients: fc.constantFrom(
    'rate: 10/s, reads: 30%',
    'rate: 5/s, deletes: 20%, increments: 20%, reads: 20%',
    'clients: 4, think: { exponential: 200ms }, reads: 20%, retries: 2, backoff: 50ms',
    'gap: { uniform: [0ms, 300ms] }, probes: [0ms, 20ms], retries: 1, backoff: 100ms',
  ),
  faults: fc.array(fc.record({ what: fc.constantFrom(...FAULTS), at: fc.constantFrom(0, 1, 1, 3) }), {
    maxLength: 6,
    size: 'max',
  }),
});

const names = ['a', 'b', 'c', 'd', 'e'];

/** The scenario file of a design. */
export function yamlOfDesign(design: RandomDesign): string {
  const sections = Object.entries(design.policy).map(([section, values]) => {
    const written = values.filter((value) => value !== '');
    return written.length === 0 ? '' : `${section}: { ${written.join(', ')} }`;
  });
  const levels = [
    design.write === '' ? '' : `write: ${design.write}`,
    design.read === '' ? '' : `read: ${design.read}`,
  ];
  const consistency = levels.filter((level) => level !== '');
  const faults = design.faults.map(({ what, at }, slot) => `  - { ${what}, at: ${4 + 14 * slot + at}s }`);
  return `
hintlab: 1
seed: ${design.seed}
system: ${design.system}
duration: 90s
nodes: [${names.slice(0, design.nodes).join(', ')}]
${sections.filter((section) => section !== '').join('\n')}
${consistency.length === 0 ? '' : `consistency: { ${consistency.join(', ')} }`}
detector: ${design.seed % 2 === 0 ? '{ phi: { gossip: 1s } }' : '{ fixed: { down: 2s, up: 1s } }'}
network: { latency: { near: { uniform: [1ms, 30ms] } }, timeout: 2s }
workload: { ${design.clients}, payload: 100B, keys: 12 }
faults: ${faults.length === 0 ? '[]' : `\n${faults.join('\n')}`}
`;
}
