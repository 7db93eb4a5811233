/**
 * Checks a source tree against the schema, key by key, and reports everything that does not fit, at its place.
 *
 * What does not fit is left out of the tree that comes back, so that the rest can be checked further and all problems
 * of a file come out at once. A misspelt key is reported and then read as the one it was probably meant to be.
 */
import * as v from 'valibot';
import { assert } from '../../../core/index.ts';
import type { Findings, Place, ProblemCode } from '../problem.ts';
import { nearestName } from '../problem.ts';
import { readSaying } from './leaf.ts';
import {
  alternatives,
  expectationOf,
  hasBuildOf,
  headOf,
  isEitherShape,
  isListShape,
  isMapShape,
  isNamedShape,
  isTupleShape,
  keysOf,
  required,
  requiredKeysOf,
} from './shape.ts';
import type { MapShape, NamedShape, Shape } from './shape.ts';
import { childPath, describeNode, plainValue, shownText } from './source-tree.ts';
import type { ListNode, MapEntry, MapNode, SourceNode } from './source-tree.ts';

/**
 * The part of `node` that fits `shape`, or undefined if nothing does. Everything left out has been reported.
 * Cost: linear in the tree, times the options of a union.
 */
export function checkTree(shape: Shape, node: SourceNode, findings: Findings): SourceNode | undefined {
  return new TreeCheck(findings).node(required(shape), node);
}

class TreeCheck {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  node(shape: Shape, node: SourceNode): SourceNode | undefined {
    if (isEitherShape(shape)) return this.#either(alternatives(shape), shape, node);
    if (!hasBuildOf(shape, node)) return this.#misfit(shape, node);
    if (node.kind === 'map' && isMapShape(shape)) return this.#map([shape], node);
    if (node.kind === 'map' && isNamedShape(shape)) return this.#named(shape, node);
    if (node.kind === 'list') return this.#list(shape, node);
    return this.#leaf(shape, node);
  }

