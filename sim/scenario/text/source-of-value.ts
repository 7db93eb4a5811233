/**
 * A source tree of plain data that never was a text, such as what a generator drew: no value of it has a place. Whoever
 * has to tell what is wrong with one writes it as a text and reads that.
 */
import type { Place } from '../problem.ts';
import { childPath } from './source-tree.ts';
import type { SourceNode } from './source-tree.ts';

/** Keys and characters of plain data at most: far below the bounds of a text, which needs both. */
const MAX_SIZE = 100_000;
/** As deep as a scenario goes, and not as deep as a text may. */
const MAX_DEPTH = 16;

const NOWHERE: Place = { file: '', line: 1, column: 1 };

/**
 * The tree; undefined of what is large or deep enough to be measured as a text, has a list of nothing in it, or holds what
 * no text says. O(size).
 */
export function sourceOfValue(value: unknown): SourceNode | undefined {
  const reader = new ValueReader();
  const root = reader.node(value, '', 0);
  return reader.fits ? root : undefined;
}

class ValueReader {
  fits = true;
  #size = 0;

  node(value: unknown, path: string, depth: number): SourceNode {
    this.#count(1);
    if (depth > MAX_DEPTH) this.fits = false;
    if (!this.fits || typeof value !== 'object' || value === null) return this.#scalar(value, path);
    if (Array.isArray(value)) {
      // The schema takes an empty list for a map of which no key must be there; the check of a text does not.
      this.fits &&= value.length > 0;
      const items = value.map((item: unknown, index) => this.node(item, childPath(path, index), depth + 1));
      return { kind: 'list', at: NOWHERE, path, items };
    }
    const entries = Object.entries(value).map(([key, member]: [string, unknown]) => {
      this.#count(key.length);
      return { key, at: NOWHERE, value: this.node(member, childPath(path, key), depth + 1) };
    });
    return { kind: 'map', at: NOWHERE, path, entries };
  }

  #scalar(value: unknown, path: string): SourceNode {
    const place = { kind: 'scalar', at: NOWHERE, path } as const;
    if (typeof value === 'string') this.#count(value.length);
    else if (typeof value === 'number') this.fits &&= Number.isFinite(value);
    else if (typeof value !== 'boolean') {
      this.fits &&= value === null;
      return { ...place, value: null, text: 'null' };
    }
    return { ...place, value, text: String(value) };
  }

  #count(by: number): void {
    this.#size += by;
    if (this.#size > MAX_SIZE) this.fits = false;
  }
}
