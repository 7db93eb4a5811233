/**
 * Requests written out in the scenario: when, where and in which order they are sent.
 */
import { describe, expect, it } from 'vitest';
import { OPERATIONS, WRITE_OUTCOMES } from '../../../sim/index.ts';
import type { Trace } from '../../../sim/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

function played(requests: string, faults = '[]'): Trace {
  return traceOf(
    scenarioOf(`
hintlab: 1
record: full
duration: 60s
nodes: [a, b, c]
detector: { fixed: { down: 1s, up: 0s } }
workload: []
requests: ${requests}
faults: ${faults}
`),
  );
}

describe('the script', () => {
  it('is sent at its instants, at equal ones in the order of the file, through the nodes it names', () => {
    const { writes } = played(`
  - { at: 41s, set: x, on: b }
  - { at: 40s, set: x, size: 77B, on: c }
  - { at: 40s, delete: x, on: a }
  - { at: 40s, increment: y, on: b }`);
    expect([...writes.issuedAt]).toEqual([40_000_000, 40_000_000, 40_000_000, 41_000_000]);
    expect([...writes.coordinator]).toEqual([2, 0, 1, 1]);
    expect([...writes.operation].map((code) => OPERATIONS[code])).toEqual(['set', 'delete', 'increment', 'set']);
    expect(writes.bytes[0]).toBe(77);
    expect(writes.key[0]).toBe(writes.key[1]);
    expect(writes.key[2]).not.toBe(writes.key[0]);
  });

  it('reads what it wrote', () => {
    const { reads } = played('[{ at: 40s, set: x }, { at: 41s, get: x }, { at: 41s, get: y }]');
    expect([...reads.value]).toEqual([0, -1]);
    expect([...reads.newest]).toEqual([0, -1]);
  });

  it('fails at once where its node is down, and nobody repeats it', () => {
    const { writes, reads } = played(
      '[{ at: 40s, set: x, on: b }, { at: 40s, get: x, on: b }]',
      '[{ crash: b, at: 30s, for: 20s }]',
    );
    const failed = WRITE_OUTCOMES.indexOf('failed');
    expect([...writes.outcome, ...reads.outcome]).toEqual([failed, failed]);
    expect([...writes.resolvedAt, ...reads.resolvedAt]).toEqual([40_000_000, 40_000_000]);
  });
});
