/**
 * The catalogue as a whole: what it covers, and what must be true of any result, whatever the scenario and the design.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProperties, isViolated, NOT_APPLICABLE, PROPERTIES } from '../../../sim/index.ts';
import type { PropertyResult, Trace } from '../../../sim/index.ts';
import { randomDesign, yamlOfDesign } from '../../support/random-designs.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const idsOf = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

/** Where an instant has an order of its own at level `full` only, or a log tells more, the verdicts may differ. */
const FINER_AT_FULL = ['I3', 'I9', 'C9'];

function byId(results: readonly PropertyResult[]): ReadonlyMap<string, PropertyResult> {
  return new Map(results.map((result) => [result.id, result]));
}

describe('the catalogue', () => {
  it('has every property of both pages, or the reason why not', () => {
    const known = [...PROPERTIES, ...NOT_APPLICABLE].map(({ id }) => id);
    for (const id of [...idsOf('I', 12), ...idsOf('C', 16), ...idsOf('L', 8)]) {
      expect(known.filter((one) => one === id)).toEqual([id]);
    }
    expect(new Set(known).size).toBe(known.length);
  });

  it('has a twin for each property that must hold', () => {
    for (const { id, kind } of PROPERTIES) {
      const twin = PROPERTIES.find((one) => one.id === `${id}.reached`);
      expect(twin?.kind).toBe(kind === 'sometimes' ? undefined : 'sometimes');
    }
  });

  it('says everything in whole sentences', () => {
    for (const { sentence, source } of PROPERTIES) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/^(handoff-systems|properties) §/);
    }
    for (const { reason } of NOT_APPLICABLE) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('does not exercise what a level does not record', () => {
    for (const level of ['counters', 'hints'] as const) {
      const results = byId(checkProperties(buildTrace({ level })));
      for (const property of PROPERTIES) {
        if (property.level !== 'full') continue;
        expect(results.get(property.id)?.verdict).toBe('notExercised');
        expect(results.get(property.id)?.detail).toContain('it takes a trace of level full');
      }
    }
  });

  it('finds the late hint of the story that is about it', () => {
    const results = byId(checkProperties(traceOf(scenarioOf(storyText('late-hint'), ['record=full']))));
    expect([...results.values()].filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([
      'I1',
      'I2',
      'I6',
      'C3',
    ]);
    // The sweep of 60 s, and one link of 1 ms.
    expect(results.get('I2')).toMatchObject({ at: 60_001_000, write: 1, kind: 'eventually' });
    expect(isViolated([...results.values()])).toBe(true);
  });
});

describe('any result', () => {
  it('points into its trace, agrees with its twin, and is the same below level full', { timeout: 120_000 }, () => {
    const violated = new Set<string>();
    const held = new Set<string>();
    fc.assert(
      fc.property(randomDesign, (design) => {
        const trace = traceOf(scenarioOf(yamlOfDesign(design), ['record=full']));
        const results = checkProperties(trace);
        for (const result of results) pointsInto(trace, result, byId(results));
        const coarse = byId(checkProperties(traceOf(scenarioOf(yamlOfDesign(design), ['record=hints']))));
        for (const { id, level } of PROPERTIES) {
          if (level === 'full' || FINER_AT_FULL.includes(id.slice(0, 2))) continue;
          expect([id, coarse.get(id)?.verdict]).toEqual([id, byId(results).get(id)?.verdict]);
        }
        for (const { id, verdict } of results) (verdict === 'violated' ? violated : held).add(id);
      }),
      { numRuns: 60, seed: 21 },
    );
    // The model itself must never break these: no value out of nowhere, no loss without a cause, no hint lost twice over.
    for (const id of ['C1', 'C2', 'C8', 'C11', 'C15', 'I5', 'I11']) {
      expect([...violated]).not.toContain(id);
      expect([...held]).toContain(id);
    }
    expect(violated.size).toBeGreaterThan(12);
  });
});

function pointsInto(trace: Trace, result: PropertyResult, all: ReadonlyMap<string, PropertyResult>): void {
  const { id, kind, verdict, at, event, detail, violations, write, hint } = result;
  expect(detail).not.toBe('');
  expect(violations > 0).toBe(verdict === 'violated');
  expect(at === null).toBe(verdict !== 'violated');
  if (at !== null) expect(at).toBeLessThanOrEqual(trace.endedAt);
  if (event !== null) expect(trace.log.at[event]).toBe(at);
  if (write !== null) expect(write).toBeLessThan(trace.writes.key.length);
  if (hint !== null) expect(hint).toBeLessThan(trace.hints.write.length);
  if (kind === 'sometimes') expect(verdict).not.toBe('violated');
  else expect(all.get(`${id}.reached`)?.verdict === 'holds').toBe(verdict !== 'notExercised');
}
