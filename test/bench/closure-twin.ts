/**
 * The story `single-outage` the way a simulator is usually written first: closures in an object heap, an object per
 * message, per request and per hint, maps and arrays everywhere. Same rules, same result, so that a bench can say what
 * the columns of sim/ are worth. Only what that story needs is here: three nodes, one coordinator, constant latencies,
 * no digest, no named streams, no trace beyond the clients' outcomes.
 */

interface Task {
  readonly at: number;
  readonly seq: number;
  readonly act: () => void;
}

/** A binary heap of tasks by (at, seq). */
class TaskHeap {
  readonly #tasks: Task[] = [];
  #seq = 0;

  push(at: number, act: () => void): void {
    const tasks = this.#tasks;
    const task = { at, seq: this.#seq++, act };
    let index = tasks.length;
    tasks.push(task);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = tasks[parent];
      if (above === undefined || !isBefore(task, above)) break;
      tasks[index] = above;
      index = parent;
    }
    tasks[index] = task;
  }

  pop(): Task | undefined {
    const tasks = this.#tasks;
    const first = tasks[0];
    const last = tasks.pop();
    if (first === undefined || last === undefined || tasks.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let least = tasks[child];
      if (least === undefined) break;
      const right = tasks[child + 1];
      if (right !== undefined && isBefore(right, least)) {
        least = right;
        child++;
      }
      if (!isBefore(least, last)) break;
      tasks[index] = least;
      index = child;
    }
    tasks[index] = last;
    return first;
  }
}

function isBefore(one: Task, other: Task): boolean {
  return one.at < other.at || (one.at === other.at && one.seq < other.seq);
}

interface Hint {
  readonly key: number;
  readonly write: number;
  readonly bytes: number;
  readonly deadline: number;
}

interface Message {
  readonly arrive: () => void;
}

interface Link {
  isOpen: boolean;
  epoch: number;
  waiting: Message[];
  burst: number;
  burstTurn: number;
}

interface Node {
  isUp: boolean;
  incarnation: number;
  readonly believesDown: Set<number>;
  readonly heard: Map<number, { last: number; intervals: number[] }>;
  hints: Map<number, Hint[]>;
  bytes: number;
  readonly data: Map<number, number>;
}

/** What the story comes to; a test holds it against the simulator's counters. */
export interface TwinResult {
  readonly events: number;
  readonly acked: number;
  readonly failed: number;
  readonly stored: number;
  readonly delivered: number;
  readonly requeued: number;
}

const SECOND = 1_000_000;
const LATENCY = 1_000;
const LOCAL = 100;
const LAST_ARRIVAL = 890 * SECOND;
const CLIENT_TIMEOUT = 5 * SECOND;
const BUCKET = SECOND / 2;
const SLOTS = 256;
const MAX_BYTES = 64 * 1_048_576;
const TTL = 86_400 * SECOND;
const CONVICTION = 8 * 2.302585092994046;

/** Runs the story to its end. @param rate writes per second; the story has 100 */
export function runTwin(rate = 100): TwinResult {
  const twin = new Twin(rate);
  return twin.run();
}

