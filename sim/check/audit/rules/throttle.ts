/**
 * B35: the throttle, to the microsecond. A hint may leave at once if the ones before it are paid for, and then has to be
 * paid for in time: no burst is free, other than for C7, which grants one of a second.
 */
import { MICROS_PER_SECOND } from '../../../../core/index.ts';
import { formatInstant } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { needsOneTable, needsSessions } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

/** Payments are whole microseconds, and what is left over is carried on. */
const ROUNDING = 1;

/** A process that starts anew owes nothing. */
export const B35: AuditRule = {
  id: 'B35',
  sentence: 'A throttled holder sends a hint only when those before it are paid for.',
  source: 'handoff-systems §2 (Throttle)',
  looked: 'hints sent under a throttle',
  otherwise: 'no hint was sent',
  idle: (scenario) =>
    scenario.policy.drain.throttle === 0
      ? 'there is no throttle'
      : (needsSessions(scenario) ?? needsOneTable(scenario)),
  begin: (book) => new Payments(book),
};

class Payments implements Auditor {
  readonly #book: Book;
  /** Microseconds that a byte takes. */
  readonly #price: number;
  /** By lane: when everything sent is paid for. */
  readonly #paidAt = new Map<number, number>();

  constructor(book: Book) {
    const { throttle, throttleShared } = book.scenario.policy.drain;
    const share = throttleShared ? Math.max(1, book.stage.count - 1) : 1;
    this.#book = book;
    this.#price = (share * MICROS_PER_SECOND) / throttle;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    if (row.kind === LOG.crashed || row.kind === LOG.stopped) {
      for (let peer = 0; peer < stage.count; peer++) this.#paidAt.delete(stage.lane(row.node, peer));
    }
    if (!stage.isSending(row)) return;
    const lane = stage.lane(row.node, row.peer);
    const paidAt = this.#paidAt.get(lane) ?? 0;
    this.#book.came();
    this.#paidAt.set(lane, Math.max(paidAt, row.at) + (trace.hints.bytes[row.subject] ?? 0) * this.#price);
    if (row.at >= paidAt - ROUNDING) return;
    const when = `${nodeName(trace, row.node)} sent ${hintName(row.subject)} at ${formatInstant(row.at)}`;
    this.#book.broken(
      row,
      () => `${when}, and what it sent before was paid for at ${formatInstant(Math.ceil(paidAt))}`,
      {
        hint: row.subject,
      },
    );
  }
}
