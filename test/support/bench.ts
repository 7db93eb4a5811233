/**
 * A workbench for tests: the real one, with a worker that works right here, in the same thread and at once.
 */
import { openFile } from '../../web/worker/open-file.ts';
import type { WorkerLike } from '../../web/worker/computer.ts';
import type { Reply, Request } from '../../web/worker/protocol.ts';
import { RunJob } from '../../web/worker/run-job.ts';
import { Workbench } from '../../web/state/workbench.svelte.ts';

/** A workbench whose runs are done when the call that started them returns. */
export function benchNow(): Workbench {
  return new Workbench(workerHere);
}

function workerHere(): WorkerLike {
  const worker: WorkerLike = {
    postMessage: (request) => answer(request),
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const answer = (request: Request) => worker.onmessage?.(new MessageEvent('message', { data: replyTo(request) }));
  return worker;
}

function replyTo(request: Request): Reply {
  if (request.kind === 'open') return openFile(request);
  const job = new RunJob(request);
  for (;;) {
    const result = job.slice();
    if (result.kind === 'done') return { ...result, id: request.id, notes: [...result.notes], millis: 1 };
    if (result.kind === 'refused') return { ...result, id: request.id, problems: [...result.problems] };
  }
}

/** Five seconds of down time in a minute: small enough for a test, large enough to store hints. */
export const SMALL = [
  'hintlab: 1',
  'name: small',
  'duration: 1m',
  'nodes: [a, b, c]',
  'detector: { fixed: { down: 1s, up: 1s } }',
  'workload: { rate: 10/s, payload: 100B, coordinators: [a] }',
  'faults:',
  '  - { crash: b, at: 10s, for: 5s }',
  '',
].join('\n');
