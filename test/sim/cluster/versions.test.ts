/**
 * Which of two writes a receiver keeps: by arrival, by timestamp, by what each was made upon.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, instant, peerIndex } from '../../../core/index.ts';
import { Versions } from '../../../sim/cluster/versions.ts';
import { DELETE, INCREMENT, SET } from '../../../sim/scenario/model/workload.ts';
import type { ConflictRule } from '../../../sim/scenario/model/policy.ts';
import type { Operation } from '../../../sim/scenario/model/workload.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { BARE_POLICY, bareScenario } from '../../support/bare-scenario.ts';
import { scenarioOf } from '../../support/scenarios.ts';

function versionsOf(conflict: ConflictRule, operation: Operation = 'set'): Versions {
  const receiver = { ...BARE_POLICY.receiver, conflict };
  const request = { at: instant(0), operation, key: 0, bytes: bytes(1), coordinator: peerIndex(0), level: undefined };
  return new Versions(bareScenario({ policy: { ...BARE_POLICY, receiver }, requests: [request] }));
}

describe('what is kept of writes', () => {
  it('is nothing where the last arrival wins and every write sets', () => {
    const versions = versionsOf('arrival');
    versions.add(0, SET, 5, NONE);
    expect(versions.isNeeded).toBe(false);
    expect(versions.weight).toBe(0);
    expect(versions.operationOf(0)).toBe(SET);
    expect(versions.supersedes(0, 1)).toBe(true);
  });

  it('is what each does, as soon as one may delete or count', () => {
    const versions = versionsOf('arrival', 'delete');
    versions.add(0, SET, 0, NONE);
    versions.add(1, DELETE, 0, NONE);
    versions.add(2, INCREMENT, 0, NONE);
    expect([0, 1, 2].map((write) => versions.operationOf(write))).toEqual([SET, DELETE, INCREMENT]);
    expect([versions.isNeeded, versions.areOrdered]).toEqual([true, false]);
    expect(versions.weight).toBe(1_024); // a byte for each of the first rows, and no timestamps
  });

  it.each([
    ['deletes', 'deletes: 0.5', true],
    ['counts', 'increments: 0.5', true],
    ['sets and reads', 'reads: 0.5', false],
  ])('is asked for by a workload that %s: %s', (_, shares, isNeeded) => {
    const text = `hintlab: 1\nduration: 1m\nreceiver: { conflict: arrival }\nworkload: { rate: 1/s, ${shares} }\n`;
    expect(new Versions(scenarioOf(text)).isNeeded).toBe(isNeeded);
  });

  it('a delete is no value to a client, and neither is no value', () => {
    const versions = versionsOf('timestamp');
    versions.add(0, SET, 0, NONE);
    versions.add(1, DELETE, 0, NONE);
    expect([0, 1, NONE, -7].map((value) => versions.visible(value))).toEqual([0, NONE, NONE, -7]);
  });
});

describe('the newest timestamp', () => {
  it('wins whatever arrived first, and of equal ones the later write', () => {
    const versions = versionsOf('timestamp');
    [30, 10, 30].forEach((timestamp, write) => versions.add(write, SET, timestamp, NONE));
    expect(versions.supersedes(0, 1)).toBe(true);
    expect(versions.supersedes(1, 0)).toBe(false);
    expect(versions.supersedes(2, 0)).toBe(true);
    expect(versions.supersedes(0, 2)).toBe(false);
    expect(versions.supersedes(0, 0)).toBe(false);
    expect(versions.isConcurrent(0, 1)).toBe(false);
  });

  it('takes any write over no value, even one whose clock is before the start of the run', () => {
    const versions = versionsOf('timestamp');
    versions.add(0, SET, -5_000_000, NONE);
    expect([versions.supersedes(0, NONE), versions.supersedes(NONE, 0)]).toEqual([true, false]);
  });

  it('takes the higher of two readings of a counter, and any reading over a write', () => {
    const versions = versionsOf('timestamp');
    versions.add(0, SET, 0, NONE);
    // −2 − n reads n: −5 is 3 and −3 is 1.
    expect(versions.supersedes(-5, -3)).toBe(true);
    expect(versions.supersedes(-3, -5)).toBe(false);
    expect(versions.supersedes(-3, 0)).toBe(true);
    expect(versions.supersedes(0, -3)).toBe(false);
  });
});

describe('vector clocks', () => {
  it('let a write win over what it was made upon, whatever the clocks say', () => {
    const versions = versionsOf('vectorClock');
    versions.add(0, SET, 900, NONE);
    versions.add(1, SET, 500, 0);
    versions.add(2, SET, 100, 1);
    expect([versions.supersedes(2, 0), versions.supersedes(0, 2)]).toEqual([true, false]);
    expect(versions.isConcurrent(0, 2)).toBe(false);
  });

  it('leave it to the timestamp where neither was made upon the other', () => {
    const versions = versionsOf('vectorClock');
    versions.add(0, SET, 0, NONE);
    versions.add(1, SET, 70, 0);
    versions.add(2, SET, 60, 0);
    expect(versions.isConcurrent(1, 2)).toBe(true);
    expect([versions.supersedes(1, 2), versions.supersedes(2, 1)]).toEqual([true, false]);
  });

  it('agree with a walk from parent to parent, and never keep both of two writes', () => {
    let descents = 0;
    let conflicts = 0;
    let longest = 0;
    // A parent is drawn as so many writes back: 1 makes long chains, beyond the first write is none.
    const write = fc.tuple(
      fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) }),
      fc.integer({ min: 0, max: 50 }),
    );
    fc.assert(
      fc.property(fc.array(write, { size: 'max', minLength: 2, maxLength: 300 }), fc.nat(), (writes, drawn) => {
        const versions = versionsOf('vectorClock');
        const parents = writes.map(([back], id) => Math.max(id - back, NONE));
        writes.forEach(([, timestamp], id) => versions.add(id, SET, timestamp, parents[id] ?? NONE));
        const older = drawn % writes.length;
        for (let newer = older + 1; newer < writes.length; newer++) {
          const steps = stepsDown(parents, newer, older);
          const isLater = (writes[newer]?.[1] ?? 0) >= (writes[older]?.[1] ?? 0);
          expect(versions.isConcurrent(newer, older)).toBe(steps === NONE);
          expect(versions.supersedes(newer, older)).toBe(steps !== NONE || isLater);
          expect(versions.supersedes(older, newer)).toBe(!versions.supersedes(newer, older));
          if (steps === NONE) conflicts++;
          else descents++;
          longest = Math.max(longest, steps);
        }
      }),
      { seed: 21, numRuns: 150 },
    );
    expect(descents).toBeGreaterThan(1_000);
    expect(conflicts).toBeGreaterThan(1_000);
    expect(longest).toBeGreaterThan(30);
  });

  it('know the ancestors of more writes than there was room for at first', () => {
    // Two chains side by side, of the even and of the odd writes.
    const versions = versionsOf('vectorClock');
    for (let write = 0; write < 3_000; write++) versions.add(write, SET, 0, write < 2 ? NONE : write - 2);
    for (let write = 1_000; write < 3_000; write += 7) {
      for (const older of [write % 2, 500 + (write % 2), write - 2])
        expect(versions.isConcurrent(write, older)).toBe(false);
      for (const other of [1 - (write % 2), 500 + ((write + 1) % 2), write - 1]) {
        expect(versions.isConcurrent(write, other)).toBe(true);
      }
    }
  });

  it('find any ancestor in a chain of 200 000 writes in a few steps', () => {
    // Parent by parent that would be 200 000² / 3 ≈ 1.3·10^10 steps, 20 s; by jumps at most 200 000 · 2 · 18, 50 ms.
    const versions = versionsOf('vectorClock');
    const count = 200_000;
    for (let write = 0; write < count; write++) versions.add(write, SET, 0, write - 1);
    let above = 0;
    const before = performance.now();
    for (let write = 1; write < count; write++) above += versions.isConcurrent(write, Math.floor(write / 3)) ? 0 : 1;
    expect(above).toBe(count - 1);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

/** How many parents up from `newer` one meets `older`, or NONE if never. */
function stepsDown(parents: readonly number[], newer: number, older: number): number {
  let steps = 0;
  for (let at = newer; at !== NONE; at = parents[at] ?? NONE) {
    if (at === older) return steps;
    steps++;
  }
  return NONE;
}
