/**
 * The digest tells runs apart that decided differently, even where their events come at the same instants.
 */
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { ARRIVAL, DELIVERY, Kernel } from '../../../sim/cluster/kernel.ts';
import { Digest } from '../../../sim/engine/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const BASE = `
hintlab: 1
duration: 100s
record: counters
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
workload: { rate: 10/s, coordinators: [a], payload: 100B }
faults: [{ crash: b, at: 10s }]
`;

function digestOf(...sets: string[]): string {
  return traceOf(scenarioOf(BASE, sets)).digest;
}

describe('the digest', () => {
  it('takes in every event that is counted: when it was, what, and what it carries', () => {
    const kernel = new Kernel(1);
    const expected = new Digest();
    for (const [at, kind, a, b] of [
      [5, ARRIVAL, 1, 2],
      [9, DELIVERY, 3, -4],
    ] as const) {
      kernel.at(instant(at), kind, a, b);
      kernel.next();
      kernel.count();
      expected.mix(at, kind, a, b);
    }
    expect([kernel.digest.events, kernel.digest.hex()]).toEqual([2, expected.hex()]);
  });

  it('sees what a cap refuses, what a TTL expires, and whether there is handoff at all', () => {
    const digests = [
      digestOf(),
      digestOf('hints.cap=1000B'),
      digestOf('hints.ttl=5s'),
      digestOf('hints.enabled=false'),
      digestOf('consistency=DC_QUORUM'),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('sees sizes and keys that change no event', () => {
    const digests = [
      digestOf('workload.payload={ uniform: [1B, 200B] }'),
      digestOf('workload.payload={ uniform: [1B, 200B] }', 'seed=2'),
      digestOf('workload.keys=7'),
    ];
    expect(new Set([...digests, digestOf()]).size).toBe(4);
  });

  it('does not see the name, the words or the level of a scenario', () => {
    expect(digestOf('name=other', 'about=else', 'record=full')).toBe(digestOf());
  });
});
