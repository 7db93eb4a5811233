/**
 * B36 and B37: what a coordinator and a replica owe a write. Nobody is left out where there is a way, and where time
 * decides, an older value does not take the place of a newer one.
 */
import { COPY_ROUTES, NONE } from '../../../trace/index.ts';
import { SET } from '../../../scenario/model/workload.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { keyName, nodeName, writeName } from '../../../trace/queries/names.ts';
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

class LaterWins implements Auditor {
  readonly #book: Book;
  /** By node: the latest timestamp that it has applied, by key. */
  readonly #held: readonly Map<number, number>[];
  readonly #isOther: ReadonlySet<number>;

  constructor(book: Book) {
    const { writes } = book.trace;
    const others = new Set<number>();
    writes.key.forEach((key, write) => {
      if (writes.operation[write] !== SET) others.add(key);
    });
    this.#book = book;
    this.#held = book.scenario.nodes.map(() => new Map());
    this.#isOther = others;
  }

  row(row: LogRow): void {
    const { trace, scenario, stage } = this.#book;
    if (row.kind === LOG.faultBegan && scenario.faults[row.subject]?.kind === 'replace' && stage.isUp(row.node)) {
      this.#held[row.node]?.clear();
    }
    const write = writtenBy(this.#book, row);
    const key = trace.writes.key[write];
    if (key === undefined || this.#isOther.has(key)) return;
    const timestamp = trace.writes.timestamp[write] ?? 0;
    const held = this.#held[row.node]?.get(key);
    this.#held[row.node]?.set(key, Math.max(timestamp, held ?? timestamp));
    if (held === undefined) return;
    this.#book.came();
    if (timestamp >= held) return;
    const what = `${nodeName(trace, row.node)} applied ${writeName(write)}`;
    this.#book.broken(row, () => `${what} over a later value of ${keyName(trace, key)}`, { write });
  }
}

/** The write that a row applies at its node; NONE if it applies none. */
function writtenBy({ trace }: Book, { kind, subject }: LogRow): number {
  if (kind === LOG.hintApplied || kind === LOG.strayApplied) return trace.hints.write[subject] ?? NONE;
  return kind === LOG.copyApplied || kind === LOG.repairApplied ? subject : NONE;
}
