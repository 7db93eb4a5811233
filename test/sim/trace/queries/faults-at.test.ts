import { expect, it } from 'vitest';
import { faultsAt, hasFault } from '../../../../sim/trace/queries/faults-at.ts';
import { runOf } from '../../../support/small-runs.ts';

const trace = runOf(`
nodes: [a, b, c]
duration: 60s
faults:
  - { pauseDrain: a, at: 10s, for: 20s }
  - { loading: a, at: 15s, for: 5s }
  - { pauseDrain: b, at: 12s, for: 1s }
  - { partition: [[a], [b]], at: 10s, for: 20s }
`);

it('a fault is in force at its node from its beginning up to its end, and only as what it is', () => {
  const paused = (node: number, second: number): boolean => hasFault(trace, 'pauseDrain', node, second * 1e6);
  expect([9, 10, 29, 30].map((second) => paused(0, second))).toEqual([false, true, true, false]);
  expect([11, 12, 13].map((second) => paused(1, second))).toEqual([false, true, false]);
  expect(hasFault(trace, 'loading', 1, 16e6)).toBe(false);
  expect(hasFault(trace, 'partition', 0, 16e6)).toBe(false); // it is at no node
});

it('faults are handed out as the scenario has them', () => {
  const told = (second: number): string[] =>
    faultsAt(trace, 'pauseDrain', 0, second * 1e6).map(({ kind, from, until }) => `${kind} ${from} to ${until}`);
  expect(told(16)).toEqual(['pauseDrain 10000000 to 30000000']);
  expect(told(40)).toEqual([]);
});
