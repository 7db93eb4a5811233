/**
 * B4, B5 and B38: deadlines. They are set when a hint is stored, and nothing that a drainer does with the hint moves
 * them, but for a sweep that holds it past its own.
 */
import { MICROS_PER_SECOND } from '../../../../core/index.ts';
import { formatInstant, NEVER } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { needsSweeps } from '../occasions.ts';
import { mayHaveMoved } from '../../moving-queues.ts';
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

/** The only way for a deadline to move. Hints of a holder whose clock moves are left out. */
export const B38: AuditRule = {
  id: 'B38',
  sentence:
    'A sweep moves no deadline but of a hint that falls due in its hands, and that to a second after it is back.',
  source: 'handoff-systems §9, H9 (server.rs 2750-2753)',
  looked: 'hints given a second more, and hints that a sweep held',
  otherwise: 'no sweep held a hint',
  idle: ({ policy }) => (policy.drain.hold === 0 ? 'a sweep holds nothing for longer than an instant' : undefined),
  begin: (book) => new Extensions(book),
};

class Extensions implements Auditor {
  readonly #book: Book;
  /** By hint: the deadline that a sweep has given it. */
  readonly #moved = new Map<number, number>();
  /** Hints that fall due in the hands of the sweep of this instant, and of which the log has not told yet. */
  readonly #owed = new Map<number, LogRow>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    this.#settle(row.at);
    switch (row.kind) {
      case LOG.hintRequeued:
        if (!hasMovingClock(this.#book, row.node)) this.#hold(row);
        break;
      case LOG.hintExtended:
        if (!hasMovingClock(this.#book, row.node)) this.#extend(row);
        break;
      case LOG.hintLost:
        // Only what is owed is in the list, so that nothing of a moving clock is.
        if (this.#deadlineOf(row.subject) === this.#backAt(row)) this.#owed.delete(row.subject);
        break;
      default:
    }
  }

  end(): void {
    const { trace } = this.#book;
    this.#settle(NEVER);
    for (const [hint, deadline] of this.#moved) {
      if (deadline === deadlineOf(trace, hint)) continue;
      const due = formatInstant(deadlineOf(trace, hint));
      this.#book.missed(trace.endedAt, () => `${hintName(hint)} is due at ${due}, to which nothing has moved it`, {
        hint,
      });
    }
  }

  /** A queue goes back: whatever in it is due by then is owed a row. Under another peer table it is not known what is in it. */
  #hold(row: LogRow): void {
    const { stage, scenario } = this.#book;
    if (mayHaveMoved(scenario, row.node)) return;
    for (const hint of stage.queues.of(stage.lane(row.node, row.peer))) {
      this.#book.came();
      if (this.#deadlineOf(hint) <= this.#backAt(row)) this.#owed.set(hint, row);
    }
  }

  #extend(row: LogRow): void {
    const hint = row.subject;
    const deadline = this.#deadlineOf(hint);
    const backAt = this.#backAt(row);
    this.#book.came();
    if (deadline <= row.at || deadline >= backAt) {
      const due = formatInstant(deadline);
      this.#book.broken(row, () => `${hintName(hint)}, due at ${due}, was given more time`, { hint });
    }
    this.#owed.delete(hint);
    this.#moved.set(hint, backAt + MICROS_PER_SECOND);
  }

  /** The instant of the sweeps that held them is over. */
  #settle(at: number): void {
    for (const [hint, row] of this.#owed) {
      if (row.at >= at) continue;
      const due = formatInstant(this.#deadlineOf(hint));
      this.#book.broken(row, () => `${hintName(hint)} fell due at ${due} in hand, and nothing came of it`, { hint });
      this.#owed.delete(hint);
    }
  }

  #backAt({ at }: LogRow): number {
    return at + this.#book.scenario.policy.drain.hold;
  }

  /** When a hint is due, as far as the log has told. */
  #deadlineOf(hint: number): number {
    const { trace, scenario } = this.#book;
    return this.#moved.get(hint) ?? (trace.hints.storedAt[hint] ?? NEVER) + scenario.policy.hints.ttl;
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
