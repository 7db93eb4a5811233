/**
 * B32 and B33: what hints die of. Each loss needs its circumstances, and a node that is replaced takes all with it.
 */
import { formatInstant, HINT_FATES, LOSS_CAUSES, NEVER } from '../../../trace/index.ts';
import type { LossCause } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { emptiesNode } from '../../../trace/queries/applied-write.ts';
import { isDueWhenBack } from '../../../trace/queries/hint-ends.ts';
import { hintName, nodeName } from '../../../trace/queries/names.ts';
import { unreachable } from '../../../../core/index.ts';
import { mayHaveMoved } from '../../moving-queues.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

const KEEPS_FATE: readonly (string | undefined)[] = ['pending', 'delivered', 'holderReplaced'];

/** A cause in the books is one that the scenario has, and that came before the end. */
export const B32: AuditRule = {
  id: 'B32',
  sentence: 'A hint is lost only to what has happened: a crash, a cut, a cap, a torn tail, another peer table.',
  source: 'handoff-systems §9, I4',
  looked: 'hints that were lost',
  otherwise: 'no hint was lost',
  begin: (book) => new Causes(book),
};

/** Those in its store, in the instant of its replacement: unless a message still carries one. */
export const B33: AuditRule = {
  id: 'B33',
  sentence: 'What a node had in its store when it was replaced is lost to that, and to nothing else.',
  source: 'properties §2.3, C15',
  looked: 'hints of nodes that were replaced',
  otherwise: 'no node with hints was replaced',
  begin: (book) => ({
    row(row) {
      const { stage, trace } = book;
      if (!emptiesNode(trace, row.index) || !stage.isUp(row.node)) return;
      for (const hint of stage.queues.at(row.node)) {
        book.came();
        const fate = HINT_FATES[trace.hints.fate[hint] ?? 0];
        if (trace.hints.leftAt[hint] === row.at && KEEPS_FATE.includes(fate)) continue;
        const node = nodeName(trace, row.node);
        book.broken(row, () => `${node} was replaced, and ${hintName(hint)} in its store ended otherwise`, { hint });
      }
    },
  }),
};

class Causes implements Auditor {
  readonly #book: Book;
  /** By node: each time that it died. */
  readonly #diedAt = new Map<number, number[]>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    if (row.kind === LOG.crashed || row.kind === LOG.stopped) {
      this.#diedAt.set(row.node, [...(this.#diedAt.get(row.node) ?? []), row.at]);
    }
    if (row.kind !== LOG.hintLost) return;
    const { hints } = this.#book.trace;
    const fate = HINT_FATES[hints.fate[row.subject] ?? 0];
    const cause = LOSS_CAUSES.find((known) => known === fate);
    if (cause === undefined) return;
    this.#book.came();
    if (this.#hasCause(cause, row)) return;
    this.#book.broken(
      row,
      () => `${hintName(row.subject)} was lost to ${cause} at ${formatInstant(row.at)}, and there was none`,
      {
        hint: row.subject,
      },
    );
  }

  #hasCause(cause: LossCause, { node, peer, at, subject }: LogRow): boolean {
    const { scenario, trace } = this.#book;
    const { hints, drain } = scenario.policy;
    const since = trace.hints.storedAt[subject] ?? NEVER;
    switch (cause) {
      case 'holderCrashed':
        return this.#hasDied(node, since);
      case 'linkCut':
        return this.#hasDied(node, since) || this.#hasDied(peer, since);
      case 'requeueRefused':
        // At the cap (H6), or without a life left when it would have been back (H9).
        return drain.ack === 'none' && (hints.maxBytes > 0 || isDueWhenBack(trace, subject));
      case 'messageLost':
        return scenario.faults.some(({ kind, from }) => (kind === 'partition' || kind === 'loss') && from <= at);
      case 'refusedByPeer':
        return drain.ack === 'none';
      case 'tornTail':
        return scenario.faults.some((fault) => fault.kind === 'crash' && fault.tornBytes > 0 && fault.node === node);
      case 'coalesced':
        return hints.coalesce;
      case 'misdelivered':
        return mayHaveMoved(scenario, node, at);
      case 'holderReplaced':
        return scenario.faults.some((fault) => fault.kind === 'replace' && fault.node === node && fault.from <= at);
      default:
        return unreachable(cause);
    }
  }

  #hasDied(node: number, since: number): boolean {
    return (this.#diedAt.get(node) ?? []).some((at) => at >= since);
  }
}
