/**
 * The grade of the conformance kit, small: every broken store is rejected by a transcript of at most six operations, and
 * two correct stores are accepted. `npm run conform:grade` does the same over 10^5 scenarios and many seeds.
 */
import { describe, expect, it } from 'vitest';
import { conformVectors } from '../../sim/cli/conform-vectors.ts';
import {
  conform,
  CONFORM_PROFILES,
  type ConformReport,
  MAX_TRANSCRIPT_LINES,
  transcriptLines,
} from '../../sim/conform/index.ts';
import { BROKEN_STORES } from './broken-stores.ts';
import { coreSubject } from './core-subject.ts';
import { carryTo, exampleSubject, type Subject } from './in-process.ts';

const VECTORS = conformVectors();
const MAX_OPERATIONS = 6;

function grade(makeSubject: () => Subject, scenarios: number, seed: number): ConformReport {
  const result = carryTo(
    conform({ vectors: VECTORS, campaign: { scenarios, seed, profiles: CONFORM_PROFILES } }),
    makeSubject,
  );
  if (result.kind === 'unusable') throw new Error(result.why);
  return result.report;
}

describe.each(BROKEN_STORES)('a store in which $name', ({ patches }) => {
  it('is rejected, with a minimal transcript', async () => {
    const { verdict, random } = grade(await exampleSubject(patches), 2_000, 1);
    const { find } = random;
    expect(verdict).toBe('diverges');
    expect(find).toMatchObject({ minimal: true, repeatable: true });
    const lines = find === undefined ? [] : transcriptLines(find);
    expect(lines.length).toBeLessThanOrEqual(MAX_TRANSCRIPT_LINES);
    // Without hello and reset: what is done to the store.
    expect((find?.transcript.length ?? 0) - 1).toBeLessThanOrEqual(MAX_OPERATIONS);
  });
});

describe('a correct store is accepted', () => {
  it('if it is a ring buffer', async () => {
    expect(grade(await exampleSubject(), 1_000, 2)).toMatchObject({
      verdict: 'conforms',
      vectors: { failed: [] },
      random: { scenarios: 1_000, errors: 0, inconclusive: 0 },
    });
  });

  it('if it is the store of core/', () => {
    expect(grade(() => coreSubject(), 1_000, 3)).toMatchObject({ verdict: 'conforms', random: { scenarios: 1_000 } });
  });
});

describe('the broken stores', () => {
  it('cover the bugs of the catalogue that a store of the reference can have', () => {
    const numbers = new Set(BROKEN_STORES.flatMap(({ bug }) => bug ?? []));
    // 21, snapshots, is nothing the reference has; 33 and 38 are those of the drain that a take can have.
    const wanted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 33, 38];
    expect([...numbers].toSorted((a, b) => a - b)).toEqual(wanted);
  });
});
