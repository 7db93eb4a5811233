/** The verdict on a run: exit codes by what was violated and what was expected to be. */
import { describe, expect, it } from 'vitest';
import { propertyLines } from '../../../sim/cli/property-lines.ts';
import { verdictOf } from '../../../sim/cli/verdict.ts';
import { wrapText } from '../../../sim/cli/wrap-text.ts';
import { PROPERTIES, type PropertyResult } from '../../../sim/index.ts';

function result(id: string, verdict: PropertyResult['verdict'], own: Partial<PropertyResult> = {}): PropertyResult {
  const nothing = { at: null, event: null, detail: '', violations: 0, write: null, hint: null, copy: null };
  return { id, kind: 'always', verdict, ...nothing, ...own };
}

const broken = result('I2', 'violated', { at: 60_001_000, event: 12, detail: 'b went back to write 0', violations: 3 });
const results = [
  result('I1', 'holds'),
  broken,
  result('I5', 'notExercised'),
  result('I1.reached', 'holds', { kind: 'sometimes' }),
];

/** As the block breaks it: 92 columns behind four blanks. */
function folded(text: string): string[] {
  return wrapText(text, 92).map((line) => `    ${line}`);
}

function sentenceOf(id: string): string | undefined {
  return PROPERTIES.find((property) => property.id === id)?.sentence;
}

describe('verdictOf', () => {
  it('is 1 if a property was violated and nothing was said, and 0 if none was', () => {
    expect(verdictOf(results, undefined)).toEqual({ code: 1 });
    expect(verdictOf([result('I1', 'holds'), result('I5', 'notExercised')], undefined)).toEqual({ code: 0 });
  });

  it('is 0 exactly if the expected properties were violated and no other', () => {
    expect(verdictOf(results, ['I2'])).toEqual({ code: 0 });
    expect(verdictOf(results, ['I2', 'I5'])).toEqual({
      code: 1,
      complaint: 'expected violations of I2, I5, found I2: I5 was not exercised',
    });
    expect(verdictOf(results, ['I1'])).toEqual({
      code: 1,
      complaint: 'expected violations of I1, found I2: I2 was not expected; I1 holds',
    });
  });
});

describe('propertyLines', () => {
  it('tells of the violated ones with their first event, and counts the others', () => {
    expect(propertyLines(results, false)).toEqual([
      'properties: 1 violated',
      'I2 violated 3 times, first at 1m 0.001s',
      ...folded(`always: ${sentenceOf('I2')}`),
      '    b went back to write 0',
      'hold: 1; not exercised: 1; --properties tells all',
    ]);
  });

  it('counts what should happen sometimes as it counts the others, for it is no twin', () => {
    const [first] = results;
    const stale = first && { ...first, id: 'C12.stale', kind: 'sometimes' as const, verdict: 'notExercised' as const };
    expect(propertyLines(stale ? [...results, stale] : [], false).at(-1)).toBe(
      'hold: 1; not exercised: 2; --properties tells all',
    );
    expect(propertyLines(stale ? [stale] : [], true)).toEqual(
      expect.arrayContaining(['C12.stale not exercised', ...folded(`sometimes: ${sentenceOf('C12.stale')}`)]),
    );
  });

  it('tells all where asked to', () => {
    const lines = propertyLines(results, true);
    for (const { id } of results) expect(lines.some((line) => line.startsWith(`${id} `))).toBe(true);
    expect(lines.slice(lines.indexOf('I5 not exercised'), -1)).toEqual([
      'I5 not exercised',
      ...folded(`always: ${sentenceOf('I5')}`),
    ]);
    expect(lines.at(-1)).toBe('I1.reached holds');
  });
});
