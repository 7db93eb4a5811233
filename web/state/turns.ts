/**
 * The page's own work in turns. A view that is made of many parts has each of them made, or brought up to date, in a turn:
 * a few milliseconds, after which the browser may paint and answer the visitor before the next one. Without that the page
 * would stand still while it starts and when a run arrives.
 */
import { flushSync } from 'svelte';

/** Milliseconds after which a turn ends, whatever still waits. The work in hand is finished, so that turns are longer. */
const LENGTH = 4;

/** Where turns come from. */
export interface TurnHost {
  /** Milliseconds. */
  now(): number;
  /** Calls back in a task of its own. */
  next(callback: () => void): void;
  /** Told when something begins to wait, and when nothing waits any more. */
  busy(isBusy: boolean): void;
}

export class Turns {
  readonly #host: TurnHost;
  /**
   * What waits, in the order of asking. What is asked for by the work in hand stands before all else that waits, on top of
   * this stack: a part is complete before the next one begins.
   */
  readonly #levels: Set<() => void>[] = [new Set()];
  #isWorking = false;
  #isAwaited = false;

  constructor(host: TurnHost) {
    this.#host = host;
  }

  /** Does `work`, and all that follows from it on the page, in a turn to come; the answer takes it back. Cheap. */
  take(work: () => void): () => void {
    const level = this.#isWorking ? this.#levels.at(-1) : this.#levels[0];
    level?.add(work);
    this.#wake();
    return () => void level?.delete(work);
  }

  #wake(): void {
    if (this.#isAwaited || this.#isWorking) return;
    this.#isAwaited = true;
    this.#host.busy(true);
    this.#host.next(() => this.#turn());
  }

  #turn(): void {
    this.#isAwaited = false;
    this.#isWorking = true;
    const until = this.#host.now() + LENGTH;
    let work = this.#takeOut();
    try {
      while (work) {
        this.#levels.push(new Set());
        work();
        flushSync(); // what follows from it belongs to its turn
        work = this.#host.now() < until ? this.#takeOut() : undefined;
      }
    } finally {
      this.#isWorking = false;
      if (this.#levels.some(({ size }) => size > 0)) this.#wake();
      else this.#host.busy(false);
    }
  }

  /** The first of those that wait, which then does so no more. */
  #takeOut(): (() => void) | undefined {
    while (this.#levels.length > 1 && this.#levels.at(-1)?.size === 0) this.#levels.pop();
    const level = this.#levels.at(-1);
    const [first] = level ?? [];
    if (first) level?.delete(first);
    return first;
  }
}

/**
 * Turns of a browser: messages to the page itself, which unlike timers have no least delay. While parts of `root` wait to
 * be made or brought up to date it says that it is busy, to readers of screens and to whoever drives the page.
 */
export function browserTurns(root: Element): TurnHost {
  const channel = new MessageChannel();
  return {
    busy(isBusy) {
      const said = String(isBusy);
      if (root.ariaBusy !== said) root.ariaBusy = said;
    },
    now: () => performance.now(),
    next(callback) {
      channel.port1.onmessage = callback;
      channel.port2.postMessage(null);
    },
  };
}
