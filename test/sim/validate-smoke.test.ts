/**
 * Three rows of the page of external truths that luck has no part in, so that every test run has them; all rows are run
 * by `npm run validate`.
 */
import { expect, it } from 'vitest';
import { passes } from '../validate/case.ts';
import { caseOf, isAskedFor, SECTIONS } from '../validate/catalogue.ts';
import { runFile } from '../validate/run-file.ts';

/** The numbers of a case, each of which must be right. */
function expectRow(id: string, numbers: number): void {
  const findings = caseOf(id).check(runFile);
  expect(findings.filter((finding) => !passes(finding))).toEqual([]);
  expect(findings).toHaveLength(numbers);
}

it('an outage makes one hint for each write that it misses (H1)', () => expectRow('H1', 3));

it('a silent peer is convicted when the formula says (A2)', () => expectRow('A2', 14));

it("Little's law holds to rounding in a run that ends empty (Q23)", () => expectRow('Q23', 2));

it('a number off by more than its tolerance does not pass, nor one that is none', () => {
  const finding = { what: 'x', expected: 2, tolerance: 1 };
  expect([0.9, 1, 3, 3.1, NaN].map((measured) => passes({ ...finding, measured }))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(passes({ ...finding, measured: 2, tolerance: Infinity })).toBe(false);
});

it('every row has an id of its own, which a filter finds', () => {
  const ids = SECTIONS.flatMap(({ cases }) => cases.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => isAskedFor(id, ['P1', 'Q23']))).toEqual(['P1', 'Q23']);
  expect(ids.filter((id) => isAskedFor(id, ['E']))).toEqual(['E1', 'E2', 'E3', 'E4', 'E6']);
});
