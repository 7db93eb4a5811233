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
  sizeOf,
  treeOfText,
  withFind,
  withoutFind,
} from '../../../sim/explore/index.ts';
import type { FindSize, JudgedRun, ScenarioTree, ViolationKind } from '../../../sim/explore/index.ts';
import { HAZARDS, showsHazard } from '../../../sim/explore/hazards/catalogue.ts';
import { keyPaths, listAt, withoutKeys } from '../../../sim/explore/tree-paths.ts';
import { formatProblem, parseScenario } from '../../../sim/scenario/index.ts';
import { fileOf } from '../../hazards/table.ts';

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

/** Files that claim to be minimal. What takes a seeded bug shows nothing here: test/teeth puts the bug back. */
const MINIMAL = FILES.filter((name) => {
  const find = findOf(treeOf(textOf(name)));
  return find?.minimal === true && find.bug === undefined;
});

/** The standing of a tree, in a word. */
function standing(tree: ScenarioTree): string {
  const replayed = replay(tree);
  return replayed.kind === 'judged' ? replayed.standing.kind : replayed.kind;
}

/** How much there is of a scenario, and how much a reduction leaves of it; the files of hazards still show theirs. */
function partsOf(name: string, tree: ScenarioTree, kind: ViolationKind): { there: Parts; left: Parts } {
  const hazard = HAZARDS.find(({ id }) => fileOf(id) === name)?.id;
  const keeps = (judged: JudgedRun): boolean => hazard === undefined || showsHazard(judged, hazard);
  const start = { ...withoutKeys(tree, 'find', 'name', 'about'), record: 'full' };
  const judged = judge(start);
  if (judged.kind !== 'judged') return expect.unreachable(`${name} runs`);
  const { tree: small, size } = reduce(start, kind, { keeps });
  return {
    there: { ...sizeOf(judged), keys: keyPaths(start).length },
    left: { ...size, keys: keyPaths(small).length },
  };
}

/** Events and nodes of a run, and the keys of its file. */
type Parts = FindSize & { readonly keys: number };

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

  it.each(MINIMAL)('has nothing in %s that could go, as it says', (name) => {
    const tree = treeOf(textOf(name));
    const { left, there } = partsOf(name, tree, findOf(tree) ?? expect.unreachable('it says what it finds'));
    expect(left).toEqual(there);
  });

  it('says so of most of its files, and would be found out if it were not true', () => {
    expect(MINIMAL.length).toBeGreaterThan(FILES.length / 2);
    const tree = treeOf(textOf('i1-overwritten.yaml'));
    const more = { ...tree, faults: [...listAt(tree, 'faults'), { pauseDrain: 'a', at: '1s', for: '1s' }] };
    const { left, there } = partsOf('', more, { property: 'I1', cause: 'overwritten' });
    expect(there.faults - left.faults).toBe(1);
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
