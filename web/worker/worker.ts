/**
 * The worker's door: takes requests, runs the newest in slices, answers. It owns the thread; the work is in
 * `run-job.ts`, `findings.ts`, `open-file.ts` and `pin-file.ts`.
 */
import { sweepCell } from '../../sim/explore/sweep.ts';
import { firstDivergence, transferables, type Trace } from '../../sim/trace/index.ts';
import { DesignJob } from './design-job.ts';
import { findingsOf } from './findings.ts';
import { openFile, openTrace } from './open-file.ts';
import {
  parseRequest,
  type DesignRequest,
  type OpenTraceRequest,
  type Reply,
  type Request,
  type RunRequest,
} from './protocol.ts';
import { pinFile } from './pin-file.ts';
import { RunJob, type SliceResult } from './run-job.ts';
import { SketchPace } from './sketch-pace.ts';
import { studyBuffers, studyOf } from './study.ts';

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 80;

/** Files opened so far, by name: a scenario may name them. The oldest is forgotten first. */
const files = new Map<string, string>();
const MOST_FILES = 8;
/** A trace up to this many bytes is copied to the page, which shows it while it is checked here. */
const MOST_COPIED = 67_108_864;

let newest = 0;
/** The trace of the first design of a comparison. */
let base: Trace | undefined;
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
  if (request.kind === 'design') return runDesign(request);
  if (request.kind === 'cell') {
    const cell = sweepCell(request.plan, request.place, fileOf);
    return reply({ kind: 'cell', id: request.id, cell });
  }
  if (request.kind === 'pin') return reply(pinFile(request));
  if (request.kind === 'openTrace') return showTrace(request);
  files.set(request.name, request.text);
  const [oldest] = files.keys();
  if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
  reply(openFile(request));
}

async function run(request: RunRequest): Promise<void> {
  const { id } = request;
  const job = new RunJob(request, fileOf);
  const pace = new SketchPace();
  const ended = await drive(id, job, (millis) => {
    const trace = pace.isDue(millis) ? job.soFar() : undefined;
    if (trace === undefined) return;
    // Copied, not moved: some columns are those that the run goes on to write.
    if (pace.isLight(trace)) replyCopy({ kind: 'sketch', id, trace });
  });
  if (ended) await finish(ended.trace, { kind: 'done', id, ...ended, notes: [...ended.notes] });
}

/** A saved trace takes the place of whatever runs. */
async function showTrace(request: OpenTraceRequest): Promise<void> {
  const opened = openTrace(request);
  if (opened.kind !== 'openedTrace') return reply(opened);
  newest = Math.max(newest, request.id);
  await finish(opened.trace, opened);
}

/** Runs a design of a comparison and tells what it came to; its trace stays here, and only if it is the base. */
async function runDesign(request: DesignRequest): Promise<void> {
  const ended = await drive(request.id, new DesignJob(request, fileOf));
  if (!ended) return;
  const { id, role } = request;
  if (role === 'trial') {
    const divergence = base === undefined ? undefined : firstDivergence(base, ended.trace);
    return reply({ kind: 'tried', id, divergence: divergence ?? null });
  }
  const study = studyOf(ended.trace, role === 'base' ? undefined : base);
  if (role === 'base') base = ended.trace;
  reply({ kind: 'studied', id, study, millis: ended.millis }, studyBuffers(study));
}

/**
 * Slice by slice to the end; undefined if it was refused, which is told, or overtaken.
 *
 * @param between called after each slice but the last with the milliseconds since the start
 */
async function drive(
  id: number,
  job: { slice(): SliceResult },
  between: (millis: number) => void = () => undefined,
): Promise<(Omit<Extract<SliceResult, { kind: 'done' }>, 'kind'> & { millis: number }) | undefined> {
  newest = id;
  const started = performance.now();
  let reported = started;
  for (;;) {
    const result = job.slice();
    const millis = performance.now() - started;
    if (result.kind === 'done') return { trace: result.trace, notes: result.notes, millis };
    if (result.kind === 'refused') {
      reply({ ...result, problems: [...result.problems], id });
      return undefined;
    }
    if (performance.now() - reported >= REPORT_EVERY) {
      reply({ ...result, id });
      reported = performance.now();
    }
    between(millis);
    await nextTurn();
    if (newest !== id) return undefined;
  }
}

function fileOf(path: string): string | undefined {
  return files.get(path.split('/').at(-1) ?? '');
}

/** Hands the trace over and tells what is found in it; a large one is checked first, so that it is never held twice. */
async function finish(trace: Trace, done: Extract<Reply, { kind: 'done' | 'openedTrace' }>): Promise<void> {
  const { id } = done;
  const buffers = transferables(trace);
  if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) > MOST_COPIED) {
    const findings = findingsOf(trace);
    reply(done, buffers);
    return reply({ kind: 'checked', id, findings });
  }
  replyCopy(done);
  await nextTurn();
  if (newest === id) reply({ kind: 'checked', id, findings: findingsOf(trace) });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve();
    turn.port2.postMessage(null);
  });
}

/** Tells a trace and keeps it. The copy is made here, where nobody waits for it, and not when the page takes it. */
function replyCopy(message: Extract<Reply, { kind: 'sketch' | 'done' | 'openedTrace' }>): void {
  const trace = structuredClone(message.trace);
  reply({ ...message, trace }, transferables(trace));
}

function reply(message: Reply, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, { transfer });
}
