/**
 * B17 and B18: a process that died does nothing, and the next one begins with nothing in its hands.
 */
import { LOG_KINDS } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { nodeName } from '../../../trace/queries/names.ts';
import type { LogRow } from '../row.ts';
import type { Book, AuditRule } from '../rule.ts';

/** What takes a process to do, by the node of the row. Ends are told of in the instant of a death, and so are left out. */
const DEEDS: readonly number[] = [
  LOG.writeAcked,
  LOG.readAnswered,
  LOG.copySent,
  LOG.copyApplied,
  LOG.copyIgnored,
  LOG.repairApplied,
  LOG.hintStored,
  LOG.hintRefused,
  LOG.hintRequeued,
  LOG.hintExtended,
  LOG.hintApplied,
  LOG.hintIgnored,
  LOG.strayApplied,
  LOG.strayIgnored,
  LOG.hintAcked,
  LOG.hintFailed,
  LOG.sweep,
  LOG.sessionOpened,
  LOG.heartbeat,
  LOG.believedDown,
  LOG.believedUp,
  LOG.linkOpened,
];

/** Its timers, sessions and requests died with it. */
export const B17: AuditRule = {
  id: 'B17',
  sentence: 'A node that is down does nothing.',
  source: 'handoff-systems §1.2',
  looked: 'deeds of nodes that had been down',
  otherwise: 'no node was ever down',
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (stage.diedAt(row.node) < 0 || !isDeed(book, row)) return;
      book.came();
      if (stage.isUp(row.node)) return;
      book.broken(row, () => `${nodeName(trace, row.node)} was down, and did this: ${LOG_KINDS[row.kind] ?? ''}`);
    },
  }),
};

/** Sessions close in the instant in which their process dies. */
export const B18: AuditRule = {
  id: 'B18',
  sentence: 'A process starts without an open session.',
  source: 'handoff-systems §2',
  looked: 'processes that started again',
  otherwise: 'no node started again',
  begin: (book) => ({
    row({ kind, node, at, index }) {
      if (kind !== LOG.restarted) return;
      book.came();
      const { stage, trace } = book;
      const isOpen = stage.openLanes().some((lane) => Math.floor(lane / stage.count) === node);
      if (isOpen)
        book.broken({ at, index }, () => `${nodeName(trace, node)} starts with a session of the process before`);
    },
  }),
};

function isDeed({ stage }: Book, row: LogRow): boolean {
  if (row.kind === LOG.sessionClosed) return row.at > stage.diedAt(row.node);
  return DEEDS.includes(row.kind) || stage.isSending(row);
}
