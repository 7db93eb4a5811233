/**
 * Threads for a hunt, a sweep or a reduction. Work is handed out a piece at a time, so that a slow piece holds nobody up;
 * and as no piece is done on the main thread, that one hears Ctrl-C at any time, and the others see it by a flag.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Answer, Task } from './explore-tasks.ts';
import type { ShrinkNews } from './shrink-file.ts';
import { raise, type StopFlag, stopFlag } from './stop-flag.ts';

/** How often the main thread looks whether somebody wants to stop, in milliseconds. */
const LOOK_EVERY_MILLIS = 50;

/** Run from the sources, and not from the package. */
const IS_SOURCE = import.meta.url.endsWith('.ts');

/** So many threads, each with a piece of work or none. */
export class Pool {
  readonly #stop = stopFlag();
  readonly #workers: readonly Worker[];
  readonly #isStopped: () => boolean;
  readonly #timer: NodeJS.Timeout;

  /**
   * @param size threads; at least one
   * @param isStopped whether somebody wants to stop: pieces under way then end as soon as they can
   */
  constructor(size: number, isStopped: () => boolean = () => false) {
    this.#workers = Array.from({ length: size }, () => started(this.#stop));
    this.#isStopped = isStopped;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MILLIS);
  }

  /**
   * Does pieces of work until `next` has no more, and hands each answer to `done`, in whatever order they are ready; what
   * a piece has to say before, to `told`. Rejects with our bug if a piece fails.
   */
  async work(
    next: () => Task | undefined,
    done: (answer: Answer) => void,
    told: (news: ShrinkNews) => void = () => undefined,
  ): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (let task = next(); task !== undefined; task = next()) {
          // What is handed out after somebody wanted to stop is known to be late from its start.
          this.#look();
          done(await answerOf(worker, task, told));
        }
      }),
    );
  }

  /** Ends all threads, whatever they are at: of a piece under way nothing more is heard. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #look(): void {
    if (this.#isStopped()) raise(this.#stop);
  }
}

/** A thread. It does not inherit the loader that the sources need, so there it begins with a line that loads that. */
function started(workerData: StopFlag): Worker {
  if (!IS_SOURCE) return new Worker(new URL('./explore-worker.js', import.meta.url), { workerData });
  // The door that `require` would find beside it leads elsewhere.
  const loader = new URL('./api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm'))).href;
  const file = new URL('./explore-worker.ts', import.meta.url).href;
  return new Worker(`import('${loader}').then(({ register }) => (register(), import('${file}')))`, {
    eval: true,
    workerData,
  });
}

function answerOf(worker: Worker, task: Task, told: (news: ShrinkNews) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      act();
    };
    const onMessage = (message: Answer | ShrinkNews): void => {
      if (message.kind === 'stage' || message.kind === 'smaller') return told(message);
      settle(() => (message.kind === 'failed' ? reject(new Error(message.message)) : resolve(message)));
    };
    const onError = (problem: unknown): void =>
      settle(() => reject(problem instanceof Error ? problem : new Error(String(problem))));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(task);
  });
}
