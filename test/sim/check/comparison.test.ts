/** Runs side by side, on small traces by hand. */
import { describe, expect, it } from 'vitest';
import { examine } from '../../../sim/check/check.ts';
import { compareOutcomes, outcomesOf } from '../../../sim/check/comparison.ts';
import type { ComparisonRow, Outcome } from '../../../sim/check/comparison.ts';
import { buildTrace } from '../../support/trace-builder.ts';
import type { TraceRows } from '../../support/trace-builder.ts';

/** Two hints for b, one behind the other; b is behind from 100 to the end, and once before for 30 µs. */
const rows: TraceRows = {
  level: 'full',
  endedAt: 1_000,
  behind: [
    { node: 'b', from: 20, until: 50 },
    { node: 'b', from: 100 },
  ],
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, write: 0 },
    { holder: 'a', peer: 'b', storedAt: 110, write: 1, reason: 'queued' },
  ],
  writes: [
    {
      ...{ at: 100, coordinator: 'a', outcome: 'acked', resolvedAt: 105 },
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 104 },
        { replica: 'b', route: 'hinted', hint: 0 },
      ],
    },
    { at: 110, coordinator: 'a', key: 1, copies: [{ replica: 'b', route: 'hinted', hint: 1 }] },
  ],
  values: [{ replica: 'a', key: 0, write: 0 }],
};

function examined(of: TraceRows): readonly Outcome[] {
  const trace = buildTrace(of);
  return outcomesOf(trace, examine(trace));
}

function find(table: readonly ComparisonRow[], name: string): ComparisonRow | undefined {
  return table.find((row) => row.name === name);
}

function valueOf(outcomes: readonly Outcome[], name: string): Outcome['value'] {
  return outcomes.find((outcome) => outcome.name === name)?.value;
}

describe('outcomesOf', () => {
  it('counts hints by reason, copies by standing, and the longest time behind up to the end', () => {
    const outcomes = examined(rows);
    const count = (of: number): Outcome['value'] => ({ kind: 'count', count: of });
    expect(valueOf(outcomes, 'stored')).toEqual(count(2));
    expect(valueOf(outcomes, 'stored: peer taken for Down')).toEqual(count(1));
    expect(valueOf(outcomes, 'stored: behind other hints')).toEqual(count(1));
    // Of the acknowledged write: a has it, and b waits for its hint. The other write was never acknowledged.
    expect(valueOf(outcomes, 'present')).toEqual(count(1));
    expect(valueOf(outcomes, 'missing: hint still waiting')).toEqual(count(1));
    expect(valueOf(outcomes, 'longest behind: b')).toEqual({ kind: 'time', micros: 900 });
    expect(valueOf(outcomes, 'longest behind: a')).toEqual({ kind: 'time', micros: 0 });
  });

  it('leaves undefined what the level does not tell, under the same names', () => {
    const full = examined(rows);
    const thin = examined({ ...rows, level: 'counters', hints: [], writes: [], values: [] });
    expect(thin.map(({ group, name }) => [group, name])).toEqual(full.map(({ group, name }) => [group, name]));
    expect(valueOf(thin, 'present')).toBeUndefined();
    expect(valueOf(thin, 'stored: behind other hints')).toBeUndefined();
  });

  it('has a verdict for every promise, and none for its twin', () => {
    const common = { at: null, event: null, detail: '', violations: 0, write: null, hint: null, copy: null };
    const properties = [
      { ...common, id: 'I1', kind: 'always', verdict: 'violated' },
      { ...common, id: 'I1.reached', kind: 'sometimes', verdict: 'holds' },
    ] as const;
    const outcomes = outcomesOf(buildTrace(rows), { properties, ledger: undefined });
    expect(outcomes.filter(({ group }) => group === 'properties')).toEqual([
      { group: 'properties', name: 'I1', value: { kind: 'verdict', verdict: 'violated' } },
    ]);
  });
});

describe('compareOutcomes', () => {
  const one = examined(rows);
  const two = examined({ ...rows, hints: rows.hints?.map((hint) => ({ ...hint, reason: 'queued' })) ?? [] });

  it('marks rows that differ, and rows in which nothing happened', () => {
    const table = compareOutcomes([one, two]);
    expect(find(table, 'stored: behind other hints')).toMatchObject({
      differs: true,
      isBlank: false,
      values: [
        { kind: 'count', count: 1 },
        { kind: 'count', count: 2 },
      ],
    });
    expect(find(table, 'stored')).toMatchObject({ differs: false, isBlank: false });
    expect(find(table, 'expired')).toMatchObject({ differs: false, isBlank: true });
  });

  it('keeps the place of a run that was not made', () => {
    const table = compareOutcomes([undefined, one, two]);
    expect(find(table, 'stored')?.values).toEqual([
      undefined,
      { kind: 'count', count: 2 },
      { kind: 'count', count: 2 },
    ]);
    expect(find(table, 'stored')?.differs).toBe(false);
    expect(compareOutcomes([undefined, undefined])).toEqual([]);
  });
});
