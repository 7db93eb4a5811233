/**
 * B28 to B31: what may become a hint. The window closes when the policy says so, and only then; and where order is
 * guarded, a write waits behind the hints of its replica.
 */
import { formatInstant, NONE, REFUSAL_REASONS } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { lastAbout } from '../../../trace/queries/find-rows.ts';
import { hintName, nodeName, writeName } from '../../../trace/queries/names.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { needsOneTable, needsOwnHints } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

const WINDOW = REFUSAL_REASONS.indexOf('window');
const OVERLOAD = REFUSAL_REASONS.indexOf('overload');

/** By the log of beliefs, and with a persistent window by the oldest hint that waits. */
export const B28: AuditRule = {
  id: 'B28',
  sentence: 'A hint is refused for the window if that is closed, and not stored then.',
  source: 'properties §2.3, C8 (CASSANDRA-14309)',
  looked: 'hints stored or refused',
  otherwise: 'no hint was tried',
  idle: (scenario) => (scenario.policy.hints.window > 0 ? needsOneTable(scenario) : 'the policy has no window'),
  begin: (book) => new Window(book),
};

/** Seen where the copy is sent. A coordinator's own hints are never drained (H13), so they are not waited for. */
export const B29: AuditRule = {
  id: 'B29',
  sentence: 'Where order is guarded, nothing is sent directly to a replica for which hints wait.',
  source: 'handoff-systems §6',
  looked: 'writes sent directly',
  otherwise: 'no write was sent directly',
  idle: needsGuard,
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.copySent || row.node === row.peer) return;
      const { stage, trace } = book;
      book.came();
      const [first] = stage.queues.of(stage.lane(row.node, row.peer));
      if (first === undefined) return;
      const what = `${nodeName(trace, row.node)} sent ${writeName(row.subject)}`;
      book.broken(row, () => `${what} directly, and ${hintName(first)} waited for ${nodeName(trace, row.peer)}`, {
        write: row.subject,
      });
    },
  }),
};

/** Seen where the hint arrives. */
export const B30: AuditRule = {
  id: 'B30',
  sentence: 'Where order is guarded, a hint does not arrive once its holder has sent its peer a later write directly.',
  source: 'handoff-systems §6',
  looked: 'hints that arrived',
  otherwise: 'no hint arrived',
  idle: needsGuard,
  begin: (book) => new Overtaking(book),
};

/** Of a hint that a sweep gave more time the table has the last deadline, and B38 says how it came to that. */
export const B31: AuditRule = {
  id: 'B31',
  sentence: 'A hint lives as long as the policy says, from the instant in which it is stored.',
  source: 'handoff-systems §1.1 (hints.rs enqueue)',
  looked: 'hints stored',
  otherwise: 'no hint was stored',
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.hintStored) return;
      const { hints } = book.trace;
      book.came();
      const deadline = hints.deadline[row.subject] ?? NONE;
      const { ttl } = book.scenario.policy.hints;
      const isMoved = deadline > row.at + ttl && lastAbout(book.trace, 'hintExtended', row.subject, Infinity) !== NONE;
      if (hints.storedAt[row.subject] === row.at && (deadline === row.at + ttl || isMoved)) return;
      book.broken(row, () => `${hintName(row.subject)} is due at ${formatInstant(deadline)}`, { hint: row.subject });
    },
  }),
};

class Window implements Auditor {
  readonly #book: Book;
  /** Refusals so far: the table has a row for each in the log. */
  #refusals = 0;

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const isRefused = row.kind === LOG.hintRefused;
    if (!isRefused && row.kind !== LOG.hintStored) return;
    const reason = isRefused ? this.#book.trace.refusals.reason[this.#refusals++] : NONE;
    // The guard of what is under way is asked first.
    if (reason === OVERLOAD) return;
    this.#book.came();
    const isClosed = this.#isClosed(row);
    if (isClosed === (reason === WINDOW)) return;
    const { trace } = this.#book;
    const pair = `the window of ${nodeName(trace, row.node)} for ${nodeName(trace, row.peer)}`;
    this.#book.broken(
      row,
      () => `${pair} was ${isClosed ? 'closed' : 'open'}, and a hint was ${isRefused ? 'refused' : 'stored'}`,
    );
  }

  #isClosed({ node, peer, at }: LogRow): boolean {
    const { stage, scenario, trace } = this.#book;
    const { window, windowPersistent } = scenario.policy.hints;
    if (at - stage.downSince(node, peer) > window) return true;
    if (!windowPersistent) return false;
    const oldest = oldestOf(stage.queues.of(stage.lane(node, peer)), scenario);
    return oldest !== undefined && at - (trace.hints.storedAt[oldest] ?? at) > window;
  }
}

/** The hint stored first, of those that wait. In sessions it is the next one; a sweep puts older ones behind newer ones. */
function oldestOf(queue: readonly number[], { policy }: Scenario): number | undefined {
  if (policy.drain.ack === 'each' || queue.length === 0) return queue[0];
  return queue.reduce((oldest, hint) => Math.min(oldest, hint));
}

class Overtaking implements Auditor {
  readonly #book: Book;
  /** By lane: row of the last write that was sent directly. */
  readonly #sent = new Map<number, number>();
  /** By hint: the row at which it was stored. */
  readonly #stored = new Map<number, number>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    if (row.kind === LOG.copySent && row.node !== row.peer) this.#sent.set(stage.lane(row.node, row.peer), row.index);
    if (row.kind === LOG.hintStored) this.#stored.set(row.subject, row.index);
    if (row.kind !== LOG.hintApplied && row.kind !== LOG.hintIgnored) return;
    this.#book.came();
    const sent = this.#sent.get(stage.lane(row.peer, row.node)) ?? NONE;
    if (sent < (this.#stored.get(row.subject) ?? NONE)) return;
    const peer = nodeName(trace, row.node);
    this.#book.broken(row, () => `${hintName(row.subject)} came to ${peer} behind a write that was sent later`, {
      hint: row.subject,
    });
  }
}

function needsGuard(scenario: Scenario): string | undefined {
  const { enabled, triggers } = scenario.policy.hints;
  return triggers.queued && enabled
    ? (needsOneTable(scenario) ?? needsOwnHints(scenario))
    : 'the policy does not guard the order';
}
