/**
 * B23 to B27: what is on its way. It takes its time, dies with its connection, and under a partition it dies at once.
 */
import { DROP_CAUSES, HINT_FATES, NONE } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName, writeName } from '../../../trace/queries/names.ts';
import { fastest } from '../fastest.ts';
import { needsOneTable, needsOwnHints, needsSweeps } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';
import type { Stage } from '../stage.ts';

const MESSAGE_LOST = DROP_CAUSES.indexOf('messageLost');
const HINT_LOST = HINT_FATES.indexOf('messageLost');

/** After a graceful stop, what was on the wire still comes in. */
export const B23: AuditRule = {
  id: 'B23',
  sentence: 'Nobody hears of a process that has crashed.',
  source: 'handoff-systems §1.2',
  looked: 'heartbeats',
  otherwise: 'no heartbeat came in',
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.heartbeat) return;
      const { stage, trace } = book;
      book.came();
      if (stage.isUp(row.peer) || stage.hasStopped(row.peer)) return;
      book.broken(row, () => `${nodeName(trace, row.node)} heard of ${nodeName(trace, row.peer)}, which had crashed`);
    },
  }),
};

/** For copies that a coordinator sent: they are under way once. */
export const B24: AuditRule = {
  id: 'B24',
  sentence: 'A write arrives no sooner than its way takes, and only over the connection that it was sent on.',
  source: 'handoff-systems §1.2',
  looked: 'writes that arrived at their replicas',
  otherwise: 'no write arrived at a replica',
  begin: (book) => new Copies(book),
};

/** For hints: at least one of the attempts must have been able to get there. */
export const B25: AuditRule = {
  id: 'B25',
  sentence: 'A hint arrives no sooner than its way takes, and only over a connection that it was sent on.',
  source: 'handoff-systems §1.2',
  looked: 'hints that arrived',
  otherwise: 'no hint arrived',
  idle: needsOneTable,
  begin: (book) => new Attempts(book),
};

/** Where what is sent leaves at once; the sender is told nothing, but the books are. */
export const B26: AuditRule = {
  id: 'B26',
  sentence: 'A write that is sent into a partition is lost, and counted as lost.',
  source: 'properties §2.3, C10',
  looked: 'writes sent into a partition',
  otherwise: 'no write was sent into a partition',
  idle: needsOwnHints,
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (row.kind !== LOG.copySent || !isSwallowed(stage, row)) return;
      book.came();
      const copy = copyOf(book, row.subject, row.peer);
      const { droppedAt, dropCause } = trace.copies;
      if (droppedAt[copy] === row.at && dropCause[copy] === MESSAGE_LOST) return;
      const peer = nodeName(trace, row.peer);
      book.broken(row, () => `${writeName(row.subject)} was sent to ${peer} into a partition, and not lost`, {
        write: row.subject,
      });
    },
  }),
};

/** Unasked for an acknowledgement: with one, it waits in its store. */
export const B27: AuditRule = {
  id: 'B27',
  sentence: 'A hint that is sent into a partition without acknowledgement is lost, and counted as lost.',
  source: 'properties §2.3, C10 (handoff-systems H7)',
  looked: 'hints sent into a partition',
  otherwise: 'no hint was sent into a partition',
  idle: (scenario) => needsSweeps(scenario) ?? needsOneTable(scenario),
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (row.kind !== LOG.hintShipped || !isSwallowed(stage, row)) return;
      book.came();
      const { endedAt, fate } = trace.hints;
      if (endedAt[row.subject] === row.at && fate[row.subject] === HINT_LOST) return;
      book.broken(row, () => `${hintName(row.subject)} was sent into a partition, and not lost`, { hint: row.subject });
    },
  }),
};

/** Something that was sent, and can be traced to where it went. */
interface Sent {
  readonly at: number;
  /** It was on the wire at once. */
  readonly isGone: boolean;
}

class Copies implements Auditor {
  readonly #book: Book;
  /** By write and receiver: a fallback may be sent a write of its own, and then a hint of it to keep. */
  readonly #sent = new Map<string, Sent[]>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    if (row.kind === LOG.copySent) this.#send(row);
    // A repair that is ignored is told in the same way as a write that is.
    const isIgnored = row.kind === LOG.copyIgnored && !this.#book.scenario.policy.reads.repair;
    if (row.kind !== LOG.copyApplied && !isIgnored) return;
    this.#book.came();
    const least = row.node === row.peer ? 0 : fastest(this.#book.scenario, 'write');
    const sent = this.#sent.get(`${row.subject}/${row.node}`) ?? [];
    if (sent.some((each) => canArrive(stage, each, row, least))) return;
    this.#book.broken(
      row,
      () => `${nodeName(trace, row.node)} applied ${writeName(row.subject)}, which cannot have come`,
      {
        write: row.subject,
      },
    );
  }

  #send({ subject, peer, node, at }: LogRow): void {
    const key = `${subject}/${peer}`;
    const sent = { at, isGone: this.#book.stage.wiring.leavesAtOnce(node, peer) };
    this.#sent.set(key, [...(this.#sent.get(key) ?? []), sent]);
  }
}

class Attempts implements Auditor {
  readonly #book: Book;
  /** By hint: its attempts. */
  readonly #sent = new Map<number, Sent[]>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    const attempts = this.#sent.get(row.subject) ?? [];
    if (stage.isSending(row)) {
      attempts.push({ at: row.at, isGone: stage.wiring.leavesAtOnce(row.node, row.peer) });
      this.#sent.set(row.subject, attempts);
    }
    if (row.kind !== LOG.hintApplied && row.kind !== LOG.hintIgnored) return;
    this.#book.came();
    const least = fastest(this.#book.scenario, 'replay');
    if (attempts.some((sent) => canArrive(stage, sent, row, least))) return;
    this.#book.broken(
      row,
      () => `${nodeName(trace, row.node)} applied ${hintName(row.subject)}, and no attempt got there`,
      {
        hint: row.subject,
      },
    );
  }
}

/**
 * What was sent can be executed by now. Its receiver still runs, where it was on the wire at once: it would have died
 * with it, on the way or in its backend. And its sender did not crash while it was on the way for certain.
 *
 * @param row of its execution: `node` is the receiver, `peer` the sender
 */
function canArrive(stage: Stage, { at, isGone }: Sent, row: LogRow, least: number): boolean {
  if (row.at < at + least) return false;
  if (!isGone) return true;
  const diedAt = stage.diedAt(row.peer);
  const wasCut = diedAt > at && diedAt < at + least && !stage.hasStopped(row.peer);
  return stage.diedAt(row.node) <= at && !wasCut;
}

function isSwallowed({ wiring }: Stage, { node, peer }: LogRow): boolean {
  return node !== peer && wiring.isCut(node, peer) && wiring.leavesAtOnce(node, peer);
}

function copyOf({ trace }: Book, write: number, replica: number): number {
  const { writes, copies } = trace;
  for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
    if (copies.replica[copy] === replica) return copy;
  }
  return NONE;
}
