/**
 * How many hints wait in every queue at an instant, all queues at once: what a map shows beside its nodes.
 *
 * A hint waits from `storedAt` up to `leftAt`, so the depth of a queue is those stored by then less those gone by then:
 * two ordered columns a queue, and no series to build.
 */
import { countUpTo } from '../cell.ts';
import { pairOf } from '../pairs.ts';
import { NEVER } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { queueLanes } from './queues.ts';

/** The depth of one queue. */
export interface QueueDepth {
  readonly holder: number;
  readonly peer: number;
  readonly hints: number;
}

interface Queue {
  readonly holder: number;
  readonly peer: number;
  /** Ascending. */
  readonly storedAt: Float64Array;
  /** Ascending, without those that never left. */
  readonly leftAt: Float64Array;
}

/** Every queue of a run over time. From level `hints`; below it there are none. */
export class QueueDepths {
  readonly #queues: readonly Queue[];

  /** O(n log n) in the hints. */
  constructor(trace: Trace) {
    const lanes = queueLanes(trace);
    const queues = lanes.map(({ holder, peer, hints }) => ({
      ...{ holder, peer, stored: 0 },
      storedAt: new Float64Array(hints),
      leftAt: new Float64Array(hints),
    }));
    const byPair = new Map(queues.map((queue) => [pairOf(queue.holder, queue.peer), queue]));
    const { hints } = trace;
    for (let row = 0; row < hints.storedAt.length; row++) {
      const queue = byPair.get(pairOf(hints.holder[row] ?? 0, hints.peer[row] ?? 0));
      if (queue === undefined) continue;
      queue.storedAt[queue.stored] = hints.storedAt[row] ?? 0;
      queue.leftAt[queue.stored++] = hints.leftAt[row] ?? NEVER;
    }
    this.#queues = queues.map(({ holder, peer, storedAt, leftAt }) => {
      const ordered = leftAt.sort();
      return { holder, peer, storedAt, leftAt: ordered.subarray(0, countUpTo(ordered, Number.MAX_VALUE)) };
    });
  }

  /** The most hints that any one queue was given in the whole run. */
  get mostStored(): number {
    return this.#queues.reduce((most, { storedAt }) => Math.max(most, storedAt.length), 0);
  }

  /** The queues in which any hint waits at an instant, by holder, then peer. O(queues · log n). */
  at(instant: number): readonly QueueDepth[] {
    const waiting: QueueDepth[] = [];
    for (const { holder, peer, storedAt, leftAt } of this.#queues) {
      const hints = countUpTo(storedAt, instant) - countUpTo(leftAt, instant);
      if (hints > 0) waiting.push({ holder, peer, hints });
    }
    return waiting;
  }
}
