/**
 * Clients: they send requests, wait for answers, and act on them. In an open loop requests come at their own instants,
 * whatever the cluster answers; in a closed loop each client thinks, asks, and waits. A failed request may be sent again,
 * to the next coordinator, after a backoff that doubles; an acknowledged write may be probed: its key is read exactly so
 * long after the acknowledgement, through the same coordinator.
 *
 * An answer may come within the call that asks, so nothing is sent in reply to one: what follows is an event.
 */
import { assert, duration, later } from '../../core/index.ts';
import type { Duration, Instant } from '../../core/index.ts';
import { GET, OPERATIONS, probeDelays } from '../scenario/model/workload.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import type { Operation } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import { ClientClass } from './client-class.ts';
import type { RequestSink } from './coordinator.ts';
import { ARRIVAL, CLIENT_WAKE } from './kernel.ts';
import { noOrigin } from './request-origin.ts';
import type { RequestWorld } from './script.ts';
import { turnAway } from './turned-away.ts';
import { PROBE, RETRY, THINK, Wakes } from './wakes.ts';

/** All classes of clients of a scenario. */
export class Clients implements RequestSink {
  readonly #world: RequestWorld;
  readonly #classes: readonly ClientClass[];
  readonly #wakes = new Wakes();
  readonly #delays: readonly Duration[];
  /** Filled in for every request. */
  readonly #origin = noOrigin();

  constructor(world: RequestWorld, scenario: Pick<Scenario, 'workloads'>) {
    const { workloads } = scenario;
    this.#world = world;
    this.#delays = probeDelays(workloads);
    this.#classes = workloads.map((workload) => new ClientClass(workload, world.nodes, world.kernel.streams));
    this.#classes.forEach((clients, index) => this.#begin(clients, index));
  }

  /** Bytes of what clients wait for. */
  get weight(): number {
    return this.#wakes.weight;
  }

  /** Event `ARRIVAL`: one request of an open loop, and the timer for the next. */
  arrived(workload: number): void {
    const clients = this.#class(workload);
    this.#scheduleNext(clients, workload);
    this.#sendNew(clients, workload, NONE);
  }

  /** Event `CLIENT_WAKE`: a client thinks no more, backs off no more, or probes. */
  woke(row: number, generation: number): void {
    const wakes = this.#wakes;
    wakes.free(row, generation);
    const workload = wakes.workload[row] ?? NONE;
    const client = wakes.client[row] ?? NONE;
    const clients = this.#class(workload);
    if (wakes.action[row] === THINK) return this.#sendNew(clients, workload, client);
    const node = wakes.coordinator[row] ?? 0;
    const key = wakes.key[row] ?? 0;
    if (wakes.action[row] === PROBE) {
      this.#setOrigin(workload, NONE, 0);
      this.#origin.probeOf = wakes.write[row] ?? NONE;
      this.#origin.probeDelay = wakes.probeDelay[row] ?? NONE;
      return this.#send(clients, 'get', key, 0, this.#world.nodes.isUp(node) ? node : NONE, node);
    }
    this.#setOrigin(workload, client, wakes.attempt[row] ?? 0);
    this.#origin.retryOf = wakes.write[row] ?? NONE;
    const operation = operationAt(wakes.operation[row] ?? GET);
    this.#send(clients, operation, key, wakes.bytes[row] ?? 0, clients.coordinatorAfter(node), node);
  }

  /** A request has its answer or its error; what comes of it is scheduled. */
  resolved(request: number, isOk: boolean): void {
    const { requests } = this.#world.coordinator;
    const workload = requests.workload[request] ?? NONE;
    if (workload === NONE || requests.probeOf[request] !== NONE) return;
    const clients = this.#class(workload);
    const client = requests.client[request] ?? NONE;
    // An answer that nobody waits for and that is not probed: most of them.
    if (isOk && client === NONE && clients.workload.probes.length === 0) return;
    const operation = requests.operation[request] ?? GET;
    const attempt = requests.attempt[request] ?? 0;
    const id = requests.id[request] ?? NONE;
    const key = requests.key[request] ?? 0;
    const node = requests.coordinator[request] ?? 0;
    if (!isOk && attempt < clients.workload.retries) {
      const row = this.#repeatLater(clients, workload, client, attempt);
      return this.#describe(row, operation, key, requests.bytes[request] ?? 0, node, id);
    }
    if (isOk && operation !== GET) this.#probe(clients, workload, key, node, id);
    this.#thinkOn(clients, workload, client, requests.issuedAt[request] === this.#world.kernel.now);
  }

