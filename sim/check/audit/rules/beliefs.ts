/**
 * B19 to B22: what nodes believe, and that they go by it.
 */
import { formatDuration, formatInstant, NEVER } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import type { Detector } from '../../../scenario/model/detector.ts';
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { needsOneTable } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

/** Sweeps skip such peers, and a session ends before it sends to one. */
export const B19: AuditRule = {
  id: 'B19',
  sentence: 'No hint is sent to a peer that its holder takes for Down.',
  source: 'handoff-systems §1.2, §10',
  looked: 'hints sent',
  otherwise: 'no hint was sent',
  idle: needsOneTable,
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (!stage.isSending(row)) return;
      book.came();
      const since = stage.downSince(row.node, row.peer);
      if (since === NEVER) return;
      book.broken(
        row,
        () =>
          `${nodeName(trace, row.node)} sent ${hintName(row.subject)} to ${nodeName(trace, row.peer)}, Down to it since ${formatInstant(since)}`,
        { hint: row.subject },
      );
    },
  }),
};

/** A process that has just begun may know nobody. */
export const B20: AuditRule = {
  id: 'B20',
  sentence: 'The fixed detector takes no peer for Down that is up, but where a process has just begun.',
  source: 'validation §4',
  looked: 'peers taken for Down',
  otherwise: 'nobody was taken for Down',
  idle: needsFixedDetector,
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.believedDown) return;
      const { stage, trace } = book;
      book.came();
      if (!stage.isUp(row.peer) || row.at === stage.startedAt(row.node)) return;
      book.broken(row, () => `${pairName(trace, row)}, which was up`);
    },
  }),
};

/** Looked at when a belief ends, for it was no better before. */
export const B21: AuditRule = {
  id: 'B21',
  sentence: 'The fixed detector takes a peer for Normal when both have been up for as long as that takes.',
  source: 'validation §4',
  looked: 'beliefs that a peer is Down, at their end',
  otherwise: 'nobody was taken for Down',
  idle: needsFixedDetector,
  begin: (book) => new OverdueReturns(book),
};

/** A restart forgets everybody; what is heard after that is the first sign of life. */
export const B22: AuditRule = {
  id: 'B22',
  sentence:
    'A detector fed by gossip takes a peer for Normal only after a heartbeat that came since the process began.',
  source: 'handoff-systems §1.2 (H4)',
  looked: 'peers taken for Normal',
  otherwise: 'nobody was taken for Normal again',
  idle: ({ policy }) => (policy.detector.kind === 'fixed' ? 'the detector is fed by no gossip' : undefined),
  begin: (book) => new SignsOfLife(book),
};

class OverdueReturns implements Auditor {
  readonly #book: Book;
  readonly #upAfter: number;

  constructor(book: Book) {
    this.#book = book;
    this.#upAfter = upAfterOf(book.scenario.policy.detector);
  }

  row({ kind, at, node, peer }: LogRow): void {
    const { stage } = this.#book;
    if (kind === LOG.believedUp) this.#judge(node, peer, at);
    if (kind !== LOG.crashed && kind !== LOG.stopped) return;
    for (let other = 0; other < stage.count; other++) {
      this.#judge(node, other, at);
      this.#judge(other, node, at);
    }
  }

  end(): void {
    const { stage, trace } = this.#book;
    for (let one = 0; one < stage.count; one++) {
      for (let other = 0; other < stage.count; other++) this.#judge(one, other, trace.endedAt);
    }
  }

  #judge(observer: number, peer: number, at: number): void {
    const { stage, trace } = this.#book;
    if (!stage.takesForDown(observer, peer)) return;
    this.#book.came();
    if (!stage.isUp(observer) || !stage.isUp(peer)) return;
    const together = at - Math.max(stage.startedAt(observer), stage.startedAt(peer));
    if (together <= this.#upAfter) return;
    const [one, other] = [nodeName(trace, observer), nodeName(trace, peer)];
    this.#book.missed(at, () => `${one} took ${other} for Down, when both had been up for ${formatDuration(together)}`);
  }
}

class SignsOfLife implements Auditor {
  readonly #book: Book;
  readonly #isByLot: boolean;
  /** By pair: when the one heard of the other last; by lot, a heartbeat tells of everybody. */
  readonly #heardAt = new Map<number, number>();

  constructor(book: Book) {
    const { detector } = book.scenario.policy;
    this.#book = book;
    this.#isByLot = detector.kind !== 'fixed' && detector.gossipTo === 'one';
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    const key = this.#isByLot ? row.node : stage.lane(row.node, row.peer);
    if (row.kind === LOG.heartbeat) this.#heardAt.set(key, row.at);
    if (row.kind !== LOG.believedUp) return;
    this.#book.came();
    if ((this.#heardAt.get(key) ?? -1) >= stage.startedAt(row.node)) return;
    this.#book.broken(row, () => `${pairName(trace, row)} no more, without having heard of it`);
  }
}

function needsFixedDetector({ policy }: Scenario): string | undefined {
  return policy.detector.kind === 'fixed' ? undefined : 'the detector goes by what it hears';
}

function upAfterOf(detector: Detector): number {
  return detector.kind === 'fixed' ? detector.upAfter : Infinity;
}

function pairName(trace: Trace, { node, peer, at }: LogRow): string {
  return `at ${formatInstant(at)} ${nodeName(trace, node)} took ${nodeName(trace, peer)} for Down`;
}
