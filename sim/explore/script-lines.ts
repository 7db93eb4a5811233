/**
 * A scenario as a script of a dozen lines: what the cluster is, then what happens in the order of time, each line with
 * what an explanation knows of it. This is what somebody reads who was woken by a failing test.
 */
import { beginningOf, microsOf } from './event-times.ts';
import { nodeNamesOf } from './node-names.ts';
import type { Explanation } from './reduce/explain.ts';
import { effectNote, rangeText } from './reduce/notes.ts';
import { flowText, FRAME_KEYS, isMap } from './scenario-tree.ts';
import type { ScenarioTree, Tree } from './scenario-tree.ts';
import { listAt, withoutKeys } from './tree-paths.ts';
import { formatInstant } from '../trace/index.ts';

/** Lines of a script at most; what is left out is counted on the last one. */
export const MAX_SCRIPT_LINES = 12;

const OPERATIONS = ['set', 'delete', 'increment', 'get'];

/** The script of a tree: at most {@link MAX_SCRIPT_LINES} lines, without indentation. */
export function scriptLines(tree: ScenarioTree, explanation?: Explanation): readonly string[] {
  const lines = [clusterLine(tree), ...policyLines(tree, explanation), ...eventLines(tree, explanation)];
  if (lines.length <= MAX_SCRIPT_LINES) return lines;
  const shown = lines.slice(0, MAX_SCRIPT_LINES - 1);
  return [...shown, `… and ${lines.length - shown.length} lines more in the file`];
}

function clusterLine(tree: ScenarioTree): string {
  const { system = 'dynomite', seed = 1 } = tree;
  return `${flowText(system)}, seed ${flowText(seed)}, nodes ${nodeNamesOf(tree).join(' ')}, ${formatInstant(microsOf(tree.duration))}`;
}

/** One line per section of the file, with the intervals of its values behind it. */
function policyLines(tree: ScenarioTree, explanation: Explanation | undefined): readonly string[] {
  return Object.entries(tree)
    .filter(([key]) => !FRAME_KEYS.includes(key))
    .map(([key, value]) => {
      const notes = fieldNotes(explanation, [key], (path) => path.slice(1).join('.'));
      return withNotes(`${key}: ${flowText(value)}`, notes);
    });
}

/** Requests and faults by time; at equal times the faults first, as the file lists them. */
function eventLines(tree: ScenarioTree, explanation: Explanation | undefined): readonly string[] {
  const lists = ['faults', 'requests'] as const;
  const events = lists.flatMap((list) => listAt(tree, list).map((event, index) => ({ event, path: [list, index] })));
  return events
    .toSorted((a, b) => beginningOf(a.event) - beginningOf(b.event))
    .map(({ event, path }) => {
      const at = formatInstant(beginningOf(event)).padStart(8);
      return withNotes(`${at}  ${sentenceOf(event)}`, [
        ...fieldNotes(explanation, path, (of) => String(of.at(-1))),
        ...effectNotes(explanation, path),
      ]);
    });
}

/** `crash b, for 45s`, `set k on a`. */
function sentenceOf(event: Tree): string {
  if (!isMap(event)) return flowText(event);
  const [operation, ...others] = Object.entries(withoutKeys(event, 'at', 'on')).toSorted(operationFirst);
  if (operation === undefined) return '';
  const where = event.on === undefined ? '' : ` on ${flowText(event.on)}`;
  return [`${wordsOf(operation)}${where}`, ...others.map(wordsOf)].join(', ');
}

function operationFirst([a]: readonly [string, Tree], [b]: readonly [string, Tree]): number {
  return Number(OPERATIONS.includes(b)) - Number(OPERATIONS.includes(a));
}

function wordsOf([key, value]: readonly [string, Tree]): string {
  return `${key} ${flowText(value)}`;
}

/** The interval of each value below a path. */
function fieldNotes(
  explanation: Explanation | undefined,
  path: readonly (string | number)[],
  nameOf: (path: readonly (string | number)[]) => string,
): readonly string[] {
  const below = (explanation?.fields ?? []).filter((field) => path.every((step, index) => field.path[index] === step));
  return below.map((field) => `${nameOf(field.path)} ${rangeText(field)}`.trim());
}

function effectNotes(explanation: Explanation | undefined, path: readonly (string | number)[]): readonly string[] {
  const effects = (explanation?.elements ?? []).filter((each) =>
    path.every((step, index) => each.path[index] === step),
  );
  return effects.map(effectNote);
}

function withNotes(line: string, notes: readonly string[]): string {
  return notes.length === 0 ? line : `${line}   # ${notes.join('; ')}`;
}
