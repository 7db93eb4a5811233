/**
 * The page's side of a comparison: a worker of its own, to which designs go one after the other. The worker keeps the
 * base's trace, so the base goes first, and a new base takes a new worker.
 */
import type { WorkerLike } from './computer.ts';
import { parseReply, type DesignRequest, type Reply } from './protocol.ts';

/** A design to run. */
export interface DesignTask {
  /** Of the design. */
  readonly design: number;
  readonly text: string;
  /** The name of the scenario in messages. */
  readonly file: string;
  /** `path=value` each. */
  readonly sets: readonly string[];
  /** The `base` is what the others are held against; of a `trial` only that is told. */
  readonly role: DesignRequest['role'];
}

/** What is told of a design that runs; all but progress is its end. */
export type DesignReply = Extract<Reply, { kind: 'progress' | 'refused' | 'studied' | 'tried' | 'broken' }>;

/** A file that scenarios may name. */
export interface NamedFile {
  readonly name: string;
  readonly text: string;
}

/** Files that a new worker is told of, at most; the oldest is forgotten first. */
const MOST_FILES = 8;

export class DesignRunner {
  readonly #make: () => WorkerLike;
  readonly #onReply: (design: number, reply: DesignReply) => void;
  readonly #files = new Map<string, string>();
  #worker: WorkerLike | undefined;
  #queue: readonly DesignTask[] = [];
  #current: { readonly id: number; readonly task: DesignTask } | undefined;
  #lastId = 0;

  constructor(make: () => WorkerLike, onReply: (design: number, reply: DesignReply) => void) {
    this.#make = make;
    this.#onReply = onReply;
  }

  /** Runs these, in order, and nothing else; one of them that runs already goes on. */
  run(tasks: readonly DesignTask[]): void {
    const running = this.#current?.task;
    const same = running && tasks.find((task) => isSame(task, running));
    this.#queue = tasks.filter((task) => task !== same);
    if (same) return;
    this.#current = undefined;
    this.#next();
  }

  /** Stops at once, and forgets the base. */
  reset(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#queue = [];
    this.#current = undefined;
  }

  /** Keeps a file that the user opened. */
  remember({ name, text }: NamedFile): void {
    this.#files.set(name, text);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MOST_FILES && oldest !== undefined) this.#files.delete(oldest);
    this.#worker?.postMessage({ kind: 'open', id: ++this.#lastId, name, text });
  }

  #next(): void {
    const [task, ...rest] = this.#queue;
    this.#queue = rest;
    if (task === undefined) return;
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastId;
    this.#current = { id, task };
    const { text, file, sets, role } = task;
    worker.postMessage({ kind: 'design', id, text, file, sets: [...sets], role });
  }

  #start(): WorkerLike {
    const worker = this.#make();
    worker.onmessage = ({ data }) => {
      const reply = parseReply(data);
      if (reply) this.#receive(reply);
      else this.#break('the worker sent a message that is not a reply');
    };
    worker.onerror = (event) => this.#break(event.message || 'the worker could not be started');
    for (const [name, text] of this.#files) worker.postMessage({ kind: 'open', id: ++this.#lastId, name, text });
    return worker;
  }

  #receive(reply: Reply): void {
    if (reply.id !== this.#current?.id) return;
    const { design } = this.#current.task;
    switch (reply.kind) {
      case 'progress':
        this.#onReply(design, reply);
        return;
      case 'refused':
      case 'studied':
      case 'tried':
        this.#current = undefined;
        this.#onReply(design, reply);
        if (this.#current === undefined) this.#next();
        return;
      case 'broken':
        this.#break(reply.message);
        return;
      default:
        return; // about files, which this worker is only told of
    }
  }

  /** A bug of ours: the worker is given up, and so is what waits for it. */
  #break(message: string): void {
    const design = this.#current?.task.design;
    this.reset();
    if (design !== undefined) this.#onReply(design, { kind: 'broken', id: this.#lastId, message });
  }
}

function isSame(a: DesignTask, b: DesignTask): boolean {
  return (
    a.design === b.design &&
    a.text === b.text &&
    a.file === b.file &&
    a.role === b.role &&
    a.sets.join('\n') === b.sets.join('\n')
  );
}
