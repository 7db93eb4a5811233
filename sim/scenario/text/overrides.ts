/**
 * Changes to a document before it is checked: `--set path=value`, and the seed and the system of the command line.
 *
 * They edit the source tree, so what they put there is checked like any line of the file, and a problem with it points
 * at the argument: file `--set`, line = which of them, column = where in it.
 */
import type { Findings, Place } from '../problem.ts';
import { parseYaml } from './parse-yaml.ts';
import { childPath, describeNode, entryOf, shownText } from './source-tree.ts';
import type { ListNode, MapNode, SourceNode } from './source-tree.ts';

/** Steps of a path at most; the document is not deeper. */
const MAX_STEPS = 16;

/** What a change puts where. */
interface Change {
  readonly steps: readonly string[];
  readonly value: SourceNode;
  /** The argument, for problems with its path. */
  readonly at: Place;
}

/**
 * The tree with one `path=value` in it: `hints.ttl=1h`, `faults.0.for=5m`, `nodes=[a, b]`. Maps on the way are made.
 * A change that cannot be made is reported and leaves the tree as it was.
 *
 * @param ordinal which of the arguments it is, from 1
 */
export function applySet(root: MapNode, argument: string, ordinal: number, findings: Findings): MapNode {
  const at = { file: '--set', line: ordinal, column: 1 };
  const equals = argument.indexOf('=');
  const steps = argument.slice(0, Math.max(equals, 0)).trim().split('.');
  if (equals < 0 || steps.length > MAX_STEPS || steps.some((step) => step === '')) {
    const expected = 'path=value, such as hints.ttl=1h';
    findings.problem(at, '', { code: 'option', expected, found: shownText(argument) });
    return root;
  }
  const source = { file: at.file, text: argument.slice(equals + 1), line: ordinal, column: equals + 2 };
  const value = parseYaml(source, findings, steps.join('.'));
  const changed = value === undefined ? undefined : replaced(root, { steps, value, at }, 0, findings);
  return changed?.kind === 'map' ? changed : root;
}

/** The tree with a key of its root replaced by the value of an option of the command line. */
export function applyOption(root: MapNode, key: 'seed' | 'system', value: string | number): MapNode {
  const at = { file: `--${key}`, line: 1, column: 1 };
  const scalar = { kind: 'scalar', at, path: key, value, text: String(value) } as const;
  return withEntry(root, key, scalar);
}

/** `node` with the change made at step `depth` and below, or undefined if it could not be made. */
function replaced(node: SourceNode, change: Change, depth: number, findings: Findings): SourceNode | undefined {
  const step = change.steps[depth];
  if (step === undefined) return change.value;
  if (node.kind === 'list') return replacedItem(node, step, change, depth, findings);
  const map = asMap(node);
  if (map === undefined) {
    refuse(change, depth, findings, 'a map or a list to change something in', describeNode(node));
    return undefined;
  }
  const below = entryOf(map, step)?.value ?? emptyMap(change.at, childPath(map.path, step));
  const value = replaced(below, change, depth + 1, findings);
  return value === undefined ? undefined : withEntry(map, step, value);
}

function replacedItem(
  list: ListNode,
  step: string,
  change: Change,
  depth: number,
  findings: Findings,
): ListNode | undefined {
  const index = /^\d{1,9}$/.test(step) ? Number(step) : -1;
  const item = list.items[index];
  if (item === undefined) {
    const last = list.items.length - 1;
    const expected = last < 0 ? 'no position: the list is empty' : `a position from 0 to ${last}`;
    refuse(change, depth, findings, expected, shownText(step));
    return undefined;
  }
  const value = replaced(item, change, depth + 1, findings);
  return value === undefined ? undefined : { ...list, items: list.items.with(index, value) };
}

/** The node as a map to put something in: an empty value is an empty map. */
function asMap(node: SourceNode): MapNode | undefined {
  if (node.kind === 'map') return node;
  return node.kind === 'scalar' && node.value === null ? emptyMap(node.at, node.path) : undefined;
}

function emptyMap(at: Place, path: string): MapNode {
  return { kind: 'map', at, path, entries: [] };
}

function withEntry(map: MapNode, key: string, value: SourceNode): MapNode {
  const entry = { key, at: value.at, value };
  const index = map.entries.findIndex((existing) => existing.key === key);
  return { ...map, entries: index < 0 ? [...map.entries, entry] : map.entries.with(index, entry) };
}

function refuse(change: Change, depth: number, findings: Findings, expected: string, found: string): void {
  const path = change.steps.slice(0, depth + 1).join('.');
  const before = change.steps.slice(0, depth).join('.');
  const column = before === '' ? 1 : before.length + 2;
  findings.problem({ ...change.at, column }, path, { code: 'option', expected, found });
}
