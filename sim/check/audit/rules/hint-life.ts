/**
 * B1 to B3: the life of a hint. It is stored once, is sent only while it is there, and ends once; what ended without
 * having been applied stays unapplied, and an acknowledgement is one of the attempt that is under way.
 */
import { HINT_FATES, NEVER, NONE } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName } from '../../../trace/queries/names.ts';
import { fastest } from '../fastest.ts';
import { needsOneTable, needsSessions, needsSweeps } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';
import { hintOfLane } from '../words.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');

/** An end without an application is final; so the table and the log agree on who was delivered. */
export const B1: AuditRule = {
  id: 'B1',
  sentence: 'A hint ends once, and one that has ended without having been applied is not applied any more.',
  source: 'handoff-systems §9, I4',
  looked: 'hints that ended',
  otherwise: 'no hint ended',
  begin: (book) => new Ends(book),
};

/** Without acknowledgements: into the channel and out of the store is one step. */
export const B2: AuditRule = {
  id: 'B2',
  sentence: 'Without acknowledgements a hint is sent once, out of the store in which it waits.',
  source: 'handoff-systems §1.2 (H7)',
  looked: 'hints sent',
  otherwise: 'no hint was sent',
  idle: (scenario) => needsSweeps(scenario) ?? needsOneTable(scenario),
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.hintShipped) return;
      book.came();
      const waits = book.stage.queues.of(book.stage.lane(row.node, row.peer));
      if (!waits.includes(row.subject)) {
        book.broken(row, () => `${hintOfLane(book.trace, row)} was sent, and did not wait there`, {
          hint: row.subject,
        });
      }
    },
  }),
};

/** An answer to an earlier attempt says nothing of the one under way, even if it says the same. */
export const B3: AuditRule = {
  id: 'B3',
  sentence: 'A hint is acknowledged only if its peer executed it after the open session sent it.',
  source: 'handoff-systems §2, §3',
  looked: 'acknowledged hints',
  otherwise: 'no hint was acknowledged',
  idle: (scenario) => needsSessions(scenario) ?? needsOneTable(scenario),
  begin: (book) => new Acknowledgements(book),
};

class Ends implements Auditor {
  readonly #book: Book;
  readonly #hasEnded = new Set<number>();
  readonly #wasApplied = new Set<number>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { kind, subject } = row;
    if (kind === LOG.hintAcked || kind === LOG.hintExpired || kind === LOG.hintLost) {
      this.#book.came();
      if (this.#hasEnded.has(subject)) this.#broken(row, 'ended a second time');
      this.#hasEnded.add(subject);
    }
    if (kind !== LOG.hintApplied && kind !== LOG.hintIgnored) return;
    if (this.#hasEnded.has(subject) && !this.#wasApplied.has(subject)) this.#broken(row, 'was applied after its end');
    this.#wasApplied.add(subject);
  }

  end(): void {
    const { trace } = this.#book;
    trace.hints.fate.forEach((fate, hint) => {
      if ((fate === DELIVERED) === this.#wasApplied.has(hint)) return;
      const at = trace.hints.endedAt[hint] ?? NEVER;
      const known = HINT_FATES[fate] ?? 'nothing';
      this.#book.missed(at, () => `${hintName(hint)} is in the books as ${known}, and the log says otherwise`, {
        hint,
      });
    });
  }

  #broken(row: LogRow, what: string): void {
    this.#book.broken(row, () => `${hintName(row.subject)} ${what}`, { hint: row.subject });
  }
}

class Acknowledgements implements Auditor {
  readonly #book: Book;
  readonly #answer: number;
  /** By hint: when its peer executed it last. */
  readonly #executedAt = new Map<number, number>();

  constructor(book: Book) {
    this.#book = book;
    this.#answer = fastest(book.scenario, 'ack');
  }

  row(row: LogRow): void {
    const { kind, at, subject, node, peer } = row;
    if (kind === LOG.hintApplied || kind === LOG.hintIgnored) {
      if (this.#isTimely(subject, node, peer, at)) this.#executedAt.set(subject, at);
      return;
    }
    if (kind !== LOG.hintAcked) return;
    this.#book.came();
    const { stage, trace } = this.#book;
    const sentAt = stage.session(stage.lane(node, peer))?.sent.get(subject) ?? NEVER;
    const executedAt = this.#executedAt.get(subject) ?? NONE;
    if (executedAt >= sentAt && executedAt + this.#answer <= at) return;
    this.#book.broken(
      row,
      () => `${hintOfLane(trace, row)} was acknowledged, and the attempt under way was not executed`,
      {
        hint: subject,
      },
    );
  }

  /** The attempt of the open session can have got there by then: one given up earlier may be executed late. */
  #isTimely(hint: number, replica: number, holder: number, at: number): boolean {
    const { stage, scenario } = this.#book;
    const sentAt = stage.session(stage.lane(holder, replica))?.sent.get(hint);
    return sentAt !== undefined && sentAt + fastest(scenario, 'replay') <= at;
  }
}
