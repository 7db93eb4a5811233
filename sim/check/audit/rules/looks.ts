/**
 * B13 to B16: when a holder delivers. It looks at its queues in step with its own start; deliveries begin at such a look,
 * or once the wait after a failure is over; and what failed rests until then.
 */
import { formatInstant, NONE } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hasFault } from '../../../trace/queries/faults-at.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { needsOneTable, needsSessions } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

/** The timers of a process end with it. */
export const B13: AuditRule = {
  id: 'B13',
  sentence: 'A node looks at its queues an interval after its start, or at once, and every interval from then on.',
  source: 'handoff-systems §1.2',
  looked: 'looks at queues',
  otherwise: 'no node looked at its queues',
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.sweep) return;
      book.came();
      if (isDueLook(book, row.node, row.at) && !hasFault(book.trace, 'pauseDrain', row.node, row.at)) return;
      book.broken(row, () => `${nodeName(book.trace, row.node)} looked at its queues out of turn`);
    },
  }),
};

/** Judged for each process when it ends: how often it looked, against the time that it was there. */
export const B14: AuditRule = {
  id: 'B14',
  sentence: 'No look at the queues is left out, but while deliveries are paused.',
  source: 'handoff-systems §1.2',
  looked: 'processes that should have looked',
  otherwise: 'no process lived for an interval',
  idle: ({ policy }) => (policy.drain.enabled ? undefined : 'nothing is ever delivered'),
  begin: (book) => new Attendance(book),
};

/** Seen where hints are sent, or sessions open, and not where looks are told of. */
export const B15: AuditRule = {
  id: 'B15',
  sentence: 'Deliveries begin at a look that is due, or when the wait after a failure is over.',
  source: 'handoff-systems §1.2, §2, §3',
  looked: 'deliveries that began',
  otherwise: 'nothing was delivered',
  idle: (scenario) => needsOneTable(scenario) ?? needsOneWait(scenario),
  begin: (book) => new Beginnings(book),
};

/**
 * A queue of which an attempt has failed is left alone for as long as the policy says. Where waits double, for the first of
 * them at least, and no look cuts that short. Waits end with their process.
 */
export const B16: AuditRule = {
  id: 'B16',
  sentence: 'A hint that failed is not sent again before the next look, or before the wait after a failure is over.',
  source: 'handoff-systems §2, §3',
  looked: 'hints sent again after a failure',
  otherwise: 'no hint was sent again after a failure',
  idle: (scenario) => needsSessions(scenario) ?? needsOneTable(scenario),
  begin: (book) => new Rest(book),
};

class Attendance implements Auditor {
  readonly #book: Book;
  /** By node: looks since its start. */
  readonly #looks: Int32Array;

  constructor(book: Book) {
    this.#book = book;
    this.#looks = new Int32Array(book.stage.count);
  }

  row({ kind, at, node }: LogRow): void {
    if (kind === LOG.sweep) this.#looks[node] = (this.#looks[node] ?? 0) + 1;
    if (kind === LOG.crashed || kind === LOG.stopped) this.#judge(node, at);
  }

  end(): void {
    const { stage, trace } = this.#book;
    for (let node = 0; node < stage.count; node++) if (stage.isUp(node)) this.#judge(node, trace.endedAt + 1);
  }

  /** @param until when the process ended: a look that was due in that instant may have come too late */
  #judge(node: number, until: number): void {
    const { stage, scenario, trace } = this.#book;
    const { interval, first } = scenario.policy.drain;
    let due = 0;
    const startedAt = stage.startedAt(node);
    for (let at = startedAt + (first === 'start' ? 0 : interval); at < until; at += interval) {
      if (!hasFault(trace, 'pauseDrain', node, at)) due++;
    }
    const looks = this.#looks[node] ?? 0;
    this.#looks[node] = 0;
    if (due > 0) this.#book.came();
    if (looks >= due) return;
    const since = formatInstant(startedAt);
    this.#book.missed(until, () => `${nodeName(trace, node)}, up since ${since}, looked ${looks} times of ${due}`);
  }
}

class Beginnings implements Auditor {
  readonly #book: Book;
  /** By lane: when its last session closed. */
  readonly #closedAt = new Map<number, number>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, scenario, trace } = this.#book;
    const lane = stage.lane(row.node, row.peer);
    if (row.kind === LOG.sessionClosed) this.#closedAt.set(lane, row.at);
    const isSweep = scenario.policy.drain.ack === 'none';
    if (!(isSweep ? stage.isSending(row) : row.kind === LOG.sessionOpened)) return;
    this.#book.came();
    const closedAt = this.#closedAt.get(lane);
    if (isDueLook(this.#book, row.node, row.at)) return;
    if (closedAt !== undefined && row.at === closedAt + waitOf(scenario)) return;
    this.#book.broken(row, () => `${laneName(trace, row)} got a delivery at a time at which nothing was due`);
  }
}

class Rest implements Auditor {
  readonly #book: Book;
  /** By hint: when it failed last, and the row. */
  readonly #failed = new Map<number, LogRow>();
  /** By node: row of its last look, and of its start. */
  readonly #look = new Map<number, number>();
  readonly #start = new Map<number, number>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    if (row.kind === LOG.sweep) this.#look.set(row.node, row.index);
    if (row.kind === LOG.restarted) this.#start.set(row.node, row.index);
    if (row.kind === LOG.hintFailed) this.#failed.set(row.subject, row);
    const failed = this.#failed.get(row.subject);
    if (failed === undefined || !this.#book.stage.isSending(row)) return;
    this.#failed.delete(row.subject);
    if ((this.#start.get(row.node) ?? NONE) > failed.index) return;
    this.#book.came();
    const { retryUpTo } = this.#book.scenario.policy.drain;
    const hasLooked = retryUpTo === 0 && (this.#look.get(row.node) ?? NONE) > failed.index;
    if (hasLooked || row.at >= failed.at + waitOf(this.#book.scenario)) return;
    const since = formatInstant(failed.at);
    this.#book.broken(row, () => `${hintName(row.subject)} failed at ${since} and was sent again without a rest`, {
      hint: row.subject,
    });
  }
}

/** What begins when cannot be told from looks that find their peers Down, which leave no row of their own and count. */
function needsOneWait({ policy: { drain } }: Scenario): string | undefined {
  return drain.ack === 'each' && drain.retryUpTo > 0 ? 'the wait after a failure is not always the same' : undefined;
}

/** From a failure until delivery is tried again, where the look at the queues does not come first; else Infinity. */
function waitOf({ policy }: Scenario): number {
  const { retryAfter, retryUpTo, interval } = policy.drain;
  if (retryUpTo > 0) return Math.min(retryAfter, retryUpTo);
  return retryAfter === 0 || retryAfter >= interval ? Infinity : retryAfter;
}

function isDueLook({ stage, scenario }: Book, node: number, at: number): boolean {
  const { interval, first, enabled } = scenario.policy.drain;
  const age = at - stage.startedAt(node);
  return enabled && stage.isUp(node) && age % interval === 0 && (age > 0 || first === 'start');
}

function laneName(trace: Trace, { node, peer }: LogRow): string {
  return `the queue of ${nodeName(trace, node)} for ${nodeName(trace, peer)}`;
}
