/**
 * The page's side of the worker: sends the newest scenario, hands on what comes back, and drops answers to requests
 * that a newer one has overtaken. A worker that died is replaced at the next request.
 */
import type { PinOrder } from '../../sim/explore/pin.ts';
import { parseReply, type Reply, type Request } from './protocol.ts';

/** The part of a Worker that is needed, so that a test can stand in for one. */
export interface WorkerLike {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Replies about a run, which are of no use once a newer one was asked for. */
const OF_RUNS: ReadonlySet<Reply['kind']> = new Set<Reply['kind']>([
  'progress',
  'sketch',
  'refused',
  'done',
  'checked',
]);

export class Computer {
  readonly #make: () => WorkerLike;
  readonly #onReply: (reply: Reply) => void;
  #worker: WorkerLike | undefined;
  #lastId = 0;
  #newestRun = 0;

  constructor(make: () => WorkerLike, onReply: (reply: Reply) => void) {
    this.#make = make;
    this.#onReply = onReply;
  }

  /** Runs a scenario; whatever ran before is cancelled and never answered. */
  run(scenario: { text: string; file: string; sets: readonly string[] }): void {
    this.#newestRun = ++this.#lastId;
    this.#send({ kind: 'run', id: this.#newestRun, ...scenario, sets: [...scenario.sets] });
  }

  /** Makes scenario text of a file. */
  open(file: { name: string; text: string }): void {
    this.#send({ kind: 'open', id: ++this.#lastId, ...file });
  }

  /** Takes a saved trace for a run; once it is read, whatever ran before is overtaken. */
  openTrace(file: { name: string; bytes: Uint8Array<ArrayBuffer> }): void {
    this.#send({ kind: 'openTrace', id: ++this.#lastId, ...file });
  }

  /** Makes a file of the corpus; a run in hand goes on after it. */
  pin(order: PinOrder): void {
    this.#send({ kind: 'pin', id: ++this.#lastId, ...order, sets: [...order.sets] });
  }

  /** Stops whatever runs, at once. */
  cancel(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#newestRun = 0;
  }

  #send(request: Request): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  #start(): WorkerLike {
    const worker = this.#make();
    worker.onmessage = ({ data }) => this.#receive(parseReply(data));
    worker.onerror = (event) => {
      this.#worker = undefined;
      this.#onReply({ kind: 'broken', id: this.#lastId, message: event.message || 'the worker could not be started' });
    };
    return worker;
  }

  #receive(reply: Reply | undefined): void {
    if (!reply) {
      this.#onReply({ kind: 'broken', id: this.#lastId, message: 'the worker sent a message that is not a reply' });
      return;
    }
    if (reply.kind === 'openedTrace') {
      if (reply.id < this.#newestRun) return;
      this.#newestRun = reply.id;
    }
    if (!OF_RUNS.has(reply.kind) || reply.id === this.#newestRun) this.#onReply(reply);
  }
}

/** Makes workers, and the first of them at once: by the time that it is asked for, its script is on its way. */
export function madeAhead(make: () => WorkerLike): () => WorkerLike {
  let first: WorkerLike | undefined = make();
  // One that fails before anybody hears of it is made again for who does.
  first.onerror = () => (first = undefined);
  return () => {
    const worker = first ?? make();
    first = undefined;
    return worker;
  };
}

/** The real worker. Bundled as a file of its own, so nothing of the simulator is in the page's first script. */
export function startWorker(): WorkerLike {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'hintlab' });
}
