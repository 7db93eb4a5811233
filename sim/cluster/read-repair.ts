/**
 * Read repair: once every replica that was asked has voted, those that answered otherwise are written the answer,
 * without asking for an acknowledgement. After dynomite-rs `dispatch.rs` 1901-1950, where the answer is the majority
 * byte for byte: an old value that two replicas have is written over the newer one (H2). Where values have versions
 * the answer is the newest, and a replica that knows a newer one ignores the repair.
 */
import { NONE } from '../trace/trace.ts';
import type { Backends } from './backends.ts';
import { ERROR, REPAIR } from './messages.ts';
import { MAX_TARGETS } from './requests.ts';
import type { Requests } from './requests.ts';
import { newestVote } from './votes.ts';
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
    const answer = values[first + this.#answerOf(request, end)] ?? NONE;
    // There is no value to write; a counter's value is no write that could be sent again.
    if (answer < 0) return;
    for (let target = 0; target < end; target++) {
      if (values[first + target] !== answer) this.#send(request, target, answer);
    }
  }

  #haveAllVoted(request: number, end: number): boolean {
    const first = request * MAX_TARGETS;
    for (let target = 0; target < end; target++) {
      if (!this.#requests.hasVoted(request, target) || this.#requests.codes[first + target] === ERROR) return false;
    }
    return true;
  }

  #answerOf(request: number, end: number): number {
    const { versions } = this.#world;
    if (versions.areOrdered) return newestVote(this.#requests, request, versions);
    let answer = 0;
    for (let target = 1; target < end; target++) {
      if (this.#countOf(request, target, end) > this.#countOf(request, answer, end)) answer = target;
    }
    return answer;
  }

  #countOf(request: number, target: number, end: number): number {
    const { values } = this.#requests;
    const first = request * MAX_TARGETS;
    let count = 0;
    for (let other = 0; other < end; other++) if (values[first + other] === values[first + target]) count++;
    return count;
  }

  #send(request: number, target: number, write: number): void {
    const { links, messages, topology, recorder, backends } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const node = this.#requests.nodes[request * MAX_TARGETS + target] ?? 0;
    const link = topology.link(coordinator, node);
    const hasRoom = node === coordinator ? backends.admits(node) : links.hasRoom(link);
    if (!hasRoom) {
      recorder.counters.refused++;
      return;
    }
    const message = messages.take(REPAIR, link, NONE, write);
    messages.key[message] = this.#requests.key[request] ?? 0;
    if (node === coordinator) links.sendToSelf(message);
    else links.send(message);
  }
}
