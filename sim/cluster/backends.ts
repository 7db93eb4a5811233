/**
 * The backends: what every node does with a request, a hint or a repair that reached it, once its service queue says
 * it is their turn. They execute on the data and leave the reply in the message; the sink sends it.
 *
 * The data survives a crash of the process, which loses queued and running work, and is gone when the node is replaced.
 */
import { assert } from '../../core/index.ts';
import { keyCount } from '../scenario/model/key-count.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { DELETE, SET } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import { ERROR, INTEGER, KEEP, OK, READ } from './messages.ts';
import type { Messages } from './messages.ts';
import { COUNTER, IGNORED, ReplicaStore } from './replica-store.ts';
import { ServiceQueue } from './service-queue.ts';
import type { ServiceWorld } from './service-queue.ts';
import type { Versions } from './versions.ts';

/** What backends act on. */
export interface BackendWorld extends ServiceWorld {
  readonly versions: Versions;
}

/** Whoever sends the replies. The message is the sink's from then on. */
export interface BackendSink {
  /** Executed: `messages.code`, and of a read `messages.value`, are the reply. */
  executed(message: number): void;
  /** The queue is full or the backend is loading: `messages.code` is ERROR. */
  refused(message: number): void;
  /** Dropped instead of executed, because its requester had given up. Nobody replies. */
  late(message: number): void;
  /** It was queued or running when the process died. */
  died(message: number): void;
}

/** The backends of all nodes. */
export class Backends {
  /** The write, hint or repair executed last changed nothing: the replica holds a newer one. */
  wasIgnored = false;
  readonly #messages: Messages;
  readonly #versions: Versions;
  /** Deletes and increments reply what they found: nothing tells newer from older, as in Redis. */
  readonly #hasCommands: boolean;
  readonly #sink: BackendSink;
  readonly #service: ServiceQueue;
  readonly #stores: readonly ReplicaStore[];

  constructor(world: BackendWorld, scenario: Scenario, sink: BackendSink) {
    this.#messages = world.messages;
    this.#versions = world.versions;
    this.#hasCommands = world.versions.isNeeded && !world.versions.areOrdered;
    this.#sink = sink;
    this.#service = new ServiceQueue(world, scenario, {
      served: (node, message) => this.#execute(node, message),
      refused: (message) => this.#refuse(message),
      late: (message) => sink.late(message),
      died: (message) => sink.died(message),
    });
    const keys = keyCount(scenario);
    const { gcGrace } = scenario.policy.receiver;
    this.#stores = scenario.nodes.map(() => new ReplicaStore(keys, world.versions, gcGrace, world.kernel));
  }

  /** Bytes of the data and of the queues. */
  get weight(): number {
    return this.#stores.reduce((sum, store) => sum + store.weight, this.#service.weight);
  }

  /** Times that a write met one that neither knew of, over all replicas. */
  get concurrent(): number {
    return this.#stores.reduce((sum, store) => sum + store.concurrent, 0);
  }

  /** The data of a node. */
  store(node: number): ReplicaStore {
    const store = this.#stores[node];
    assert(store !== undefined, 'every node has a backend', node);
    return store;
  }

  /** What a node would reply to a read now. */
  read(node: number, key: number): number {
    return this.store(node).read(key);
  }

  /** The write that one coordinated by this node now is made upon, or NONE. */
  version(node: number, key: number): number {
    return this.store(node).version(key);
  }

  /** A message is at the backend that executes it. */
  arrived(node: number, message: number): void {
    if (this.#service.isDirect(node)) this.#execute(node, message);
    else this.#service.arrived(node, message);
  }

  /** Event `SERVICE_DONE`. */
  served(server: number, epoch: number): void {
    this.#service.served(server, epoch);
  }

  /** The backend would take another message, to execute it or to let it wait; it may still refuse while loading. */
  hasRoom(node: number): boolean {
    return this.#service.hasRoom(node);
  }

  /** As {@link hasRoom}, for one who brings a request: that there is none counts as a refusal. */
  admits(node: number): boolean {
    if (this.hasRoom(node)) return true;
    this.#service.turnedAway(node);
    return false;
  }

  /** The backend starts or stops refusing everything. Calls come in pairs. */
  setLoading(node: number, isOn: boolean): void {
    this.#service.setLoading(node, isOn);
  }

  /** The backend freezes or thaws. Calls come in pairs. */
  setStalled(node: number, isOn: boolean): void {
    this.#service.setStalled(node, isOn);
  }

  /** Service that starts from now on takes `factor` times as long. */
  setSlow(node: number, factor: number): void {
    this.#service.setSlow(node, factor);
  }

  /** The process died with all that it was at; its data stays. */
  crashed(node: number): void {
    this.#service.crashed(node);
  }

  /** An empty node takes the name of this one. */
  replaced(node: number): void {
    this.store(node).clear();
  }

  /** The node collects its tombstones, whatever their age. */
  collect(node: number): void {
    this.store(node).collect();
  }

  #execute(node: number, message: number): void {
    const messages = this.#messages;
    const kind = messages.kind[message] ?? 0;
    if (kind === READ) messages.value[message] = this.read(node, messages.key[message] ?? 0);
    // What is kept for another node costs service, and is no business of this one's data.
    else if (kind < KEEP) this.#apply(node, message);
    this.#sink.executed(message);
  }

  #apply(node: number, message: number): void {
    const messages = this.#messages;
    const store = this.store(node);
    const key = messages.key[message] ?? 0;
    const write = messages.value[message] ?? 0;
    if (this.#hasCommands && this.#versions.operationOf(write) !== SET) {
      messages.code[message] = this.#commandReply(store, key, write);
      this.wasIgnored = false;
      return;
    }
    messages.code[message] = OK;
    this.wasIgnored = store.apply(key, write) === IGNORED;
  }

  /** Applies a delete or an increment as Redis does, and says what Redis replies: keys removed, or the new count. */
  #commandReply(store: ReplicaStore, key: number, write: number): number {
    const before = store.read(key);
    store.apply(key, write);
    if (this.#versions.operationOf(write) === DELETE) return INTEGER + (before === NONE ? 0 : 1);
    return INTEGER + COUNTER - store.read(key);
  }

  #refuse(message: number): void {
    this.#messages.code[message] = ERROR;
    this.#sink.refused(message);
  }
}
