/**
 * The other end of a worker pool (explore-pool.ts): a thread that does one piece of work at a time.
 */
import { parentPort } from 'node:worker_threads';
import { perform } from './explore-tasks.ts';
import type { Answer, Task } from './explore-tasks.ts';

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answerTo(task)));

function answerTo(task: Task): Answer {
  try {
    return perform(task);
  } catch (problem) {
    return { kind: 'failed', message: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) };
  }
}