  #class(workload: number): ClientClass {
    const clients = this.#classes[workload];
    assert(clients !== undefined, 'every workload has its class of clients', workload);
    return clients;
  }

  #begin(clients: ClientClass, workload: number): void {
    const { arrivals, from } = clients.workload;
    if (arrivals.kind !== 'closed') return this.#scheduleNext(clients, workload);
    for (let client = 0; client < arrivals.clients; client++) {
      this.#wakeAt(later(from, clients.thinkTime()), this.#wakes.take(THINK, workload, client));
    }
  }

  #scheduleNext(clients: ClientClass, workload: number): void {
    const at = clients.arrivals?.next();
    assert(at !== undefined, 'only an open loop has arrivals', workload);
    if (at <= clients.workload.until) this.#world.kernel.at(at, ARRIVAL, workload, 0);
  }

  /** A request by the luck of its class. */
  #sendNew(clients: ClientClass, workload: number, client: number): void {
    const operation = clients.operation();
    const key = clients.key();
    const node = clients.coordinator();
    const bytes = operation === 'get' ? 0 : clients.size.sample(operation);
    this.#setOrigin(workload, client, 0);
    this.#send(clients, operation, key, bytes, node, clients.workload.coordinators[0] ?? 0);
  }

  #setOrigin(workload: number, client: number, attempt: number): void {
    const origin = this.#origin;
    origin.workload = workload;
    origin.client = client;
    origin.attempt = attempt;
    origin.retryOf = NONE;
    origin.probeOf = NONE;
    origin.probeDelay = NONE;
  }

  /** Sends a request to `node`; if that is NONE, it fails at the coordinator `instead`, and the client acts on that. */
  #send(clients: ClientClass, operation: Operation, key: number, bytes: number, node: number, instead: number): void {
    const { coordinator } = this.#world;
    const { consistency, retries } = clients.workload;
    const origin = this.#origin;
    if (node !== NONE) {
      if (operation === 'get') coordinator.read(node, key, consistency.read, origin);
      else coordinator.write(node, key, bytes, operation, consistency.write, origin);
      return;
    }
    const id = turnAway(this.#world, instead, operation, key, bytes, origin);
    const { workload, client, attempt, probeOf } = origin;
    if (probeOf !== NONE) return;
    if (attempt < retries) {
      const row = this.#repeatLater(clients, workload, client, attempt);
      this.#describe(row, OPERATIONS.indexOf(operation), key, bytes, instead, id);
    } else this.#thinkOn(clients, workload, client, true);
  }

  /** A failed request will be sent again; answers with the row that is to {@link #describe} it. */
  #repeatLater(clients: ClientClass, workload: number, client: number, attempt: number): number {
    const row = this.#wakes.take(RETRY, workload, client);
    this.#wakes.attempt[row] = attempt + 1;
    this.#wakeAt(later(this.#world.kernel.now, clients.backoff(attempt)), row);
    return row;
  }

  #describe(row: number, operation: number, key: number, bytes: number, node: number, id: number): void {
    const wakes = this.#wakes;
    wakes.operation[row] = operation;
    wakes.key[row] = key;
    wakes.bytes[row] = bytes;
    wakes.coordinator[row] = node;
    wakes.write[row] = operation === GET ? NONE : id;
  }

  /** An acknowledged write will be read at each probe delay of its class. */
  #probe(clients: ClientClass, workload: number, key: number, node: number, write: number): void {
    const wakes = this.#wakes;
    for (const delay of clients.workload.probes) {
      const row = wakes.take(PROBE, workload, NONE);
      wakes.key[row] = key;
      wakes.coordinator[row] = node;
      wakes.write[row] = write;
      wakes.probeDelay[row] = this.#delays.indexOf(delay);
      this.#wakeAt(later(this.#world.kernel.now, delay), row);
    }
  }

  /**
   * A client of a closed loop will send its next request. One that thinks no time and was answered in no time waits for
   * a microsecond: time must go on.
   */
  #thinkOn(clients: ClientClass, workload: number, client: number, tookNoTime: boolean): void {
    if (client === NONE) return;
    const think = clients.thinkTime();
    const at = later(this.#world.kernel.now, think === 0 && tookNoTime ? duration(1) : think);
    if (at <= clients.workload.until) this.#wakeAt(at, this.#wakes.take(THINK, workload, client));
  }

  #wakeAt(at: Instant, row: number): void {
    this.#world.kernel.at(at, CLIENT_WAKE, row, this.#wakes.generation[row] ?? 0);
  }
}

function operationAt(code: number): Operation {
  const operation = OPERATIONS[code];
  assert(operation !== undefined, 'an operation has a name', code);
  return operation;
}
