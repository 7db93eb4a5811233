/**
 * The scenario that the page is measured with: 64 nodes, a million events, everything recorded, and a quarter of the
 * nodes away one after another, so that every kind of lane has something to draw.
 */

const NODES = 64;
/** Each holds a replica of every key. */
const RACKS = 3;
/** Nodes that crash, one every {@link CRASH_EVERY} seconds. */
const CRASHES = 16;
const CRASH_EVERY = 30;
/** Seconds that a crashed node is away. */
const AWAY = 90;
/** Writes per second, so many that the run has about a million events. */
const RATE = 160;

/** The text of the scenario. */
export function pageScenario(): string {
  const names = Array.from({ length: NODES }, (_, index) => `n${index}`);
  const crashes = names
    .slice(0, CRASHES)
    .map((name, index) => `  - { crash: ${name}, at: ${60 + CRASH_EVERY * index}s, for: ${AWAY}s }`);
  return [
    'hintlab: 1',
    'name: page-bench',
    'about: 64 nodes and a million events.',
    'duration: 15m',
    'record: full',
    `datacentres: { dc1: { ${racksOf(names)} } }`,
    'detector: { fixed: { down: 5s, up: 1s } }',
    `workload: { rate: ${RATE}/s, payload: 256B }`,
    'faults:',
    ...crashes,
    '',
  ].join('\n');
}

function racksOf(names: readonly string[]): string {
  const racks = Array.from({ length: RACKS }, (_, rack) => names.filter((__, index) => index % RACKS === rack));
  return racks.map((members, rack) => `r${rack + 1}: [${members.join(', ')}]`).join(', ');
}