class Twin {
  readonly #heap = new TaskHeap();
  readonly #nodes: Node[] = [0, 1, 2].map(() => ({
    isUp: true,
    incarnation: 0,
    believesDown: new Set<number>(),
    heard: new Map<number, { last: number; intervals: number[] }>(),
    hints: new Map<number, Hint[]>(),
    bytes: 0,
    data: new Map<number, number>(),
  }));
  readonly #links = new Map<string, Link>();
  readonly #result = { events: 0, acked: 0, failed: 0, stored: 0, delivered: 0, requeued: 0 };
  readonly #outcomes = new Map<number, { answered: number; latencySum: number; latencyMax: number }>();
  readonly #rate: number;
  #seed = 1;
  #now = 0;
  #writes = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  run(): TwinResult {
    const heap = this.#heap;
    heap.push(60.5 * SECOND, () => this.#crash(1));
    heap.push(360.5 * SECOND, () => this.#restart(1));
    for (let self = 0; self < this.#nodes.length; self++) this.#start(self);
    heap.push(SECOND / this.#rate, () => this.#arrive(1));
    for (let task = heap.pop(); task !== undefined && task.at <= 4_200 * SECOND; task = heap.pop()) {
      this.#now = task.at;
      this.#result.events++;
      task.act();
    }
    return this.#result;
  }

  #after(time: number, act: () => void): void {
    this.#heap.push(this.#now + time, act);
  }

  #node(index: number): Node {
    const node = this.#nodes[index];
    if (node === undefined) throw new Error(`no node ${index}`);
    return node;
  }

  #link(from: number, to: number): Link {
    const name = `${from}>${to}`;
    const known = this.#links.get(name);
    if (known !== undefined) return known;
    const link = { isOpen: true, epoch: 0, waiting: [], burst: 0, burstTurn: -1 };
    this.#links.set(name, link);
    return link;
  }

  #send(from: number, to: number, arrive: () => void): boolean {
    const link = this.#link(from, to);
    const burst = link.burstTurn === this.#result.events ? link.burst : 0;
    if (link.waiting.length + burst >= SLOTS) return false;
    if (link.isOpen) {
      link.burst = burst + 1;
      link.burstTurn = this.#result.events;
      this.#depart(link, arrive);
    } else link.waiting.push({ arrive });
    return true;
  }

  #depart(link: Link, arrive: () => void): void {
    const { epoch } = link;
    this.#after(LATENCY, () => {
      if (link.epoch === epoch) arrive();
    });
  }

  #open(link: Link, epoch: number): void {
    if (link.epoch !== epoch || link.isOpen) return;
    link.isOpen = true;
    for (const message of link.waiting.splice(0)) this.#depart(link, message.arrive);
  }

  #keep(holder: number, peer: number, hint: Hint): boolean {
    const node = this.#node(holder);
    if (node.bytes + hint.bytes > MAX_BYTES) return false;
    const queue = node.hints.get(peer) ?? [];
    node.hints.set(peer, queue);
    queue.push(hint);
    node.bytes += hint.bytes;
    return true;
  }

  #drain(holder: number, incarnation: number): void {
    const node = this.#node(holder);
    if (!node.isUp || node.incarnation !== incarnation) return;
    this.#after(0, () => this.#sweep(holder));
    this.#after(30 * SECOND, () => this.#drain(holder, incarnation));
  }

  #sweep(holder: number): void {
    const node = this.#node(holder);
    for (const [peer, queue] of node.hints) {
      node.hints.set(
        peer,
        queue.filter((hint) => hint.deadline > this.#now),
      );
    }
    node.bytes = [...node.hints.values()].flat().reduce((sum, hint) => sum + hint.bytes, 0);
    for (let peer = 0; peer < this.#nodes.length; peer++) {
      const queue = node.hints.get(peer);
      if (peer === holder || node.believesDown.has(peer) || queue === undefined) continue;
      node.hints.delete(peer);
      for (const hint of queue) this.#replay(holder, peer, hint);
    }
  }

  #replay(holder: number, peer: number, hint: Hint): void {
    this.#node(holder).bytes -= hint.bytes;
    const arrive = (): void => {
      this.#node(peer).data.set(hint.key, hint.write);
      this.#result.delivered++;
    };
    if (this.#send(holder, peer, arrive)) return;
    this.#keep(holder, peer, hint);
    this.#result.requeued++;
  }

  #gossip(self: number, incarnation: number): void {
    const node = this.#node(self);
    if (!node.isUp || node.incarnation !== incarnation) return;
    for (let peer = 0; peer < this.#nodes.length; peer++) {
      if (peer !== self) this.#send(self, peer, () => this.#heard(peer, self));
    }
    for (const [peer, { last, intervals }] of node.heard) {
      const mean = intervals.reduce((sum, interval) => sum + interval, 0) / Math.max(1, intervals.length);
      const patience = CONVICTION * Math.max(mean, SECOND);
      if (intervals.length > 0 && this.#now - last > patience) node.believesDown.add(peer);
    }
    this.#after(SECOND, () => this.#gossip(self, incarnation));
  }

  #heard(observer: number, peer: number): void {
    const node = this.#node(observer);
    const known = node.heard.get(peer);
    if (known === undefined) node.heard.set(peer, { last: this.#now, intervals: [] });
    else {
      known.intervals.push(this.#now - known.last);
      if (known.intervals.length > 100) known.intervals.shift();
      known.last = this.#now;
    }
    node.believesDown.delete(peer);
  }

  #start(self: number): void {
    const node = this.#node(self);
    node.heard.clear();
    for (let peer = 0; peer < this.#nodes.length; peer++) if (peer !== self) node.believesDown.add(peer);
    this.#after(0, () => this.#gossip(self, node.incarnation));
    this.#after(0, () => this.#drain(self, node.incarnation));
  }

  #crash(self: number): void {
    const node = this.#node(self);
    node.isUp = false;
    node.hints.clear();
    node.bytes = 0;
    for (let other = 0; other < this.#nodes.length; other++) {
      if (other === self) continue;
      for (const link of [this.#link(self, other), this.#link(other, self)]) {
        link.isOpen = false;
        link.epoch++;
      }
      this.#link(self, other).waiting = [];
    }
  }

  #restart(self: number): void {
    const node = this.#node(self);
    node.isUp = true;
    node.incarnation++;
    for (let other = 0; other < this.#nodes.length; other++) {
      if (other === self) continue;
      const own = this.#link(self, other);
      this.#open(own, own.epoch);
      const back = this.#link(other, self);
      const { epoch } = back;
      this.#after(SECOND, () => this.#open(back, epoch));
    }
    this.#start(self);
  }

  #arrive(ordinal: number): void {
    const next = ((ordinal + 1) * SECOND) / this.#rate;
    if (next <= LAST_ARRIVAL) this.#heap.push(next, () => this.#arrive(ordinal + 1));
    this.#write(0);
  }

  #write(coordinator: number): void {
    const id = this.#writes++;
    const key = this.#draw(10_000);
    const node = this.#node(coordinator);
    const vote = this.#request(2);
    for (let replica = 0; replica < this.#nodes.length; replica++) {
      const apply = (): void => {
        this.#node(replica).data.set(key, id);
        if (replica === coordinator) vote();
        else this.#after(LATENCY, vote);
      };
      if (replica === coordinator) this.#after(LOCAL, apply);
      else if (node.believesDown.has(replica) || !this.#send(coordinator, replica, apply)) {
        const hint = { key, write: id, bytes: 200, deadline: this.#now + TTL };
        if (!this.#keep(coordinator, replica, hint)) continue;
        this.#result.stored++;
        vote();
      }
    }
  }

  /** A request under way, with its client's timeout: answers with the function that casts a vote. */
  #request(needed: number): () => void {
    const request = { votes: 0, issuedAt: this.#now, isResolved: false };
    this.#after(CLIENT_TIMEOUT, () => {
      if (request.isResolved) return;
      request.isResolved = true;
      this.#result.failed++;
    });
    return () => {
      request.votes++;
      if (request.votes < needed || request.isResolved) return;
      request.isResolved = true;
      this.#result.acked++;
      this.#answered(this.#now - request.issuedAt);
    };
  }

  /** Client outcomes over time, in buckets. */
  #answered(latency: number): void {
    const start = Math.floor(this.#now / BUCKET);
    const bucket = this.#outcomes.get(start) ?? { answered: 0, latencySum: 0, latencyMax: 0 };
    this.#outcomes.set(start, bucket);
    bucket.answered++;
    bucket.latencySum += latency;
    bucket.latencyMax = Math.max(bucket.latencyMax, latency);
  }

  /** An integer 0 … count − 1 from a seeded generator (mulberry32). */
  #draw(count: number): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count) | 0;
  }
}
