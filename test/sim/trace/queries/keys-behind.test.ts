import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysBehind } from '../../../../sim/trace/queries/keys-behind.ts';
import { replicaStaleness } from '../../../../sim/trace/queries/staleness.ts';
import { randomDesign, yamlOfDesign } from '../../../support/random-designs.ts';
import { Reach } from '../../../support/reach.ts';
import { scenarioOf, traceOf } from '../../../support/scenarios.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const both = [
  { replica: 'a', route: 'direct' },
  { replica: 'b', route: 'hinted', hint: 0 },
] as const;
const writeOf = (at: number, key: number): NonNullable<TraceRows['writes']>[number] => ({
  ...{ at, coordinator: 'a', key, outcome: 'acked', resolvedAt: at + 10, copies: both },
});

/** Writes 0 and 1 of key 1, write 2 of key 2; a applies each before it is acknowledged, b by hints or never. */
const rows: TraceRows = {
  ...{ level: 'full', nodes: ['a', 'b'], endedAt: 1_000 },
  hints: [0, 1, 2].map((write) => ({ holder: 'a', peer: 'b', storedAt: 100 * write, write })),
  writes: [writeOf(0, 1), writeOf(100, 1), writeOf(200, 2)],
};
const onA = [0, 1, 2].flatMap((write) => [
  { at: 100 * write + 5, kind: 'copyApplied', node: 'a', peer: 'a', subject: write } as const,
  { at: 100 * write + 10, kind: 'writeAcked', node: 'a', subject: write } as const,
]);
const onB = (at: number, hint: number): NonNullable<TraceRows['log']>[number] => ({
  ...{ at, kind: 'hintApplied', node: 'b', peer: 'a', subject: hint },
});
const rowsOf = (log: TraceRows['log']): [number, number][] => {
  const { at, keys } = keysBehind(buildTrace({ ...rows, log: log ?? [] }));
  return [...at].map((instant, row) => [instant, keys[row] ?? NaN]);
};

describe('keysBehind', () => {
  it('counts a key from its acknowledgement until the newest version is there', () => {
    // Key 1 from 10 on, key 2 from 210 on; at 300 the older version of key 1 comes, which is not enough.
    expect(rowsOf([...onA, onB(300, 0), onB(310, 1), onB(400, 2)])).toEqual([
      [10, 1],
      [210, 2],
      [310, 1],
      [400, 0],
    ]);
  });

  it('counts a key again when an older version replaces the newest', () => {
    expect(rowsOf([...onA, onB(310, 1), onB(400, 2), onB(500, 0)]).at(-1)).toEqual([500, 1]);
  });

  it('has the area that the staleness of all replicas sums up to, whatever the design', () => {
    const reach = new Reach<'behind' | 'caught up' | 'behind at the end'>();
    fc.assert(
      fc.property(randomDesign, (design) => {
        const trace = traceOf(scenarioOf(yamlOfDesign(design), ['record=full']));
        const { at, keys } = keysBehind(trace);
        const area = keys.reduce(
          (sum, count, row) => sum + count * ((at[row + 1] ?? trace.endedAt) - (at[row] ?? 0)),
          0,
        );
        const summed = replicaStaleness(trace).reduce((sum, { keyTime }) => sum + keyTime, 0);
        expect(area).toBe(summed);
        reach.note('behind', area > 0);
        reach.note('caught up', keys.length > 1 && keys.at(-1) === 0);
        reach.note('behind at the end', (keys.at(-1) ?? 0) > 0);
      }),
      { numRuns: 25, seed: 41 },
    );
    expect(reach.rarerThan(3, ['behind', 'caught up', 'behind at the end'])).toEqual([]);
  });
});
