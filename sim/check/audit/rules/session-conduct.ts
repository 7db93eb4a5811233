/**
 * B8 to B12: what a delivery session does. It sends each hint once, has no more under way than its window, is never idle
 * with hints to send, and what failed in it rests.
 */
import { formatInstant } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { fastest } from '../fastest.ts';
import { needsOneTable, needsSessions } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, Rule } from '../rule.ts';

/** Whatever opens in between: only a session that is over lets go of what it sent. */
export const B8: Rule = {
  id: 'B8',
  sentence: 'A session sends each hint once, and nothing is sent without one.',
  source: 'handoff-systems §2',
  looked: 'hints sent in sessions',
  otherwise: 'no hint was sent in a session',
  idle: withoutSessions,
  begin: (book) => new OneAttempt(book),
};

/** Counted are hints that were sent and are known to be unanswered, because their peer has not executed them yet. */
export const B9: Rule = {
  id: 'B9',
  sentence: 'A session has no more hints under way at once than its policy allows.',
  source: 'handoff-systems §8, incident 1',
  looked: 'hints sent in sessions',
  otherwise: 'no hint was sent in a session',
  idle: withoutSessions,
  begin: (book) => new UnderWay(book),
};

/** A window that has room for no hint would hold the queue for ever. */
export const B10: Rule = {
  id: 'B10',
  sentence: 'A session that stays open has sent a hint in the instant in which it opened.',
  source: 'handoff-systems §3',
  looked: 'sessions that opened',
  otherwise: 'no session opened',
  idle: withThrottle,
  begin: (book) => new FirstHint(book),
};

/** Its oldest attempt fails after the timeout, so there is always a younger one. */
export const B11: Rule = {
  id: 'B11',
  sentence: 'An open session never sends nothing for longer than the timeout of an attempt.',
  source: 'handoff-systems §3',
  looked: 'sessions that ended',
  otherwise: 'no session ended',
  idle: (scenario) => withThrottle(scenario) ?? withCoalescing(scenario),
  begin: (book) => new Silence(book),
};

/** An error takes as long as its way; a cut connection is noticed by what was on it; silence takes the timeout. */
export const B12: Rule = {
  id: 'B12',
  sentence: 'An attempt fails only in the session that made it, and no sooner than anything could have gone wrong.',
  source: 'handoff-systems §2, §3',
  looked: 'attempts that failed',
  otherwise: 'no attempt failed',
  idle: withoutSessions,
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.hintFailed) return;
      book.came();
      const { stage, scenario, trace } = book;
      const sentAt = stage.session(stage.lane(row.node, row.peer))?.sent.get(row.subject) ?? Infinity;
      if (row.at >= sentAt + Math.min(fastest(scenario, 'replay'), scenario.policy.drain.timeout)) return;
      book.broken(row, () => `${told(trace, row)} failed, and no attempt of the open session could have yet`, {
        hint: row.subject,
      });
    },
  }),
};

class OneAttempt implements Auditor {
  readonly #book: Book;
  /** By lane: the hints sent since a session for it was closed last. */
  readonly #sent = new Map<number, Set<number>>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    const lane = stage.lane(row.node, row.peer);
    if (row.kind === LOG.sessionClosed) this.#sent.delete(lane);
    if (!stage.isSending(row)) return;
    const sent = this.#sent.get(lane) ?? new Set();
    this.#sent.set(lane, sent);
    this.#book.came();
    const isOpen = stage.session(lane) !== undefined;
    if (!isOpen || sent.has(row.subject)) {
      const what = isOpen ? 'again, in one session' : 'without a session';
      this.#book.broken(row, () => `${told(trace, row)} was sent ${what}`, { hint: row.subject });
    }
    sent.add(row.subject);
  }
}

class UnderWay implements Auditor {
  readonly #book: Book;
  /** By lane: hints sent in the open session and not executed since. */
  readonly #waiting = new Map<number, Set<number>>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace, scenario } = this.#book;
    const lane = stage.lane(row.node, row.peer);
    switch (row.kind) {
      case LOG.sessionOpened:
        this.#waiting.set(lane, new Set());
        break;
      case LOG.hintApplied:
      case LOG.hintIgnored:
        this.#waiting.get(stage.lane(row.peer, row.node))?.delete(row.subject);
        break;
      case LOG.hintLost:
      case LOG.hintExpired:
        this.#waiting.get(lane)?.delete(row.subject);
        break;
      case LOG.hintShipped:
        if (stage.isSending(row)) this.#waiting.get(lane)?.add(row.subject);
        else this.#waiting.get(lane)?.delete(row.subject);
        break;
      default:
    }
    if (!stage.isSending(row)) return;
    this.#book.came();
    const count = this.#waiting.get(lane)?.size ?? 0;
    const { concurrency } = scenario.policy.drain;
    if (count <= concurrency) return;
    this.#book.broken(
      row,
      () => `${told(trace, row)} was sent with ${count - 1} under way, where ${concurrency} may be`,
      {
        hint: row.subject,
      },
    );
  }
}

class FirstHint implements Auditor {
  readonly #book: Book;
  #opened: number[] = [];
  #at = -1;

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage } = this.#book;
    if (row.at > this.#at) this.#judge();
    this.#at = row.at;
    if (row.kind !== LOG.sessionOpened) return;
    this.#book.came();
    this.#opened.push(stage.lane(row.node, row.peer));
  }

  end(): void {
    this.#judge();
  }

  #judge(): void {
    const { stage, trace } = this.#book;
    for (const lane of this.#opened) {
      const session = stage.session(lane);
      if (session === undefined || session.sent.size > 0) continue;
      this.#book.missed(
        this.#at,
        () => `${laneName(trace, lane)} opened at ${formatInstant(this.#at)} and sent nothing`,
      );
    }
    this.#opened = [];
  }
}

class Silence implements Auditor {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  row({ kind, at, node, peer }: LogRow): void {
    const { stage } = this.#book;
    const lane = stage.lane(node, peer);
    if (kind === LOG.sessionClosed) this.#judge(lane, at);
    if (kind === LOG.hintShipped) this.#listen(lane, at);
  }

  end(): void {
    for (const lane of this.#book.stage.openLanes()) this.#judge(lane, this.#book.trace.endedAt);
  }

  #judge(lane: number, at: number): void {
    this.#book.came();
    this.#listen(lane, at);
  }

  #listen(lane: number, at: number): void {
    const { stage, trace, scenario } = this.#book;
    const since = stage.session(lane)?.sentAt ?? at;
    if (at - since <= scenario.policy.drain.timeout) return;
    const name = laneName(trace, lane);
    this.#book.missed(
      at,
      () => `${name} sent nothing from ${formatInstant(since)} to ${formatInstant(at)}, and was open`,
    );
  }
}

function withoutSessions(scenario: Scenario): string | undefined {
  return needsSessions(scenario) ?? needsOneTable(scenario);
}

function withThrottle(scenario: Scenario): string | undefined {
  return withoutSessions(scenario) ?? (scenario.policy.drain.throttle === 0 ? undefined : 'a throttle may hold them');
}

function withCoalescing({ policy }: Scenario): string | undefined {
  return policy.hints.coalesce ? 'what was sent may be replaced by a newer hint' : undefined;
}

function laneName(trace: Trace, lane: number): string {
  const nodes = trace.scenario.nodes.length;
  return `the session of ${nodeName(trace, Math.floor(lane / nodes))} for ${nodeName(trace, lane % nodes)}`;
}

function told(trace: Trace, { node, peer, subject }: LogRow): string {
  return `${hintName(subject)} of ${nodeName(trace, node)} for ${nodeName(trace, peer)}`;
}
