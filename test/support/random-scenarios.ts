/**
 * Random small scenarios as plain data, and their YAML: the generator of the cluster's properties.
 *
 * Every field is drawn on its own (no chains), so a failing scenario shrinks field by field. A run is 100 s long and
 * most crashes are on whole seconds, which makes coincidences (a crash at the instant of a sweep) frequent.
 */
import fc from 'fast-check';

export interface RandomScenario {
  readonly seed: number;
  readonly nodes: number;
  readonly rate: number;
  readonly arrivals: 'steady' | 'poisson';
  readonly reads: number;
  /** Few: writes supersede each other; many: each write has its key to itself. */
  readonly keys: number;
  readonly level: 'DC_ONE' | 'DC_QUORUM';
  readonly ttlSeconds: number;
  readonly capHints: number;
  readonly drainSeconds: number;
  readonly slots: number;
  readonly linkRate: number;
  /** One way between nodes; the long one keeps messages on the wire when a node dies. */
  readonly latency: '1ms' | '{ exponential: 20ms }' | '800ms';
  readonly isPhi: boolean;
  readonly handoff: boolean;
  /** Whole seconds, plus an offset that puts a crash just after what happens on the second. */
  readonly crashes: readonly {
    readonly node: number;
    readonly at: number;
    readonly offsetMillis: number;
    readonly length: number;
  }[];
}

/** Bytes of every request, so that a cap counts hints. */
export const PAYLOAD_BYTES = 100;

export const randomScenario: fc.Arbitrary<RandomScenario> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000 }),
  nodes: fc.integer({ min: 1, max: 5 }),
  rate: fc.constantFrom(2, 5, 20),
  arrivals: fc.constantFrom('steady', 'poisson'),
  reads: fc.constantFrom(0, 0, 40),
  keys: fc.constantFrom(20, 100_000_000),
  level: fc.constantFrom('DC_ONE', 'DC_QUORUM'),
  ttlSeconds: fc.constantFrom(5, 20, 1_000),
  capHints: fc.constantFrom(0, 0, 10, 60),
  drainSeconds: fc.constantFrom(3, 10, 30),
  slots: fc.constantFrom(1, 8, 256),
  linkRate: fc.constantFrom(0, 0, 3, 100),
  latency: fc.constantFrom('1ms', '{ exponential: 20ms }', '800ms'),
  isPhi: fc.boolean(),
  handoff: fc.constantFrom(true, true, true, false),
  crashes: fc.array(
    fc.record({
      node: fc.integer({ min: 0, max: 2 }),
      // Half of the crashes fall on a sweep of every drain interval in use, so that replay meets a dying receiver.
      at: fc.oneof(fc.constantFrom(30, 60, 90), fc.integer({ min: 0, max: 100 })),
      offsetMillis: fc.constantFrom(0, 0, 1, 10),
      length: fc.constantFrom(300, 2_000, 15_000, 30_000, 60_000),
    }),
    { maxLength: 8, size: 'max' },
  ),
});

const names = ['a', 'b', 'c', 'd', 'e'];

/** The scenario file of a random scenario. */
export function yamlOf(random: RandomScenario): string {
  const crashes = random.crashes.map(({ node, at, offsetMillis, length }) => {
    const name = names[node % random.nodes] ?? 'a';
    return `  - { crash: ${name}, at: ${at * 1_000 + offsetMillis}ms, for: ${length}ms }`;
  });
  return `
hintlab: 1
seed: ${random.seed}
duration: 100s
nodes: [${names.slice(0, random.nodes).join(', ')}]
consistency: ${random.level}
hints: { enabled: ${random.handoff}, ttl: ${random.ttlSeconds}s, cap: ${random.capHints === 0 ? 'none' : `${random.capHints * PAYLOAD_BYTES}B`} }
drain: { interval: ${random.drainSeconds}s }
channel: { slots: ${random.slots}, rate: ${random.linkRate === 0 ? 'unlimited' : `${random.linkRate}/s`}, reconnect: 500ms }
detector: ${random.isPhi ? '{ phi: { gossip: 1s } }' : '{ fixed: { down: 2s, up: 1s } }'}
network: { latency: { local: 100us, near: ${random.latency} }, timeout: 2s }
workload: { rate: ${random.rate}/s, arrivals: ${random.arrivals}, reads: ${random.reads}%, payload: ${PAYLOAD_BYTES}B, keys: ${random.keys} }
faults: ${crashes.length === 0 ? '[]' : `\n${crashes.join('\n')}`}
`;
}
