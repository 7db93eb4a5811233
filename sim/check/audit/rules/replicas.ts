/**
 * B36, B37 and B39: what a coordinator and a replica owe a write. Nobody is left out where there is a way; where time
 * decides, an older value does not take the place of a newer one; and no value changes without a row that says so.
 */
import { COPY_ROUTES, NONE } from '../../../trace/index.ts';
import { INCREMENT, SET } from '../../../scenario/model/workload.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { keyName, nodeName, writeName } from '../../../trace/queries/names.ts';
import { Holdings } from '../holdings.ts';
import { needsOwnHints } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

const UNSENT = COPY_ROUTES.indexOf('unsent');

/** For keys that are only ever set: a tombstone may have been collected, and increments add up in any order. */
export const B36: AuditRule = {
  id: 'B36',
  sentence: 'Where the later timestamp wins, a replica that has a value does not apply one with an earlier timestamp.',
  source: 'handoff-systems §10 (receiver conflict rule)',
  looked: 'values that took the place of others',
  otherwise: 'no value took the place of another',
  idle: ({ policy }) => (policy.receiver.conflict === 'timestamp' ? undefined : 'it is not time that decides'),
  begin: (book) => new LaterWins(book),
};

/** A hint that is refused was tried, and is told of as such. */
export const B37: AuditRule = {
  id: 'B37',
  sentence:
    'A policy that keeps hints for peers that are Down and for full channels leaves no replica of a write unsent.',
  source: 'handoff-systems §1.2 (dispatch.rs)',
  looked: 'copies of writes',
  otherwise: 'no write had a replica',
  idle: ({ policy, ...scenario }) => {
    const { enabled, triggers } = policy.hints;
    return enabled && triggers.channelFull ? needsOwnHints({ policy, ...scenario }) : 'it may leave replicas unsent';
  },
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.writeIssued) return;
      const { writes, copies } = book.trace;
      for (let copy = writes.firstCopy[row.subject] ?? 0; copies.write[copy] === row.subject; copy++) {
        book.came();
        const replica = copies.replica[copy] ?? NONE;
        const isSpared = replica === row.node && !book.scenario.policy.hints.self;
        if (copies.route[copy] !== UNSENT || isSpared) continue;
        const name = nodeName(book.trace, replica);
        book.broken(row, () => `${name} was sent no copy of ${writeName(row.subject)}, and no hint was tried`, {
          write: row.subject,
        });
      }
    },
  }),
};

/** For keys that are never incremented: a sum has one write for many. */
export const B39: AuditRule = {
  id: 'B39',
  sentence: 'What a replica holds in the end is what, by the log, it applied last.',
  source: 'properties §2.3, C2',
  looked: 'values of replicas',
  otherwise: 'no replica held a value',
  begin: (book) => new LastApplied(book),
};

class LastApplied implements Auditor {
  readonly #book: Book;
  /** Of each key the write that was applied last. */
  readonly #holdings: Holdings;

  constructor(book: Book) {
    this.#book = book;
    this.#holdings = new Holdings(book, (operation) => operation === INCREMENT);
  }

  row(row: LogRow): void {
    const write = this.#holdings.take(row);
    if (write !== NONE) this.#holdings.held[row.node]?.set(keyOf(this.#book, write), write);
  }

  end(): void {
    const { replica, key, write } = this.#book.trace.values;
    const { held } = this.#holdings;
    replica.forEach((node, at) => {
      const of = key[at] ?? NONE;
      if (this.#holdings.counts(of)) this.#compare(node, of, write[at] ?? NONE);
      held[node]?.delete(of);
    });
    // What the replicas should have, and have not.
    held.forEach((keys, node) => keys.forEach((_, of) => this.#compare(node, of, NONE)));
  }

  #compare(node: number, key: number, found: number): void {
    const { trace } = this.#book;
    this.#book.came();
    const told = this.#holdings.held[node]?.get(key) ?? NONE;
    if (told === found) return;
    const [is, was] = [found, told].map((write) => (write === NONE ? 'nothing' : writeName(write)));
    const what = `${nodeName(trace, node)} holds ${is} of ${keyName(trace, key)}, and by the log ${was}`;
    this.#book.missed(trace.endedAt, () => what, { write: Math.max(told, found) });
  }
}

class LaterWins implements Auditor {
  readonly #book: Book;
  /** Of each key the latest timestamp that was applied. */
  readonly #holdings: Holdings;

  constructor(book: Book) {
    this.#book = book;
    this.#holdings = new Holdings(book, (operation) => operation !== SET);
  }

  row(row: LogRow): void {
    const { trace } = this.#book;
    const write = this.#holdings.take(row);
    if (write === NONE) return;
    const key = keyOf(this.#book, write);
    const timestamp = trace.writes.timestamp[write] ?? 0;
    const held = this.#holdings.held[row.node]?.get(key);
    this.#holdings.held[row.node]?.set(key, Math.max(timestamp, held ?? timestamp));
    if (held === undefined) return;
    this.#book.came();
    if (timestamp >= held) return;
    const what = `${nodeName(trace, row.node)} applied ${writeName(write)}`;
    this.#book.broken(row, () => `${what} over a later value of ${keyName(trace, key)}`, { write });
  }
}

function keyOf({ trace }: Book, write: number): number {
  return trace.writes.key[write] ?? NONE;
}
