/**
 * Rumours: what heartbeats tell of third nodes, when a heartbeat goes to one peer by lot (push gossip). Every heartbeat
 * has a number that only grows, and carries the newest number its sender knew of each node when it was sent; a number
 * that is new to the receiver is a heartbeat of that node.
 *
 * What a node knew is kept for its last {@link ROUNDS} heartbeats. One that was under way for longer still says that its
 * sender was alive, and no more.
 */

/** Heartbeats of a node whose knowledge is kept. */
export const ROUNDS = 64;

/** A fresh process has heard nothing: the first word it gets of a node may be of one long dead, and is no heartbeat. */
const UNKNOWN = -1;

/** What all nodes know of each other's heartbeats. */
export class Rumours {
  readonly #count: number;
  /** By observer and subject: the newest number known; the own number on the diagonal. 0 before the first heartbeat. */
  readonly #known: Int32Array;
  /** By node, round and subject: what the node knew when it sent that heartbeat. */
  readonly #told: Int32Array;

  constructor(count: number) {
    this.#count = count;
    this.#known = new Int32Array(count * count);
    this.#told = new Int32Array(count * ROUNDS * count);
  }

  /** A node's process starts anew and knows nobody; its own numbers go on. */
  forget(node: number): void {
    const own = this.#known[this.#at(node, node)] ?? 0;
    this.#known.fill(UNKNOWN, this.#at(node, 0), this.#at(node + 1, 0));
    this.#known[this.#at(node, node)] = own;
  }

  /** A node sends its next heartbeat. Answers with its number. O(nodes). */
  beat(node: number): number {
    const own = this.#at(node, node);
    const number = (this.#known[own] ?? 0) + 1;
    this.#known[own] = number;
    const begin = this.#toldAt(node, number);
    const row = this.#at(node, 0);
    for (let subject = 0; subject < this.#count; subject++) {
      this.#told[begin + subject] = this.#known[row + subject] ?? UNKNOWN;
    }
    return number;
  }

  /** Takes in what a sender's heartbeat says of `subject`. True if that is a heartbeat of it, new to the observer. */
  isNews(observer: number, sender: number, number: number, subject: number): boolean {
    if (subject === observer) return false;
    const at = this.#at(observer, subject);
    const before = this.#known[at] ?? UNKNOWN;
    const after = subject === sender ? number : this.#saidOf(sender, number, subject);
    if (after <= before) return false;
    this.#known[at] = after;
    return before !== UNKNOWN || subject === sender;
  }

  /** The newest number of `subject` that a heartbeat carries, if what it carries is still kept. */
  #saidOf(sender: number, number: number, subject: number): number {
    const newest = this.#known[this.#at(sender, sender)] ?? 0;
    return newest - number < ROUNDS ? (this.#told[this.#toldAt(sender, number) + subject] ?? UNKNOWN) : UNKNOWN;
  }

  #at(observer: number, subject: number): number {
    return observer * this.#count + subject;
  }

  #toldAt(node: number, number: number): number {
    return (node * ROUNDS + (number % ROUNDS)) * this.#count;
  }
}
