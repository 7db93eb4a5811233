/**
 * A workbench for tests: the real one, with a worker that works right here, in the same thread and at once.
 */
import { findingsOf } from '../../web/worker/findings.ts';
import { DesignJob } from '../../web/worker/design-job.ts';
import { openFile, openTrace } from '../../web/worker/open-file.ts';
import type { WorkerLike } from '../../web/worker/computer.ts';
import type { DesignRequest, Reply, Request } from '../../web/worker/protocol.ts';
import { pinFile } from '../../web/worker/pin-file.ts';
import { RunJob } from '../../web/worker/run-job.ts';
import { studyOf } from '../../web/worker/study.ts';
import { sweepCell } from '../../sim/explore/sweep.ts';
import { firstDivergence, type Trace } from '../../sim/trace/index.ts';
import { Workbench } from '../../web/state/workbench.svelte.ts';

/** A workbench whose runs are done when the call that started them returns. */
export function benchNow(): Workbench {
  return new Workbench(workerHere);
}

/** A worker in this thread: it has answered when `postMessage` returns. */
export function workerHere(): WorkerLike {
  let base: Trace | undefined;
  const worker: WorkerLike = {
    postMessage: (request) => answer(request),
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const answer = (request: Request) => {
    const replies = request.kind === 'design' ? [studied(request)] : repliesTo(request);
    for (const data of replies) worker.onmessage?.(new MessageEvent('message', { data }));
  };
  const studied = (request: DesignRequest): Reply => {
    const job = new DesignJob(request);
    let result = job.slice();
    while (result.kind === 'progress') result = job.slice();
    const { id } = request;
    if (result.kind === 'refused') return { ...result, id, problems: [...result.problems] };
    if (request.role === 'trial') {
      return { kind: 'tried', id, divergence: (base && firstDivergence(base, result.trace)) ?? null };
    }
    const study = studyOf(result.trace, request.role === 'base' ? undefined : base);
    if (request.role === 'base') base = result.trace;
    return { kind: 'studied', id, study, millis: 1 };
  };
  return worker;
}

function repliesTo(request: Exclude<Request, DesignRequest>): Reply[] {
  const { id } = request;
  if (request.kind === 'open') return [openFile(request)];
  if (request.kind === 'openTrace') return [openTrace(request)];
  if (request.kind === 'cell') return [{ kind: 'cell', id, cell: sweepCell(request.plan, request.place) }];
  if (request.kind === 'pin') return [pinFile(request)];
  const job = new RunJob(request);
  for (;;) {
    const result = job.slice();
    if (result.kind === 'done') {
      const done: Reply = { ...result, id, notes: [...result.notes], millis: 1 };
      return [done, { kind: 'checked', id, findings: findingsOf(result.trace) }];
    }
    if (result.kind === 'refused') return [{ ...result, id, problems: [...result.problems] }];
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
