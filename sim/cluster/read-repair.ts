/**
 * Read repair: once every replica that was asked has voted, those that answered otherwise are written the answer,
 * without asking for an acknowledgement. After dynomite-rs `dispatch.rs` 1901-1950, where the answer is the majority
 * byte for byte: an old value that two replicas have is written over the newer one (H2). Where values have versions
 * the answer is the newest, and a replica that knows a newer one ignores the repair. One that somebody answered for is
 * away, and gets none.
 */
import { NONE } from '../trace/trace.ts';
import type { Backends } from './backends.ts';
import { ERROR, REPAIR } from './messages.ts';
import { MAX_TARGETS } from './requests.ts';
import type { Requests } from './requests.ts';
import { hasRoom } from './room.ts';
import { mostFrequentVote, newestVote } from './votes.ts';
import type { World } from './world.ts';

/** What repair needs beside the world. */
export interface RepairWorld extends World {
  readonly backends: Backends;
}

export class ReadRepair {
  readonly #world: RepairWorld;
  readonly #requests: Requests;

  constructor(world: RepairWorld, requests: Requests) {
    this.#world = world;
    this.#requests = requests;
  }

  /** A read is over. Nothing happens unless all that were asked have answered, and not all alike. */
  repair(request: number): void {
    const { values, targets } = this.#requests;
    const first = request * MAX_TARGETS;
    const end = targets[request] ?? 0;
    if (end < 2 || !this.#haveAllVoted(request, end)) return;
    const answer = values[first + this.#answerOf(request)] ?? NONE;
    // There is no value to write; a counter's value is no write that could be sent again.
    if (answer < 0) return;
    for (let target = 0; target < end; target++) {
      if (values[first + target] !== answer && this.#requests.isAsked(request, target)) {
        this.#send(request, target, answer);
      }
    }
  }

  #haveAllVoted(request: number, end: number): boolean {
    const first = request * MAX_TARGETS;
    for (let target = 0; target < end; target++) {
      if (!this.#requests.hasVoted(request, target) || this.#requests.codes[first + target] === ERROR) return false;
    }
    return true;
  }

  #answerOf(request: number): number {
    const { versions } = this.#world;
    return versions.areOrdered
      ? newestVote(this.#requests, request, versions)
      : mostFrequentVote(this.#requests, request);
  }

  #send(request: number, target: number, write: number): void {
    const { links, messages } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const node = this.#requests.nodes[request * MAX_TARGETS + target] ?? 0;
    if (!hasRoom(this.#world, coordinator, node)) return;
    const message = messages.take(REPAIR, coordinator, node, NONE, write);
    messages.key[message] = this.#requests.key[request] ?? 0;
    links.send(message);
  }
}
