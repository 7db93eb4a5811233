/**
 * Pinning: a run that someone looks at becomes a file of the corpus, which fails from then on until the violation is
 * gone. The values changed on top of the scenario are written into it, so that the file is the run, and nothing but it.
 *
 *   text, sets ─ editedDocument ─▶ tree ─ judge ─▶ violation ─ pinned ─▶ file of the corpus ─ hintlab replay ─▶ …
 */
import { editedDocument, formatProblem } from '../scenario/index.ts';
import type { Problem } from '../scenario/index.ts';
import { corpusFileName, pinned } from './corpus.ts';
import { withoutFind } from './find.ts';
import { judge } from './judge.ts';
import { textOfTree, treeOfValue } from './scenario-tree.ts';

/** What to pin. */
export interface PinOrder {
  readonly text: string;
  /** What the text is called in messages, and what the scenario is called unless it says so itself. */
  readonly file: string;
  /** `path=value` each, as for `--set`. */
  readonly sets: readonly string[];
  /** Id of the property whose violation is to be pinned. */
  readonly property: string;
}

/** A file of the corpus with its name, or why there is none. */
export type Pin =
  | { readonly kind: 'pinned'; readonly name: string; readonly text: string }
  | { readonly kind: 'unpinned'; readonly reason: string };

/**
 * Makes the file. The scenario is run again, recording everything: causes are told apart at level `full` alone, and a
 * file that was never run might show nothing. Costs that run, and its check. A file that the scenario names is not part
 * of it, so a scenario that needs one cannot be pinned.
 */
export function pin({ text, file, sets, property }: PinOrder): Pin {
  const edited = editedDocument(text, { file, sets });
  if (edited.kind === 'invalid') return refused(edited.problems);
  const tree = treeOfValue(edited.value);
  if (tree === undefined) return { kind: 'unpinned', reason: 'the scenario holds what no file of the corpus can' };
  const scenario = withoutFind(tree);
  const judged = judge(scenario, file);
  if (judged.kind === 'invalid') return refused(judged.problems);
  if (judged.kind === 'limit') {
    return { kind: 'unpinned', reason: `the run, recorded in full, passes limits.${judged.limit}` };
  }
  const violation = judged.violations.find((each) => each.property === property);
  if (violation === undefined)
    return { kind: 'unpinned', reason: `the run, recorded in full, violates no ${property}` };
  const name = corpusFileName(violation, judged.scenario.name);
  return { kind: 'pinned', name, text: pinned(textOfTree(scenario), violation, judged) };
}

function refused(problems: readonly Problem[]): Pin {
  return { kind: 'unpinned', reason: problems.map(formatProblem).join('; ') };
}
