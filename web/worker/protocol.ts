/**
 * What the page and the worker say to each other, and the door on both sides: a message is checked when it arrives.
 *
 * Every request has a number; a reply carries the number of its request. A newer `run` cancels an older one, which is
 * then never answered. A run that is `done` is followed by what was found in its trace (`checked`). Problems, notes and
 * traces are the types of the simulator, passed on as they are.
 */
import * as v from 'valibot';
import type { Note, Problem } from '../../sim/scenario/index.ts';
import { TRACE_VERSION, type Trace } from '../../sim/trace/index.ts';
import type { Findings } from './findings.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(1));

const RequestSchema = v.variant('kind', [
  v.object({
    kind: v.literal('run'),
    id,
    text: v.string(),
    /** The name of the scenario in messages. */
    file: v.string(),
    /** `path=value`, as on the command line. */
    sets: v.array(v.string()),
  }),
  v.object({ kind: v.literal('open'), id, name: v.string(), text: v.string() }),
]);
/** `run` a scenario; `open` a dropped file, i.e. make scenario text of it. */
export type Request = v.InferOutput<typeof RequestSchema>;
export type RunRequest = Extract<Request, { kind: 'run' }>;
export type OpenRequest = Extract<Request, { kind: 'open' }>;

const ReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('progress'), id, events: v.number(), now: v.number(), duration: v.number() }),
  v.object({ kind: v.literal('refused'), id, problems: v.array(v.custom<Problem>(isProblem)) }),
  v.object({
    kind: v.literal('done'),
    id,
    trace: v.custom<Trace>(isTrace),
    notes: v.array(v.custom<Note>(isRecord)),
    millis: v.number(),
  }),
  v.object({ kind: v.literal('checked'), id, findings: v.custom<Findings>(isFindings) }),
  v.object({
    kind: v.literal('opened'),
    id,
    name: v.string(),
    text: v.string(),
    notes: v.array(v.custom<Note>(isRecord)),
  }),
  v.object({ kind: v.literal('unopened'), id, name: v.string(), reason: v.string() }),
  v.object({ kind: v.literal('broken'), id, message: v.string() }),
]);
/** `broken` is a bug of ours, with its message; everything a scenario can cause is `refused`. */
export type Reply = v.InferOutput<typeof ReplySchema>;

/** The request in `data`, or undefined if it is none. */
export function parseRequest(data: unknown): Request | undefined {
  const parsed = v.safeParse(RequestSchema, data);
  return parsed.success ? parsed.output : undefined;
}

/** The reply in `data`, or undefined if it is none. Typed columns are taken over, not copied. */
export function parseReply(data: unknown): Reply | undefined {
  const parsed = v.safeParse(ReplySchema, data);
  return parsed.success ? parsed.output : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isProblem(value: unknown): boolean {
  return isRecord(value) && typeof value['line'] === 'number' && typeof value['expected'] === 'string';
}

function isFindings(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['properties']) && Array.isArray(value['staleness']);
}

/** The worker is built with the page, so its trace is known by its version and its tables, not walked through. */
function isTrace(value: unknown): boolean {
  return isRecord(value) && value['version'] === TRACE_VERSION && isRecord(value['hints']) && isRecord(value['log']);
}
