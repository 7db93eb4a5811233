/**
 * Losses: messages that the wire has swallowed. Whoever waits for one is told in the instant of the loss, but in an event
 * of its own: the handler that sent the message is not done with it yet.
 */
import { NONE } from '../trace/trace.ts';
import type { DropCause } from '../trace/trace.ts';
import { LINK_PUMP } from './kernel.ts';
import type { Wires } from './wires.ts';

/** Who is told of a message that is gone, and frees its row. */
export interface LossSink {
  lost(message: number, cause: DropCause): void;
}

/** In the place of an epoch, in an event `LINK_PUMP`: no channel is to be seen to, but the losses. */
export const LOSSES = -1;

/** The messages lost in this instant, as a chain through the message pool. */
export class Losses {
  readonly #world: Pick<Wires, 'kernel' | 'messages'>;
  readonly #sink: LossSink;
  #first = NONE;
  #last = NONE;

  constructor(world: Pick<Wires, 'kernel' | 'messages'>, sink: LossSink) {
    this.#world = world;
    this.#sink = sink;
  }

  /** A message gets lost now. */
  add(message: number): void {
    const { kernel, messages } = this.#world;
    messages.next[message] = NONE;
    if (this.#first === NONE) {
      this.#first = message;
      kernel.at(kernel.now, LINK_PUMP, 0, LOSSES);
    } else messages.next[this.#last] = message;
    this.#last = message;
  }

  /** Tells of all messages lost so far; what gets lost through the telling has an event of its own again. */
  tell(): void {
    let message = this.#first;
    this.#first = NONE;
    while (message !== NONE) {
      const next = this.#world.messages.next[message] ?? NONE;
      this.#sink.lost(message, 'messageLost');
      message = next;
    }
  }
}
