/**
 * Threads for a hunt. Work is handed out a piece at a time, so that a slow piece holds nobody up, and a hunt that is
 * interrupted has only to wait for the pieces under way.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Answer, Task } from './explore-tasks.ts';

/** Run from the sources, and not from the package. */
const IS_SOURCE = import.meta.url.endsWith('.ts');

/** So many threads, each with a piece of work or none. */
export class Pool {
  readonly #workers: readonly Worker[];

  /** @param size threads; at least one */
  constructor(size: number) {
    this.#workers = Array.from({ length: size }, started);
  }

  /**
   * Does pieces of work until `next` has no more, and hands each answer to `done`, in whatever order they are ready.
   * Rejects with our bug if a piece fails.
   */
  async work(next: () => Task | undefined, done: (answer: Answer) => void): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (let task = next(); task !== undefined; task = next()) done(await answerOf(worker, task));
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** A thread. It does not inherit the loader that the sources need, so there it begins with a line that loads that. */
function started(): Worker {
  if (!IS_SOURCE) return new Worker(new URL('./explore-worker.js', import.meta.url));
  // The door that `require` would find beside it leads elsewhere.
  const loader = new URL('./api/index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm'))).href;
  const file = new URL('./explore-worker.ts', import.meta.url).href;
  return new Worker(`import('${loader}').then(({ register }) => (register(), import('${file}')))`, { eval: true });
}

function answerOf(worker: Worker, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      act();
    };
    const onMessage = (answer: Answer): void =>
      settle(() => (answer.kind === 'failed' ? reject(new Error(answer.message)) : resolve(answer)));
    const onError = (problem: unknown): void =>
      settle(() => reject(problem instanceof Error ? problem : new Error(String(problem))));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(task);
  });
}
