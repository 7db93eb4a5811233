/**
 * What stands in for vitest in a mutation run: `describe` and `it` only write down what there is to run, so that one case
 * can be run alone, and again for the next mutant, in one process. Expectations are those of vitest itself.
 */
import { expect as expectOfVitest } from 'vitest';

/** As it is. */
export const expect = expectOfVitest;

/**
 * What a case goes by. `check`: values from the reference, from theory or by hand, laws, properties, assertions. `digest`:
 * that a run is the run it was, which says that something changed, and not that it is wrong.
 */
export type Evidence = 'check' | 'digest';

/** One test. */
export interface Case {
  readonly name: string;
  readonly evidence: Evidence;
  readonly run: () => unknown;
}

/** All tests of the bundle, in the order of their files. */
export const writtenDown: Case[] = [];

const path: string[] = [];

/** A group of tests; options, such as a time limit, mean nothing here. */
export function describe(name: string, ...rest: readonly unknown[]): void {
  path.push(name);
  bodyOf(rest)();
  path.pop();
}

/** A test. */
export function it(name: string, ...rest: readonly unknown[]): void {
  write(name, 'check', bodyOf(rest));
}

/** A test that goes by a recorded digest. */
export function itsDigest(name: string, run: () => unknown): void {
  write(name, 'digest', run);
}

/** How far tests reach is for a whole run of them to say, and no case. */
export function afterAll(): void {}

function write(name: string, evidence: Evidence, run: () => unknown): void {
  writtenDown.push({ name: [...path, name].join(' › '), evidence, run });
}

function bodyOf(rest: readonly unknown[]): () => unknown {
  const body = rest.find((each) => typeof each === 'function');
  return () => (typeof body === 'function' ? body() : undefined);
}

/** One group, or one test, for each row of a table. */
function each(add: (name: string, run: () => unknown) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const body = rest.find((part) => typeof part === 'function');
      rows.forEach((row, index) => {
        const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
        add(`${name} #${index}`, () => (typeof body === 'function' ? body(...cells) : undefined));
      });
    };
}

describe.each = each(describe);
it.each = each(it);
