/**
 * Twitter's clusters: the cells of a table made for it, then rows of the real table as they stand in it.
 */
import { describe, expect, it } from 'vitest';
import {
  formatProblem,
  importTwitter,
  parseScenario,
  recogniseFile,
  twitterScenario,
} from '../../../../sim/scenario/index.ts';
import type { TwitterProfile } from '../../../../sim/scenario/index.ts';
import { sharedData, WITHOUT_SHARED_DATA } from '../../../support/shared-data.ts';

const TABLE = [
  '| cluster | key size | value size | request rate (kqps) | operation | Zipf alpha |',
  '|:---:|:---:|:---:|:---:|:---:|:---:|',
  '| cluster1 | 44 | 1030 | 4.36 | set:0.80 get:0.20 | 0.3048 |',
  '| cluster2 | N/A | 10 | 1.0 | get:0.50 gets:0.10 add:0.20 warp:0.1 | NA |',
].join('\n');

function profileOf(text: string, cluster: number | string): TwitterProfile {
  const imported = importTwitter(text, { file: 'table.md', cluster });
  if (imported.kind === 'invalid') throw new Error(imported.problems.map(formatProblem).join('\n'));
  return imported;
}

function figures({ key, value, rate, readShare, zipf }: TwitterProfile): readonly (number | undefined)[] {
  return [key.value, value.value, rate.value, readShare.value, zipf.value];
}

describe('a row of the table', () => {
  it('is a profile: bytes, requests per second, share of reads, skew', () => {
    expect(figures(profileOf(TABLE, 1))).toEqual([44, 1_030, 4_360, 0.2, 0.3048]);
    expect(profileOf(TABLE, 'cluster1')).toEqual(profileOf(TABLE, 1));
  });

  it('takes shares of the operations it lists, and says what it left out', () => {
    const profile = profileOf(TABLE, 2);
    expect(profile.readShare.value).toBeCloseTo(0.6 / 0.8, 12);
    expect(profile.notes.map(({ line, column, text }) => `${line}:${column} ${text}`)).toEqual([
      '4:31 the operation warp is neither a read nor a write here: left out',
      '4:31 the operations listed add up to 0.80: shares are of those',
    ]);
  });

  it('knows where a figure is missing', () => {
    const { key, zipf } = profileOf(TABLE, 2);
    expect(key).toMatchObject({ value: undefined, text: 'N/A', at: { line: 4, column: 14 } });
    expect(zipf).toMatchObject({ value: undefined, text: 'NA' });
  });

  it('that is not there has a nearest one', () => {
    const imported = importTwitter(TABLE, { file: 'table.md', cluster: 'cluster' });
    expect(imported).toMatchObject({ kind: 'invalid', problems: [{ code: 'unknownName', nearest: 'cluster1' }] });
  });

  it('of a text without the table is refused', () => {
    expect(importTwitter('no table', { file: 'x', cluster: 1 })).toMatchObject({
      problems: [{ line: 1, code: 'data' }],
    });
    expect(importTwitter('| cluster | key size |', { file: 'x', cluster: 1 })).toMatchObject({
      problems: { length: 4 },
    });
  });
});

describe('as a scenario', () => {
  it('every row becomes a text that parses, with what the table lacks left to the defaults', () => {
    for (const cluster of [1, 2]) {
      const written = twitterScenario(TABLE, { file: 'table.md', cluster });
      if (written.kind === 'invalid') throw new Error('refused');
      expect(written.text).toContain('CC BY 4.0');
      expect(parseScenario(written.text, { file: 'x' }).kind).toBe('scenario');
    }
  });

  it.each([1e-30, 1e6])('a factor that no rate allows (%s) is refused at its option', (scale) => {
    const scaled = twitterScenario(TABLE, { file: 'table.md', cluster: 1, scale });
    expect(scaled).toMatchObject({ kind: 'invalid', problems: [{ file: '--scale', code: 'range' }] });
  });

  it('is scaled to a comfortable rate, or as asked', () => {
    const written = twitterScenario(TABLE, { file: 'table.md', cluster: 1 });
    const scaled = twitterScenario(TABLE, { file: 'table.md', cluster: 1, scale: 0.5 });
    expect(written.kind === 'text' && written.text).toContain('rate: 43.6/s');
    expect(scaled.kind === 'text' && scaled.text).toContain('rate: 2180/s');
  });
});

describe('files are recognised by what stands in them', () => {
  it.each([
    ['a.txt', '# comment\nhintlab: 1\n', 'scenario'],
    ['a.yaml', 'duration: 1m', 'scenario'],
    ['a.txt', '{ "x": 1 }', 'unknown'],
    ['a.csv', 'System,nodes,Prob Started,Prob Fixed\n', 'lanl'],
    ['a.yaml', TABLE, 'twitter'],
    ['a.csv', 'a,b\n1,2', 'unknown'],
    ['', '', 'unknown'],
  ])('%s', (name, text, kind) => {
    expect(recogniseFile(name, text)).toBe(kind);
  });
});

describe.skipIf(WITHOUT_SHARED_DATA !== undefined)(`the real table ${WITHOUT_SHARED_DATA ?? ''}`, () => {
  const table = WITHOUT_SHARED_DATA === undefined ? sharedData('twitter/2020Mar.md') : '';

  it('cluster12 is mostly sets, cluster5 is not known at all', () => {
    expect(figures(profileOf(table, 12))).toEqual([44, 1_030, 4_360, 0.2, 0.3048]);
    expect(figures(profileOf(table, 5))).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('all 54 clusters become scenarios that parse', () => {
    const kinds = Array.from({ length: 54 }, (_, index) => {
      const written = twitterScenario(table, { file: '2020Mar.md', cluster: index + 1 });
      return written.kind === 'text' ? parseScenario(written.text, { file: 'x' }).kind : written.kind;
    });
    expect(new Set(kinds)).toEqual(new Set(['scenario']));
  });

  it('by path in a scenario, with what stands beside it in its place', () => {
    const text = 'hintlab: 1\nduration: 1m\nworkload: { reads: 0, twitter: { file: t.md, cluster: 12, scale: 0.01 } }';
    const parsed = parseScenario(text, { file: 'x.yaml', readImport: () => table });
    if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.scenario.workloads[0]).toMatchObject({
      arrivals: { kind: 'steady', rate: 43.6 },
      readShare: 0,
      keys: { count: 10_000, zipf: 0.3048 },
      size: { key: { kind: 'constant', value: 44 }, value: { kind: 'constant', value: 1_030 } },
    });
  });
});
