/** Counting tests, from the fields of both runners' reports that matter. */
import { describe, expect, it } from 'vitest';
import { NO_TESTS, ONE_FAILURE, plus, tallyOf } from './tally.ts';

describe('tallyOf', () => {
  it('reads the totals of vitest', () => {
    const report = '{ "numTotalTests": 6, "numPassedTests": 3, "numFailedTests": 2, "numPendingTests": 1 }';
    expect(tallyOf('vitest', report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('reads the stats of Playwright, where a flaky test has failed', () => {
    const report = '{ "stats": { "expected": 5, "unexpected": 1, "flaky": 2, "skipped": 4 } }';
    expect(tallyOf('playwright', report)).toEqual({ passed: 5, failed: 3, skipped: 4 });
  });

  it.each(['', '{}', '{ "numPassedTests": "3" }', '[]'])('takes no count from %j', (report) => {
    expect(() => tallyOf('vitest', report)).toThrow();
    expect(() => tallyOf('playwright', report)).toThrow();
  });
});

it('plus adds field by field', () => {
  const some = { passed: 2, failed: 3, skipped: 4 };
  expect(plus(some, ONE_FAILURE)).toEqual({ passed: 2, failed: 4, skipped: 4 });
  expect(plus(NO_TESTS, some)).toEqual(some);
});
