import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  corpusFileName,
  explain,
  fieldRanges,
  findOf,
  isAsRecorded,
  judge,
  keptText,
  pinned,
  reduce,
  replay,
  treeOfText,
  withFind,
  withoutFind,
} from '../../../sim/explore/index.ts';
import type { ScenarioTree } from '../../../sim/explore/index.ts';
import { formatProblem, parseScenario } from '../../../sim/scenario/index.ts';

const FOLDER = new URL('../../corpus/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

function textOf(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

function treeOf(text: string): ScenarioTree {
  const tree = treeOfText(text);
  if (tree === undefined) throw new Error('the text is a map in YAML');
  return tree;
}

/** The standing of a tree, in a word. */
function standing(tree: ScenarioTree): string {
  const replayed = replay(tree);
  return replayed.kind === 'judged' ? replayed.standing.kind : replayed.kind;
}

describe('the corpus', () => {
  it('is not empty, and each file is a scenario like any other that says what it finds', () => {
    expect(FILES.length).toBeGreaterThan(0);
    for (const name of FILES) {
      const parsed = parseScenario(textOf(name), { file: name });
      expect(parsed.kind === 'invalid' ? parsed.problems.map(formatProblem) : []).toEqual([]);
      expect(findOf(treeOf(textOf(name))), name).toBeDefined();
    }
  });

  it.each(FILES)('still shows what %s recorded', (name) => {
    const replayed = replay(treeOf(textOf(name)));
    expect(replayed.kind === 'judged' && isAsRecorded(replayed.standing)).toBe(true);
  });

  it('is 1-minimal where it says so', () => {
    const minimal = FILES.filter((name) => findOf(treeOf(textOf(name)))?.minimal === true).slice(0, 2);
    expect(minimal.length).toBeGreaterThan(0);
    for (const name of minimal) {
      const tree = treeOf(textOf(name));
      const find = findOf(tree);
      if (find === undefined || find.bug !== undefined) continue;
      const judged = judge(tree);
      const before = judged.kind === 'judged' ? judged.trace.writes.issuedAt.length : 0;
      expect(reduce(tree, find).judged.trace.writes.issuedAt.length).toBe(before);
    }
  });

  it('records how far values may move as it is today', () => {
    const told = FILES.filter((name) => findOf(treeOf(textOf(name)))?.fields !== undefined);
    expect(told.length).toBeGreaterThan(0);
    for (const name of told) {
      const tree = treeOf(textOf(name));
      const find = findOf(tree);
      if (find === undefined) continue;
      expect(fieldRanges(explain(withoutFind(tree), find).fields), name).toEqual(find.fields);
    }
  });
});

describe('a file looked at again', () => {
  const tree = treeOf(textOf('i1-overwritten.yaml'));
  const find = findOf(tree) ?? { property: '', cause: '' };

  it('shows what it recorded, or the same with another outcome, or no longer', () => {
    expect(standing(tree)).toBe('shown');
    expect(standing(withFind(tree, { ...find, outcome: '0000000000000000' }))).toBe('changed');
    expect(standing(withFind({ ...tree, faults: [] }, find))).toBe('gone');
    expect(standing(withFind(tree, { ...find, cause: 'expired' }))).toBe('gone');
  });

  it('records nothing if it is a plain scenario', () => {
    expect(standing(withoutFind(tree))).toBe('plain');
  });

  it('of a seeded bug is dormant without it, and awake if it fails all the same', () => {
    expect(standing(withFind({ ...tree, faults: [] }, { ...find, bug: 'requeue-tail' }))).toBe('dormant');
    expect(standing(withFind(tree, { ...find, bug: 'requeue-tail' }))).toBe('awake');
  });

  it('stands as recorded unless it is gone, or awake', () => {
    const judged = judge(tree);
    const [violation] = judged.kind === 'judged' ? judged.violations : [];
    if (violation === undefined) throw new Error('the file violates something');
    expect((['gone', 'dormant', 'plain'] as const).map((kind) => isAsRecorded({ kind }))).toEqual([false, true, true]);
    expect((['shown', 'changed', 'awake'] as const).map((kind) => isAsRecorded({ kind, violation }))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is no run if it is no scenario', () => {
    expect(standing({ hintlab: 1, duraton: '1m' })).toBe('invalid');
  });
});

describe('a failure that is kept', () => {
  const text =
    '# a comment\nhintlab: 1\nduration: 31s\nnodes: [a, b]\nrequests: [{ at: 21s, set: k }, { at: 22s, set: k }]\nfaults: [{ crash: b, at: 2s, for: 19s }]\n';
  const judged = judge(treeOf(text));

  it('is the same scenario with what it violates, whether a hunt keeps it or the page pins it', () => {
    if (judged.kind !== 'judged') throw new Error('the scenario runs');
    const kind = { property: 'I1', cause: 'overwritten' };
    const file = pinned(text, kind, judged);
    expect(standing(treeOf(file))).toBe('shown');
    expect(findOf(treeOf(file))).toMatchObject({ ...kind, minimal: false, foundBy: { profile: 'page' } });
    const kept = keptText(treeOf(text), kind, judged, { minimal: true, note: 'late' });
    expect(findOf(treeOf(kept))).toMatchObject({ ...kind, minimal: true, note: 'late' });
  });

  it('has a name that says what it is', () => {
    expect(corpusFileName({ property: 'I1', cause: 'refusedAtCap' })).toBe('i1-refused-at-cap.yaml');
    expect(corpusFileName({ property: 'C4', cause: 'end' }, 'riak')).toBe('c4-end-riak.yaml');
  });
});
