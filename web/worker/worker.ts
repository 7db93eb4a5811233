/**
 * The worker's door: takes requests, runs the newest in slices, answers. It owns the thread; the work is in
 * `run-job.ts`, `findings.ts` and `open-file.ts`.
 */
import { transferables, type Trace } from '../../sim/trace/index.ts';
import { findingsOf } from './findings.ts';
import { openFile } from './open-file.ts';
import { parseRequest, type Reply, type Request, type RunRequest } from './protocol.ts';
import { RunJob } from './run-job.ts';

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 80;

/** Files opened so far, by name: a scenario may name them. The oldest is forgotten first. */
const files = new Map<string, string>();
const MOST_FILES = 8;
/** A trace up to this many bytes is copied to the page, which shows it while it is checked here. */
const MOST_COPIED = 67_108_864;

let newest = 0;
/**
 * A message to ourselves ends the turn, so that waiting requests are heard; unlike a timer it has no least delay. A run
 * that a newer one has overtaken is never resumed.
 */
const turn = new MessageChannel();

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const request = parseRequest(data);
  if (!request) throw new Error('the page sent a message that is not a request');
  void handle(request).catch((cause: unknown) => {
    reply({ kind: 'broken', id: request.id, message: cause instanceof Error ? cause.message : String(cause) });
  });
};

async function handle(request: Request): Promise<void> {
  if (request.kind === 'run') return run(request);
  files.set(request.name, request.text);
  const [oldest] = files.keys();
  if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
  reply(openFile(request));
}

async function run(request: RunRequest): Promise<void> {
  newest = request.id;
  const job = new RunJob(request, (path) => files.get(path.split('/').at(-1) ?? ''));
  const started = performance.now();
  let reported = started;
  for (;;) {
    const result = job.slice();
    const millis = performance.now() - started;
    if (result.kind === 'done') {
      return finish(result.trace, { ...result, notes: [...result.notes], id: request.id, millis });
    }
    if (result.kind === 'refused') return reply({ ...result, problems: [...result.problems], id: request.id });
    if (performance.now() - reported >= REPORT_EVERY) {
      reply({ ...result, id: request.id });
      reported = performance.now();
    }
    await nextTurn();
    if (newest !== request.id) return;
  }
}

/** Hands the trace over and tells what is found in it; a large one is checked first, so that it is never held twice. */
async function finish(trace: Trace, done: Extract<Reply, { kind: 'done' }>): Promise<void> {
  const { id } = done;
  const buffers = transferables(trace);
  if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_COPIED) {
    const findings = findingsOf(trace);
    reply(done, buffers);
    return reply({ kind: 'checked', id, findings });
  }
  reply(done);
  await nextTurn();
  if (newest === id) reply({ kind: 'checked', id, findings: findingsOf(trace) });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve();
    turn.port2.postMessage(null);
  });
}

function reply(message: Reply, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, { transfer });
}
