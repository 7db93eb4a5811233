/**
 * A node's process: how it starts, dies, stops and comes back, and in which order the parts of the cluster are told.
 * The backend's data outlives the process; a replaced node has none.
 */
import type { Backends } from './backends.ts';
import type { Coordinator } from './coordinator.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Handoff } from './handoff.ts';
import { GOODBYE } from './messages.ts';
import { NONE } from '../trace/trace.ts';
import type { World } from './world.ts';

/** Everyone who has to know. */
export interface LifecycleWorld extends World {
  readonly handoff: Handoff;
  readonly backends: Backends;
  readonly coordinator: Coordinator;
  readonly detector: FailureDetector;
}

export class Lifecycle {
  readonly #world: LifecycleWorld;

  constructor(world: LifecycleWorld) {
    this.#world = world;
  }

  /** The process runs, for the first time or again. */
  start(node: number): void {
    this.#world.detector.started(node);
    this.#world.handoff.started(node);
  }

  /**
   * The process dies at once.
   *
   * @param isPower the machine lost power, and what its disk had not synced
   * @param tornBytes stray bytes of an append that was cut short; 0 for none
   */
  crash(node: number, isPower = false, tornBytes = 0): void {
    const { kernel, nodes, recorder, links, handoff } = this.#world;
    nodes.crash(node);
    recorder.crashed(kernel.now, node);
    links.cut(node);
    handoff.crashed(node, isPower, tornBytes);
    this.#forget(node);
  }

  /** The process stops gracefully: it says goodbye, writes its hints out where it has a disk, and closes its links. */
  stop(node: number): void {
    const { kernel, nodes, recorder, links, handoff } = this.#world;
    this.#sayGoodbye(node);
    nodes.crash(node);
    recorder.stopped(kernel.now, node);
    links.close(node);
    handoff.stopped(node);
    this.#forget(node);
  }

  /** The process is back. */
  restart(node: number): void {
    const { kernel, nodes, recorder, links } = this.#world;
    nodes.restart(node, kernel.now);
    recorder.restarted(kernel.now, node);
    links.restore(node);
    this.start(node);
  }

  /** The machine is gone for good: an empty one will take its name. */
  replace(node: number): void {
    // Its hints first: a crash would blame the process for what went with the disk.
    this.#world.handoff.replaced(node);
    this.crash(node);
    this.#world.backends.replaced(node);
  }

  #forget(node: number): void {
    const { backends, coordinator, detector } = this.#world;
    backends.crashed(node);
    coordinator.crashed(node);
    detector.crashed(node);
  }

  #sayGoodbye(node: number): void {
    const { links, messages, nodes, topology } = this.#world;
    for (let peer = 0; peer < topology.count; peer++) {
      if (peer !== node && links.hasRoom(topology.link(node, peer))) {
        links.send(messages.take(GOODBYE, node, peer, NONE, nodes.incarnation(node)));
      }
    }
  }
}