  /** Maps are told apart by their keys; of other builds a union has one option each. */
  #either(options: readonly Shape[], whole: Shape, node: SourceNode): SourceNode | undefined {
    const fitting = options.filter((option) => hasBuildOf(option, node));
    if (node.kind === 'map' && fitting.some(isMapShape)) return this.#map(fitting.filter(isMapShape), node);
    const [first, ...others] = fitting;
    if (first === undefined) return this.#misfit(whole, node);
    const accepting = others.find((option) => v.is(option, plainValue(node)));
    return this.node(accepting !== undefined && !v.is(first, plainValue(node)) ? accepting : first, node);
  }

  /** A map by the one of `options` that shares most keys with it. */
  #map(options: readonly MapShape[], node: MapNode): MapNode | undefined {
    const entries = this.#respelt(options, node);
    const shape = sharingMost(options, entries);
    const kept = entries.flatMap((entry) => {
      const child = shape.entries[entry.key];
      if (child === undefined) this.#conflict(entry, { ...node, entries }, shape);
      const value = child === undefined ? undefined : this.node(required(child), entry.value);
      return value === undefined ? [] : [{ ...entry, value }];
    });
    const missing = requiredKeysOf(shape).filter((key) => !kept.some((entry) => entry.key === key));
    for (const key of missing) {
      // There, but unusable: reported already.
      if (!entries.some((entry) => entry.key === key)) this.#missing(options, shape, key, node);
    }
    if (missing.length > 0) return undefined;
    const unusable = entries.map(({ key }) => key).filter((key) => !kept.some((entry) => entry.key === key));
    return { ...node, entries: kept, unusable };
  }

  /**
   * The entries with a key that one of `options` knows; a misspelt one under the name it is nearest to, among the keys
   * of those options that the map can be by its head: a crash has no `from`, so `fro` in it is none.
   */
  #respelt(options: readonly MapShape[], node: MapNode): readonly MapEntry[] {
    const isKnown = ({ key }: MapEntry): boolean => options.some(({ entries }) => Object.hasOwn(entries, key));
    if (node.entries.every(isKnown)) return node.entries;
    const known = new Set(options.flatMap(keysOf));
    const meant = new Set(headedBy(options, node.entries).flatMap(keysOf));
    const free = new Set(meant);
    for (const { key } of node.entries) free.delete(key);
    return node.entries.flatMap((entry) => {
      if (known.has(entry.key)) return [entry];
      const nearest = nearestName(entry.key, meant);
      const complaint = { code: 'unknownKey', expected: `one of the keys ${[...meant].join(', ')}` } as const;
      this.#complain(
        entry.at,
        childPath(node.path, entry.key),
        { ...complaint, nearest },
        `the key ${shownText(entry.key)}`,
      );
      if (nearest === undefined || !free.has(nearest)) return [];
      free.delete(nearest);
      return [{ ...entry, key: nearest }];
    });
  }

  /** A key that the others rule out. @param node its map, with every misspelt key under the name it is read as */
  #conflict(entry: MapEntry, node: MapNode, shape: MapShape): void {
    const others = node.entries.filter(({ key }) => Object.hasOwn(shape.entries, key)).map(({ key }) => key);
    const expected = `no ${entry.key} beside ${others.join(', ')}`;
    this.#complain(entry.at, childPath(node.path, entry.key), { code: 'conflict', expected }, 'both');
  }

  #missing(options: readonly MapShape[], shape: MapShape, key: string, node: MapNode): void {
    const child = shape.entries[key];
    const meaning = child === undefined ? undefined : v.getDescription(child);
    // Without its head a map of a union might be any of them.
    const heads = headOf(shape).includes(key) ? [...new Set(options.flatMap(headOf))] : [];
    const one = `the key ${key}${meaning === undefined ? '' : ` (${meaning})`}`;
    const expected = heads.length > 1 ? `one of the keys ${heads.join(', ')}` : one;
    this.#complain(node.at, childPath(node.path, key), { code: 'missingKey', expected }, 'nothing');
  }

  #named(shape: NamedShape, node: MapNode): MapNode | undefined {
    const entries = node.entries.flatMap((entry) => {
      const [issue] = v.safeParse(shape.key, entry.key).issues ?? [];
      if (issue !== undefined)
        this.#complain(entry.at, entry.value.path, readSaying(issue.message), shownText(entry.key));
      const value = this.node(shape.value, entry.value);
      return issue === undefined && value !== undefined ? [{ ...entry, value }] : [];
    });
    return isNothingLeft(node.entries, entries) ? undefined : { ...node, entries };
  }

  #list(shape: Shape, node: ListNode): ListNode | undefined {
    if (isTupleShape(shape)) {
      if (node.items.length !== shape.items.length) return this.#misfit(shape, node, `a list of ${node.items.length}`);
      const items = node.items.map((item, index) => this.node(shape.items[index] ?? shape, item));
      const fitting = items.filter((item) => item !== undefined);
      return fitting.length === items.length ? { ...node, items: fitting } : undefined;
    }
    if (!isListShape(shape)) return this.#misfit(shape, node);
    const items = node.items.map((item) => this.node(shape.item, item)).filter((item) => item !== undefined);
    return isNothingLeft(node.items, items) ? undefined : { ...node, items };
  }

  #leaf(shape: Shape, node: SourceNode): SourceNode | undefined {
    const [issue] = v.safeParse(shape, plainValue(node)).issues ?? [];
    if (issue === undefined) return node;
    this.#complain(node.at, node.path, readSaying(issue.message), describeNode(node));
    return undefined;
  }

  #misfit(shape: Shape, node: SourceNode, found = describeNode(node)): undefined {
    this.#complain(node.at, node.path, { code: 'type', expected: expectationOf(shape) }, found);
  }

  #complain(at: Place, path: string, about: Grievance, found: string): void {
    const { code, expected, nearest } = about;
    const complaint = { code, expected, found };
    this.#findings.problem(at, path, nearest === undefined ? complaint : { ...complaint, nearest });
  }
}

/** An empty list is a problem of its own; one that only became empty here is none besides those reported. */
function isNothingLeft(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length > 0 && after.length === 0;
}

/** What is wrong, before it is said what was found. */
interface Grievance {
  readonly code: ProblemCode;
  readonly expected: string;
  readonly nearest?: string | undefined;
}

/** Of the shapes whose head is among the entries, or of all if none is, the first that shares most keys with them. */
function sharingMost(shapes: readonly MapShape[], entries: readonly MapEntry[]): MapShape {
  const shared = (shape: MapShape): number => entries.filter(({ key }) => Object.hasOwn(shape.entries, key)).length;
  const [best] = headedBy(shapes, entries).toSorted((a, b) => shared(b) - shared(a));
  assert(best !== undefined, 'a map is checked against at least one shape');
  return best;
}

/** The shapes whose head is among the entries, or all if none is. */
function headedBy(shapes: readonly MapShape[], entries: readonly MapEntry[]): readonly MapShape[] {
  const headed = shapes.filter((shape) => headOf(shape).some((head) => entries.some(({ key }) => key === head)));
  return headed.length > 0 ? headed : shapes;
}
