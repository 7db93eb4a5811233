/**
 * The other end of a worker pool (explore-pool.ts): a thread that does one piece of work at a time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { perform } from './explore-tasks.ts';
import type { Answer, Task } from './explore-tasks.ts';
import type { Superior } from './shrink-file.ts';
import { isRaised, type StopFlag } from './stop-flag.ts';

const flag: StopFlag = workerData;
const superior: Superior = {
  isStopped: () => isRaised(flag),
  tell: (news) => parentPort?.postMessage(news),
};

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answerTo(task)));

function answerTo(task: Task): Answer {
  try {
    return perform(task, superior);
  } catch (problem) {
    return { kind: 'failed', message: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) };
  }
}
