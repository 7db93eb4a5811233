/**
 * B6 and B7: a queue is a queue. Once seen where hints are sent, and once where they arrive.
 */
import { HINT_FATES, NONE } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { needsOneTable } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');

/** In a session, what stands in front of a hint has been sent by it before; in a sweep, nothing stands in front. */
export const B6: AuditRule = {
  id: 'B6',
  sentence: 'Hints are sent in the order of their queue, from its first one on.',
  source: 'handoff-systems §1.2 (hints.rs take_for), §2',
  looked: 'hints sent',
  otherwise: 'no hint was sent',
  idle: needsOneTable,
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (!stage.isSending(row)) return;
      book.came();
      const lane = stage.lane(row.node, row.peer);
      const sent = stage.session(lane)?.sent;
      const first = stage.queues.of(lane).find((hint) => hint === row.subject || sent?.has(hint) !== true);
      if (first === undefined || first === row.subject) return;
      book.broken(
        row,
        () =>
          `${nodeName(trace, row.node)} sent ${hintName(row.subject)}, and ${hintName(first)} stood in front of it unsent`,
        { hint: row.subject },
      );
    },
  }),
};

/** Where messages of a link keep their order and a backend has one worker. Those that were put back stay in order, too. */
export const B7: AuditRule = {
  id: 'B7',
  sentence:
    'Without acknowledgements, a hint overtakes older ones of its queue only if it was stored in the hands of a sweep.',
  source: 'handoff-systems §9 (H5)',
  looked: 'hints applied',
  otherwise: 'no hint was applied',
  idle: (scenario) => keepsOrder(scenario) ?? needsOneTable(scenario),
  begin: (book) => new Arrivals(book),
};

class Arrivals implements Auditor {
  readonly #book: Book;
  /** By lane: the hints applied so far. */
  readonly #applied = new Map<number, number[]>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    if (row.kind !== LOG.hintApplied && row.kind !== LOG.hintIgnored) return;
    const { stage, trace } = this.#book;
    const lane = stage.lane(row.peer, row.node);
    const applied = this.#applied.get(lane) ?? [];
    this.#applied.set(lane, applied);
    this.#book.came();
    const younger = applied.find((hint) => hint > row.subject && !stage.queues.isAhead(hint)) ?? NONE;
    if (trace.hints.fate[row.subject] === DELIVERED) applied.push(row.subject);
    if (younger === NONE) return;
    const peer = nodeName(trace, row.node);
    this.#book.broken(row, () => `${peer} had ${hintName(younger)} before ${hintName(row.subject)}, which is older`, {
      hint: row.subject,
    });
  }
}

function keepsOrder({ policy }: Scenario): string | undefined {
  if (policy.drain.ack !== 'none') return 'in sessions a hint may be delivered again';
  if (policy.channel.order !== 'fifo') return 'messages of a link may overtake each other';
  return policy.service.workers === 1 ? undefined : 'a backend executes several requests at once';
}
