/**
 * Channels: what waits at the near end of each link, in order, as chains through the message pool. A chain is all that
 * is here; when a message may enter and when it leaves is for the links to say.
 */
import { assert } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { HINT } from './messages.ts';
import type { Messages } from './messages.ts';

/** The channels of all links. Every operation is O(1). */
export class Channels {
  readonly #messages: Messages;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #waiting: Int32Array;
  readonly #hints: Int32Array;

  constructor(messages: Messages, links: number) {
    this.#messages = messages;
    this.#head = new Int32Array(links).fill(NONE);
    this.#tail = new Int32Array(links).fill(NONE);
    this.#waiting = new Int32Array(links);
    this.#hints = new Int32Array(links);
  }

  /** Messages that wait. */
  waiting(link: number): number {
    return this.#waiting[link] ?? 0;
  }

  /** Those of them that are hints on their way. */
  hints(link: number): number {
    return this.#hints[link] ?? 0;
  }

  /** The message that leaves next, or NONE. */
  first(link: number): number {
    return this.#head[link] ?? NONE;
  }

  /** Adds a message at the tail. */
  push(link: number, message: number): void {
    const tail = this.#tail[link] ?? NONE;
    if (tail === NONE) this.#head[link] = message;
    else this.#messages.next[tail] = message;
    this.#messages.next[message] = NONE;
    this.#tail[link] = message;
    this.#count(link, message, 1);
  }

  /** Removes the message at the head, which there must be. */
  shift(link: number): number {
    const message = this.first(link);
    assert(message !== NONE, 'only a channel with messages waiting gives one out', link);
    this.#head[link] = this.#messages.next[message] ?? NONE;
    if (this.#head[link] === NONE) this.#tail[link] = NONE;
    this.#messages.next[message] = NONE;
    this.#count(link, message, -1);
    return message;
  }

  #count(link: number, message: number, by: number): void {
    this.#waiting[link] = (this.#waiting[link] ?? 0) + by;
    if (this.#messages.kind[message] === HINT) this.#hints[link] = (this.#hints[link] ?? 0) + by;
  }
}
