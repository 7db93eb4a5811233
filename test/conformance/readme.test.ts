/**
 * What the README says of the conformance kit: its talk is one that the example store would have, its transcript is the one
 * that is printed, and its numbers are those of the files.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformVectors } from '../../sim/cli/conform-vectors.ts';
import { conform, CONFORM_PROFILES, isOfReference, POLICY_VALUES, transcriptLines } from '../../sim/conform/index.ts';
import { BROKEN_STORES } from './broken-stores.ts';
import { carryTo, exampleSubject } from './in-process.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

function block(language: string): string[] {
  const text = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(README)?.[1] ?? '';
  return text.trimEnd().split('\n');
}

describe('the README on conformance', () => {
  it('shows a talk that the example store has, but for its name', async () => {
    const subject = (await exampleSubject())();
    const lines = block('jsonl');
    const operations = new Set<unknown>();
    for (let index = 0; index < lines.length; index += 2) {
      const request = (lines[index] ?? '').replace(/^> /, '');
      const shown: unknown = JSON.parse((lines[index + 1] ?? '').replace(/^< /, ''));
      operations.add(JSON.parse(request).op);
      const reply: unknown = JSON.parse(subject(request));
      if (JSON.parse(request).op === 'hello') expect(reply).toMatchObject({ id: 0, result: { protocol: 1 } });
      else expect(reply).toEqual(shown);
    }
    // Seven operations, and hello, reset and bye around them.
    expect(operations.size).toBe(10);
  });

  it('shows the transcript that is printed for a store that hands out the newest first', async () => {
    const broken = BROKEN_STORES.find(({ bug }) => bug === 12);
    const campaign = { scenarios: 100, seed: 1, profiles: CONFORM_PROFILES };
    const result = carryTo(conform({ vectors: [], campaign }), await exampleSubject(broken?.patches));
    const find = result.kind === 'report' ? result.report.random.find : undefined;
    expect(find).toBeDefined();
    if (find !== undefined) expect(block('transcript')).toEqual(transcriptLines(find).map((line) => line.trimEnd()));
  });

  it('counts the vectors of the reference, and names every policy with its values', () => {
    expect(README).toContain(`first ${conformVectors().filter(isOfReference).length} vectors`);
    for (const [name, values] of Object.entries(POLICY_VALUES)) {
      expect(README).toContain(`\`${name}\``);
      for (const value of values) expect(README).toContain(`\`${value}\``);
    }
  });
});
