/**
 * Links that were closed cleanly and have not opened again: few rows of a long log, gathered once.
 */
import { LOG_KINDS, type Trace } from '../../sim/trace/index.ts';

/** A link by its ends. */
interface Pair {
  readonly node: number;
  readonly peer: number;
}

const ENDED = LOG_KINDS.indexOf('linkEnded');
const OPENED = LOG_KINDS.indexOf('linkOpened');

/** The openings and closings of a run's links, in order. Empty below level `full`. */
export class LinkEnds {
  readonly #changes: readonly (Pair & { readonly at: number; readonly isEnd: boolean })[];

  /** O(log rows). */
  constructor({ log }: Trace) {
    const changes: (Pair & { at: number; isEnd: boolean })[] = [];
    const closed = new Set<string>();
    log.kind.forEach((kind, row) => {
      if (kind !== ENDED && kind !== OPENED) return;
      const pair = { node: log.node[row] ?? 0, peer: log.peer[row] ?? 0 };
      const name = `${pair.node} ${pair.peer}`;
      // Only an opening after an end changes anything.
      if (kind === ENDED) closed.add(name);
      else if (!closed.delete(name)) return;
      changes.push({ ...pair, at: log.at[row] ?? 0, isEnd: kind === ENDED });
    });
    this.#changes = changes;
  }

  /** The links that are closed at a moment. O(changes by then). */
  closedAt(moment: number): readonly Pair[] {
    const closed = new Map<string, Pair>();
    for (const { node, peer, at, isEnd } of this.#changes) {
      if (at > moment) break;
      const name = `${node} ${peer}`;
      if (isEnd) closed.set(name, { node, peer });
      else closed.delete(name);
    }
    return [...closed.values()];
  }
}
