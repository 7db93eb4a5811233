/**
 * The rot check: every file of test/corpus/teeth is run in a copy of our code that has the bug which it was found for, and
 * in the code as it is. It must show its find in the one and nothing of it in the other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findOf, replay, treeOfText, withoutFind } from '../../sim/explore/index.ts';
import type { Find, ScenarioTree, ViolationKind } from '../../sim/explore/index.ts';
import { CLUSTER_BUGS } from './bugs/cluster-bugs.ts';
import { judgeTree } from './cluster/judge-cluster.ts';
import { KEPT_BUGS, KEPT_FOLDER } from './kept.ts';
import { clusterCopy } from './matrix/cluster-matrix.ts';

interface KeptFile {
  readonly name: string;
  readonly tree: ScenarioTree;
  readonly find: Find;
}

const FILES = readdirSync(KEPT_FOLDER).map((name): KeptFile => {
  const tree = treeOfText(readFileSync(new URL(name, KEPT_FOLDER), 'utf8')) ?? {};
  const find = findOf(tree);
  if (find === undefined) throw new Error(`${name} does not say what it finds`);
  return { name, tree, find };
});

function isFoundIn(violations: readonly ViolationKind[], { property, cause }: Find): boolean {
  return violations.some((violation) => violation.property === property && violation.cause === cause);
}

describe('a file of the corpus of seeded bugs', () => {
  it('is there for each bug that one is kept of', () => {
    expect(new Set(FILES.map(({ find }) => find.bug))).toEqual(new Set(KEPT_BUGS));
    expect(FILES).toHaveLength(KEPT_BUGS.length);
  });

  it.each(FILES)('has not rotted: $name', async ({ tree, find }) => {
    const bug = CLUSTER_BUGS.find(({ id }) => id === find.bug);
    if (bug === undefined) throw new Error(`there is no bug ${find.bug}`);
    const copy = await clusterCopy(bug);
    const scenario = withoutFind(tree);
    expect(isFoundIn(copy.judgeTree(scenario, false).violations, find)).toBe(true);
    expect(isFoundIn(judgeTree(scenario, false).violations, find)).toBe(false);
  });

  it.each(FILES)('is dormant for whoever replays it: $name', ({ tree }) => {
    const replayed = replay(tree);
    expect(replayed.kind === 'judged' && replayed.standing.kind).toBe('dormant');
  });
});
