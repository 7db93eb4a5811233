/**
 * B4 and B5: deadlines. They are set when a hint is stored and do not move, whatever a drainer does with the hint.
 */
import { formatInstant, NEVER } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { needsSweeps } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

/** `deadline <= now` is expired (hints.rs): at its deadline a hint is dead. Those of a holder whose clock moves are left out. */
export const B4: AuditRule = {
  id: 'B4',
  sentence: 'No hint is sent at or after its deadline, and none expires before it.',
  source: 'handoff-systems §1.1 (hints.rs take_for, expire_now)',
  looked: 'hints sent or expired',
  otherwise: 'no hint was sent, and none expired',
  begin: (book) => ({
    row(row) {
      const isSent = book.stage.isSending(row);
      if ((!isSent && row.kind !== LOG.hintExpired) || hasMovingClock(book, row.node)) return;
      book.came();
      const deadline = deadlineOf(book.trace, row.subject);
      if (isSent === row.at < deadline) return;
      const what = isSent ? 'sent' : 'expired';
      book.broken(
        row,
        () => `${hintName(row.subject)}, due at ${formatInstant(deadline)}, was ${what} at another time`,
        {
          hint: row.subject,
        },
      );
    },
  }),
};

/** A sweep begins with expiry, and in sessions what is due is dropped when its turn comes. */
export const B5: AuditRule = {
  id: 'B5',
  sentence: 'Without acknowledgements, a look at the queues of a node leaves none of its hints past the deadline.',
  source: 'handoff-systems §1.2 (hints.rs expire_now)',
  looked: 'looks at queues with hints in them',
  otherwise: 'no look met a hint',
  idle: needsSweeps,
  begin: (book) => new Leftovers(book),
};

class Leftovers implements Auditor {
  readonly #book: Book;
  /** Nodes that have looked in this instant. */
  #looked: number[] = [];
  #at = -1;

  constructor(book: Book) {
    this.#book = book;
  }

  row({ kind, at, node }: LogRow): void {
    if (at > this.#at) this.#judge();
    this.#at = at;
    if (kind !== LOG.sweep || hasMovingClock(this.#book, node)) return;
    if (this.#book.stage.queues.at(node).length > 0) this.#book.came();
    this.#looked.push(node);
  }

  end(): void {
    this.#judge();
  }

  #judge(): void {
    const { trace, stage } = this.#book;
    const at = this.#at;
    for (const node of this.#looked) {
      const due = stage.queues.at(node).find((hint) => deadlineOf(trace, hint) <= at);
      if (due === undefined) continue;
      const deadline = formatInstant(deadlineOf(trace, due));
      this.#book.missed(at, () => `${nodeName(trace, node)} looked, and kept ${hintName(due)}, due at ${deadline}`, {
        hint: due,
      });
    }
    this.#looked = [];
  }
}

/** A restart reads deadlines by the wall clock (H25): one that steps or drifts moves them. */
function hasMovingClock({ scenario }: Book, node: number): boolean {
  const drifts = (scenario.nodes[node]?.clockDrift ?? 0) !== 0;
  return drifts || scenario.faults.some((fault) => fault.kind === 'clock' && fault.node === node);
}

/** When a hint is due, in microseconds. */
function deadlineOf({ hints }: Trace, hint: number): number {
  return hints.deadline[hint] ?? NEVER;
}
