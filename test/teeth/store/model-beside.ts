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
    const [live, expired]: [NaiveHint[], NaiveHint[]] = [[], []];
    for (const hint of this.#model.hints) {
      if (hint.peer !== peer || live.length === atMost) continue;
      (hint.deadline <= now ? expired : live).push(hint);
    }
    this.#model.hints = this.#model.hints.filter((hint) => !live.includes(hint) && !expired.includes(hint));
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
    return [...after.queues].every(([peer, queue]) =>
      areThose(
        queue,
        this.#model.hints.filter((hint) => hint.peer === peer),
      ),
    );
  }
}

/** The same hints, in the same order; a serial is a reference. */
function areThose(hints: readonly HeldHint[], expected: readonly NaiveHint[]): boolean {
  return (
    hints.length === expected.length &&
    expected.every(({ serial, byteLength, deadline }, index) => {
      const hint = hints[index];
      return hint?.reference === serial && hint.byteLength === byteLength && hint.deadline === deadline;
    })
  );
}
