/**
 * Clients: when they send, how much, and to whom.
 */
import { describe, expect, it } from 'vitest';
import { redisSetBytes } from '../../../sim/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

function load(workload: string, faults = '[]'): string {
  return `
hintlab: 1
record: full
duration: 100s
nodes: [a, b, c]
detector: { fixed: { down: 1s, up: 0s } }
workload: { ${workload} }
faults: ${faults}
`;
}

describe('clients', () => {
  it('send a steady load at from + i/rate, without drift at a rate that no microsecond divides', () => {
    const { writes } = traceOf(scenarioOf(load('rate: 3/s, from: 10s, until: 20s')));
    expect(writes.issuedAt).toHaveLength(30);
    expect([...writes.issuedAt.slice(0, 3)]).toEqual([10_333_333, 10_666_667, 11_000_000]);
    expect(writes.issuedAt.at(-1)).toBe(20_000_000);
  });

  it('send a Redis SET of the key and the value, counted to the byte', () => {
    // *3 CRLF, $3 CRLF SET CRLF, $10 CRLF key CRLF, $1000 CRLF value CRLF.
    expect(redisSetBytes(10, 1_000)).toBe(4 + 9 + (5 + 12) + (7 + 1_002));
    const { writes } = traceOf(scenarioOf(load('rate: 1/s, key: 10B, value: 1000B')));
    expect(new Set(writes.bytes)).toEqual(new Set([1_039]));
  });

  it('never send more than a hint can carry, however heavy the tail', () => {
    const { writes } = traceOf(
      scenarioOf(
        load(
          'rate: 100/s, payload: { pareto: { scale: 1MiB, shape: 0.1 } }, coordinators: [a]',
          '[{ crash: b, at: 0s, for: 99s }]',
        ),
      ),
    );
    expect(Math.max(...writes.bytes)).toBe(0xffff_ffff);
  });

  it('take turns over the coordinators, and pass over one that is down', () => {
    const { writes } = traceOf(
      scenarioOf(load('rate: 1/s, until: 6s, coordinators: [a, b]', '[{ crash: b, at: 3500ms, for: 50s }]')),
    );
    expect([...writes.coordinator]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('choose by lot when asked to, each about as often', () => {
    const { writes } = traceOf(scenarioOf(load('rate: 90/s, choose: random')));
    for (const node of [0, 1, 2]) {
      const count = writes.coordinator.filter((coordinator) => coordinator === node).length;
      expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(9_000 * (1 / 3) * (2 / 3)));
    }
  });
});
