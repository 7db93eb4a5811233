/**
 * The naive flat list living the same life, after `test/support/naive-hint-store.ts`: what it answers is what the store
 * has to answer, and what it holds is what the store has to hold.
 */
import { bytes, HintBatch, instant, peerIndex } from '../../../core/index.ts';
import type { HintColumns, HintStoreStats } from '../../../core/index.ts';
import { NaiveHintStore } from '../../support/naive-hint-store.ts';
import type { NaiveHint } from '../../support/naive-hint-store.ts';
import type { Books } from './books.ts';
import { hintsIn } from './lived-store.ts';
import type { HeldHint, Step } from './step.ts';

const CODES = ['accepted', 'overCapacity', 'zeroTtl', 'emptyPayload'];

export class ModelBeside {
  readonly #model: NaiveHintStore;

  constructor(maxBytes: number) {
    this.#model = new NaiveHintStore(bytes(maxBytes));
  }

  /** Does the operation of the step, and says whether the store came to the same. */
  agrees(step: Step, books: Books): boolean {
    return this.#answers(step, books) && this.#holdsSame(step);
  }

  /** The columns forget everything, as in a crash, and so does the list. */
  agreesOnForgetting(columns: HintColumns): boolean {
    const dropped = new HintBatch();
    const count = columns.clear(dropped);
    const lost = this.#model.clear();
    return count === lost.length && areThose(hintsIn(dropped), lost) && this.#booksAgree(columns.stats());
  }

  #answers({ operation, now, answer, handedOut, expired, atMost, sweptAt }: Step, books: Books): boolean {
    const model = this.#model;
    switch (operation.op) {
      case 'enqueue': {
        const serial = books.issued.size;
        const result = model.enqueue(now, peerIndex(operation.peer), serial, operation.bytes, operation.ttl);
        return CODES[answer ?? -1] === result.kind;
      }
      case 'takeFor': {
        const taken = this.#takeFront(now, operation.peer, atMost);
        return areThose(handedOut, taken.live) && areThose(expired, taken.expired);
      }
      case 'expireNow': {
        const due = model.sweep(instant(sweptAt));
        return answer === due.length && areThose(expired, due);
      }
      default:
        return true;
    }
  }

  /** From the front of a queue: what is due, and live hints up to so many. */
  #takeFront(now: number, peer: number, atMost: number): { readonly live: NaiveHint[]; readonly expired: NaiveHint[] } {
    const [live, expired, kept]: [NaiveHint[], NaiveHint[], NaiveHint[]] = [[], [], []];
    for (const hint of this.#model.hints) {
      const isLeft = hint.peer !== peer || live.length === atMost;
      (isLeft ? kept : hint.deadline <= now ? expired : live).push(hint);
    }
    this.#model.hints = kept;
    this.#model.expiredTotal += expired.length;
    return { live, expired };
  }

  #booksAgree({ hintCount, bytes: held, expiredTotal, rejectedOverCapacityTotal }: HintStoreStats): boolean {
    const expected = this.#model.stats();
    if (hintCount !== expected.hintCount || held !== expected.bytes) return false;
    return expiredTotal === expected.expiredTotal && rejectedOverCapacityTotal === expected.rejectedOverCapacityTotal;
  }

  #holdsSame({ after }: Step): boolean {
    if (!this.#booksAgree(after.stats)) return false;
    // By peer: hints of the list that were met so far.
    const met = new Map<number, number>();
    for (const hint of this.#model.hints) {
      const place = met.get(hint.peer) ?? 0;
      if (!isThat(after.queues.get(hint.peer)?.[place], hint)) return false;
      met.set(hint.peer, place + 1);
    }
    return [...after.queues].every(([peer, { length }]) => length === (met.get(peer) ?? 0));
  }
}

/** The same hints, in the same order. */
function areThose(hints: readonly HeldHint[], expected: readonly NaiveHint[]): boolean {
  return hints.length === expected.length && expected.every((hint, index) => isThat(hints[index], hint));
}

/** A serial is a reference. */
function isThat(hint: HeldHint | undefined, { serial, byteLength, deadline }: NaiveHint): boolean {
  return hint?.reference === serial && hint.byteLength === byteLength && hint.deadline === deadline;
}
