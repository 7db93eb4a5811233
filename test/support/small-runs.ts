/**
 * Runs small enough to be worked out by hand: at level `full`, their hints and copies as plain rows with names, seconds
 * for instants.
 */
import {
  COPY_ROUTES,
  describeEntry,
  DROP_CAUSES,
  HINT_FATES,
  HINT_REASONS,
  LOG_KINDS,
  NEVER,
  WRITE_OUTCOMES,
} from '../../sim/index.ts';
import type { LogKind, Trace } from '../../sim/index.ts';
import { scenarioOf, traceOf } from './scenarios.ts';

/** The trace of a scenario text without its first line, at level `full`. */
export function runOf(text: string, ...sets: readonly string[]): Trace {
  return traceOf(scenarioOf(`hintlab: 1\nrecord: full\n${text}`, sets));
}

/**
 * A hint that its store lets go of while a message carries it. Messages take 6 s and a waits 2 s for an answer: hint 0,
 * due at 13 s, is sent to b at 10 s and given up at 12 s. The sweep of 15 s finds it past its deadline and lets go of it;
 * at 15.5 s a hint for c is stored, and at 16 s hint 0 gets to b all the same.
 */
export function letGoUnderWay(): Trace {
  return runOf(`
nodes: [a, b, c]
duration: 20s
consistency: DC_ONE
detector: { fixed: { down: 100ms, up: 100ms } }
network: { latency: { near: 6s } }
hints: { ttl: 11s }
drain: { interval: 5s, ack: each, timeout: 2s, retryAfter: 30s }
requests:
  - { at: 2s, set: k, on: a }
  - { at: 15500ms, set: l, on: a }
faults:
  - { crash: b, at: 1s, for: 5s }
  - { crash: c, at: 15s, for: 5s }
`);
}

/** What became of each hint: `write → peer at holder: reason, fate`, in the order of storing. */
export function hintsOf({ hints, scenario }: Trace): string[] {
  const name = (node: number | undefined): string => scenario.nodes[node ?? -1]?.name ?? '?';
  return [...hints.write].map((write, row) => {
    const why = HINT_REASONS[hints.reason[row] ?? -1] ?? '?';
    const fate = HINT_FATES[hints.fate[row] ?? -1] ?? '?';
    const at = (hints.storedAt[row] ?? NaN) / 1e6;
    return `${write} for ${name(hints.peer[row])} at ${name(hints.holder[row])}, ${at} s: ${why}, ${fate}`;
  });
}

/** How each write was told to its client: `acked` or `failed`, and after how many milliseconds. */
export function toldOf({ writes }: Trace): string[] {
  return [...writes.outcome].map((outcome, write) => {
    const after = ((writes.resolvedAt[write] ?? NaN) - (writes.issuedAt[write] ?? NaN)) / 1e3;
    return `${WRITE_OUTCOMES[outcome] ?? '?'} ${after} ms`;
  });
}

/** When a write was applied at each of its replicas, in seconds; those it never got to are left out. */
export function appliedAt({ copies, scenario }: Trace, write: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  copies.write.forEach((of, row) => {
    const at = copies.appliedAt[row] ?? NEVER;
    if (of === write && at !== NEVER && copies.ignored[row] === 0) {
      found[scenario.nodes[copies.replica[row] ?? -1]?.name ?? '?'] = at / 1e6;
    }
  });
  return found;
}

/** How each copy of a write went: `node: route`, and how it was dropped. */
export function copiesOf({ copies, scenario }: Trace, write: number): string[] {
  return [...copies.write].flatMap((of, row) => {
    if (of !== write) return [];
    const name = scenario.nodes[copies.replica[row] ?? -1]?.name ?? '?';
    const cause = DROP_CAUSES[copies.dropCause[row] ?? -1] ?? '?';
    const route = COPY_ROUTES[copies.route[row] ?? -1] ?? '?';
    return [cause === 'none' ? `${name}: ${route}` : `${name}: ${route}, ${cause}`];
  });
}

/** The write that each node holds of a key at the end, by name; nodes without one are left out. */
export function heldOf({ values, scenario }: Trace, key = 0): Readonly<Record<string, number>> {
  const held: Record<string, number> = {};
  values.key.forEach((of, row) => {
    if (of === key) held[scenario.nodes[values.replica[row] ?? -1]?.name ?? '?'] = values.write[row] ?? NaN;
  });
  return held;
}

/** What each read was told: a write, −1 for no value, or `failed`. */
export function readsOf({ reads }: Trace): (number | string)[] {
  return [...reads.outcome].map((outcome, read) =>
    WRITE_OUTCOMES[outcome] === 'acked' ? (reads.value[read] ?? NaN) : (WRITE_OUTCOMES[outcome] ?? '?'),
  );
}

/** When a node was down, in seconds. */
export function outagesOf({ outages, scenario }: Trace, name: string): (readonly [number, number])[] {
  return [...outages.node].flatMap((node, row) =>
    scenario.nodes[node]?.name === name
      ? [[(outages.from[row] ?? NaN) / 1e6, (outages.until[row] ?? NaN) / 1e6] as const]
      : [],
  );
}

/** When a kind of log entry happened, at a node or at any, in seconds. */
export function when({ log }: Pick<Trace, 'log'>, kind: LogKind, node?: number): number[] {
  const isOne = (row: number): boolean =>
    LOG_KINDS[log.kind[row] ?? -1] === kind && (node === undefined || log.node[row] === node);
  return [...log.at].filter((_, row) => isOne(row)).map((at) => at / 1e6);
}

/** What the log says of each happening of a kind, at a node or at any. */
export function saidOf(trace: Trace, kind: LogKind, node?: number): string[] {
  const { log } = trace;
  return [...log.at.keys()]
    .filter((row) => LOG_KINDS[log.kind[row] ?? -1] === kind && (node === undefined || log.node[row] === node))
    .map((row) => describeEntry(trace, row));
}
