/**
 * The lines that `npm run validate` prints: a headline per section, a line per number.
 */
import { passes } from './case.ts';
import type { Finding, Omission } from './case.ts';
import type { Answer } from './worker.ts';

const WHAT_WIDTH = 46;
const NUMBER_WIDTH = 14;

/** The headline of a section, and of its columns. */
export function sectionLine(title: string): string {
  const columns = ['expected', 'measured', '± tolerance'].map((column) => column.padStart(NUMBER_WIDTH)).join('');
  return `\n${title.padEnd(WHAT_WIDTH + 2)}${columns}`;
}

/** A case: its configuration, and a line for each number. */
export function caseLines(id: string, title: string, { findings, error, seconds }: Answer): readonly string[] {
  const head = `${id}  ${title} (${seconds.toFixed(1)} s)`;
  const failure = error === undefined ? [] : [`  FAIL  ${error.replaceAll('\n', '\n        ')}`];
  return [head, ...findings.map(lineOf), ...failure];
}

function lineOf(finding: Finding): string {
  const { what, expected, measured, tolerance } = finding;
  const numbers = [expected, measured, tolerance].map((number) => digits(number).padStart(NUMBER_WIDTH)).join('');
  return `  ${what.padEnd(WHAT_WIDTH)}${numbers}  ${passes(finding) ? 'pass' : 'FAIL'}`;
}

/** Up to seven digits. */
function digits(number: number): string {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(7)));
}

/** What is not checked, and why. */
export function omissionLine({ id, why }: Omission): string {
  return `${id}  not checked: ${why}`;
}

/** The last line. */
export function sumLine(cases: number, failed: readonly string[]): string {
  const which = failed.length === 0 ? '' : `: ${failed.join(', ')}`;
  return `\n${cases - failed.length} cases passed, ${failed.length} failed${which}`;
}
