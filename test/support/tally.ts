/**
 * Counts tests from the JSON reports of vitest and Playwright, for the sum that `npm test` ends with.
 */

/** Tests by how they ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_TESTS: Tally = { passed: 0, failed: 0, skipped: 0 };
/** Something failed that is no test: types, lint, a build, a runner that never got to its tests. */
export const ONE_FAILURE: Tally = { passed: 0, failed: 1, skipped: 0 };

/** Which runner wrote a report. */
export type Runner = 'vitest' | 'playwright';

/** The counts of a report. Throws if it is no report of that runner. A flaky test has failed. */
export function tallyOf(runner: Runner, report: string): Tally {
  const found: unknown = JSON.parse(report);
  if (runner === 'vitest') {
    return {
      passed: count(found, 'numPassedTests'),
      failed: count(found, 'numFailedTests'),
      skipped: count(found, 'numPendingTests'),
    };
  }
  const stats = field(found, 'stats');
  const failed = count(stats, 'unexpected') + count(stats, 'flaky');
  return { passed: count(stats, 'expected'), failed, skipped: count(stats, 'skipped') };
}

/** Both together. */
export function plus(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? new Map<string, unknown>(Object.entries(of)).get(name) : undefined;
}

function count(of: unknown, name: string): number {
  const value = field(of, name);
  if (typeof value !== 'number') throw new Error(`the report has no number "${name}"`);
  return value;
}
