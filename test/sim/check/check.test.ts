/** Examining a run: properties and ledger of one look at it, and what counts as a failure. */
import { describe, expect, it } from 'vitest';
import {
  checkProperties,
  examine,
  isFailure,
  isViolated,
  ledger,
  PROPERTY_KINDS,
  VERDICTS,
} from '../../../sim/check/index.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

describe('examine', () => {
  it('finds what checking the properties and keeping the ledger find, each by itself', () => {
    const trace = traceOf(scenarioOf(storyText('late-hint'), ['record=full']));
    const { properties, ledger: book } = examine(trace);
    expect(properties).toEqual(checkProperties(trace));
    expect(book).toEqual(ledger(trace));
    // By the story: six copies, and b turned back from the second write to the first.
    expect(book?.totals).toMatchObject({ present: 3, superseded: 2, missing: { overwritten: 1 } });
  });

  it('keeps no ledger below level full', () => {
    const trace = traceOf(scenarioOf(storyText('late-hint'), ['record=hints']));
    expect(examine(trace)).toEqual({ properties: checkProperties(trace), ledger: undefined });
  });
});

describe('isFailure', () => {
  it('is a violation of what must hold, and nothing else', () => {
    const all = PROPERTY_KINDS.flatMap((kind) => VERDICTS.map((verdict) => ({ kind, verdict })));
    expect(all.filter(isFailure)).toEqual([
      { kind: 'always', verdict: 'violated' },
      { kind: 'eventually', verdict: 'violated' },
    ]);
  });

  it('is what makes a run one that violates something', () => {
    const results = examine(traceOf(scenarioOf(storyText('late-hint'), ['record=full']))).properties;
    expect(results.filter(isFailure).map(({ id }) => id)).toEqual(['I1', 'I2', 'I6', 'C3']);
    expect(isViolated(results)).toBe(true);
    expect(isViolated(results.filter((result) => !isFailure(result)))).toBe(false);
  });
});
