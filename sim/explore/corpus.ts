/**
 * Files of the corpus: a failure that is worth keeping, as a scenario file with a section `find`. Writing one, and
 * looking at one again, when the code or the file has changed since.
 */
import { findOf, PAGE_FINDER, withFind, withoutFind } from './find.ts';
import type { Find } from './find.ts';
import { judge, outcomeDigest, violationOf } from './judge.ts';
import type { Judgement, JudgedRun, RunViolation, ViolationKind } from './judge.ts';
import { textOfTree, treeOfText } from './scenario-tree.ts';
import type { ScenarioTree } from './scenario-tree.ts';

/** What is known of a find beside its run. */
export type FindDetails = Omit<Find, 'property' | 'cause' | 'outcome'>;

/** The text of a corpus file: the scenario, and what its run violates. */
export function keptText(
  tree: ScenarioTree,
  kind: ViolationKind,
  judged: JudgedRun,
  details: FindDetails = {},
): string {
  const { property, cause } = kind;
  return textOfTree(withFind(tree, { property, cause, outcome: outcomeDigest(judged), ...details }));
}

/**
 * The text of a scenario file pinned as a regression: the same scenario, with what its run violates. Comments and
 * anchors of the text are lost. `text` must be a map in YAML, as that of every scenario is.
 */
export function pinned(text: string, kind: ViolationKind, judged: JudgedRun): string {
  return keptText(treeOfText(text) ?? {}, kind, judged, { foundBy: { profile: PAGE_FINDER }, minimal: false });
}

/** What a file is called: `i1-overwritten.yaml`, or with what tells it from others of its kind. */
export function corpusFileName({ property, cause }: ViolationKind, distinction = ''): string {
  const parts = [
    property.toLowerCase(),
    cause.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    distinction,
  ];
  return `${parts.filter((part) => part !== '').join('-')}.yaml`;
}

/** What came of looking at a file again. */
export type Replay =
  | Exclude<Judgement, { readonly kind: 'judged' }>
  | {
      readonly kind: 'judged';
      readonly judged: JudgedRun;
      /** What the file says it finds, or undefined if it is a scenario like any other. */
      readonly find: Find | undefined;
      readonly standing: FindStanding;
    };

/**
 * How a find stands today: `shown` as recorded; `changed`, the same violation with another outcome; `gone`; or `plain`
 * for a file that records none. A find of a seeded bug (`bug`) is `dormant` while the code is without the bug, and
 * `awake` if its violation shows all the same.
 */
export type FindStanding =
  | { readonly kind: 'shown' | 'changed' | 'awake'; readonly violation: RunViolation }
  | { readonly kind: 'gone' | 'dormant' | 'plain' };

/** Whether a file stands as it was recorded; what records nothing does. */
export function isAsRecorded({ kind }: FindStanding): boolean {
  return kind !== 'gone' && kind !== 'awake';
}

/** Runs a file of the corpus, or any other scenario, and compares what it shows with what it says. */
export function replay(tree: ScenarioTree): Replay {
  const find = findOf(tree);
  const judged = judge(withoutFind(tree));
  if (judged.kind !== 'judged') return judged;
  return { kind: 'judged', judged, find, standing: standingOf(judged, find) };
}

function standingOf(judged: JudgedRun, find: Find | undefined): FindStanding {
  if (find === undefined) return { kind: 'plain' };
  const violation = violationOf(judged, find);
  if (violation === undefined) return { kind: find.bug === undefined ? 'gone' : 'dormant' };
  if (find.bug !== undefined) return { kind: 'awake', violation };
  const isSame = find.outcome === undefined || find.outcome === outcomeDigest(judged);
  return { kind: isSame ? 'shown' : 'changed', violation };
}
