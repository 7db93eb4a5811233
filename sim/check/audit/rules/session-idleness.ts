/**
 * B10 and B11: a delivery session is never idle with hints to send: it sends the first one at once, and goes on.
 */
import { formatInstant } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { nodeName } from '../../../trace/queries/names.ts';
import { needsOneTable, needsSessions } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

/** A window that has room for no hint would hold the queue for ever. */
export const B10: AuditRule = {
  id: 'B10',
  sentence: 'A session that stays open has sent a hint in the instant in which it opened.',
  source: 'handoff-systems §3',
  looked: 'sessions that opened',
  otherwise: 'no session opened',
  idle: withThrottle,
  begin: (book) => new FirstHint(book),
};

/** Its oldest attempt fails after the timeout, so there is always a younger one. */
export const B11: AuditRule = {
  id: 'B11',
  sentence: 'An open session never sends nothing for longer than the timeout of an attempt.',
  source: 'handoff-systems §3',
  looked: 'sessions that ended',
  otherwise: 'no session ended',
  idle: (scenario) => withThrottle(scenario) ?? withCoalescing(scenario),
  begin: (book) => new Silence(book),
};

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

function withThrottle(scenario: Scenario): string | undefined {
  return (
    needsSessions(scenario) ??
    needsOneTable(scenario) ??
    (scenario.policy.drain.throttle === 0 ? undefined : 'a throttle may hold them')
  );
}

function withCoalescing({ policy }: Scenario): string | undefined {
  return policy.hints.coalesce ? 'what was sent may be replaced by a newer hint' : undefined;
}

function laneName(trace: Trace, lane: number): string {
  const nodes = trace.scenario.nodes.length;
  return `the session of ${nodeName(trace, Math.floor(lane / nodes))} for ${nodeName(trace, lane % nodes)}`;
}
