/**
 * What replicas hold by the log alone, for rules that follow it row by row: of each replica something of what it applied,
 * by key. Some keys a rule cannot follow, such as sums, where one value has many writes: they do not count.
 */
import { NONE } from '../../trace/index.ts';
import { emptiesNode, writeApplied } from '../../trace/queries/applied-write.ts';
import type { LogRow } from './row.ts';
import type { Book } from './rule.ts';

/** Follows the replicas of one run. What is kept of an applied write is the rule's to say. */
export class Holdings {
  /** By node, by key: a number of the rule's, gone with the node's data. */
  readonly held: readonly Map<number, number>[];
  readonly #book: Book;
  readonly #leftOut: ReadonlySet<number>;

  /** @param isLeftOut says of an operation that no key counts of which some write is of it */
  constructor(book: Book, isLeftOut: (operation: number | undefined) => boolean) {
    const { key, operation } = book.trace.writes;
    this.#book = book;
    this.held = book.scenario.nodes.map(() => new Map());
    this.#leftOut = new Set(key.filter((_, write) => isLeftOut(operation[write])));
  }

  counts(key: number): boolean {
    return !this.#leftOut.has(key);
  }

  /** Takes a row, whose node may be emptied by it. @returns the write that it applied to a key that counts, or NONE */
  take(row: LogRow): number {
    const { trace, stage } = this.#book;
    if (emptiesNode(trace, row.index) && stage.isUp(row.node)) this.held[row.node]?.clear();
    const write = writeApplied(trace, row.index);
    return this.counts(trace.writes.key[write] ?? NONE) ? write : NONE;
  }
}
