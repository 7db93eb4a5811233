/**
 * What the page and the worker say to each other, and the door on both sides: a message is checked when it arrives.
 *
 * Every request has a number; a reply carries the number of its request. A newer `run` cancels an older one, which is
 * then never answered. A run that takes long is shown while it goes on (`sketch`); one that is `done` is followed by what was found in its trace (`checked`); a design of a
 * comparison is answered with its study alone (`studied`), a trial with where it parts from the base (`tried`). Problems, notes and
 * traces are the types of the simulator, passed on as they are.
 */
import * as v from 'valibot';
import type { CellPlace, SweepCell, SweepPlan } from '../../sim/explore/sweep-plan.ts';
import type { Note, Problem } from '../../sim/scenario/index.ts';
import { TRACE_VERSION, type Divergence, type Trace } from '../../sim/trace/index.ts';
import type { Findings } from './findings.ts';
import type { Study } from './study.ts';

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
  v.object({
    kind: v.literal('design'),
    id,
    text: v.string(),
    file: v.string(),
    sets: v.array(v.string()),
    /** The `base` is what the next ones are held against; of a `trial` only that is told. */
    role: v.picklist(['base', 'other', 'trial']),
  }),
  v.object({ kind: v.literal('cell'), id, plan: v.custom<SweepPlan>(isPlan), place: v.custom<CellPlace>(isPlace) }),
  v.object({
    kind: v.literal('pin'),
    id,
    text: v.string(),
    file: v.string(),
    sets: v.array(v.string()),
    /** Id of the property whose violation is pinned. */
    property: v.string(),
  }),
  v.object({ kind: v.literal('open'), id, name: v.string(), text: v.string() }),
  v.object({ kind: v.literal('openTrace'), id, name: v.string(), bytes: v.instance(Uint8Array) }),
]);
/** `run` a scenario, a `design` of a comparison or a `cell` of a sweep; `pin` what a scenario violates, i.e. make a file of the corpus; `open` a dropped file, i.e. make scenario text of it, or a saved trace. */
export type Request = v.InferOutput<typeof RequestSchema>;
export type RunRequest = Extract<Request, { kind: 'run' }>;
export type DesignRequest = Extract<Request, { kind: 'design' }>;
export type PinRequest = Extract<Request, { kind: 'pin' }>;
export type OpenRequest = Extract<Request, { kind: 'open' }>;
export type OpenTraceRequest = Extract<Request, { kind: 'openTrace' }>;

const ReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('progress'), id, events: v.number(), now: v.number(), duration: v.number() }),
  v.object({ kind: v.literal('refused'), id, problems: v.array(v.custom<Problem>(isProblem)) }),
  v.object({ kind: v.literal('sketch'), id, trace: v.custom<Trace>(isTrace) }),
  v.object({
    kind: v.literal('done'),
    id,
    trace: v.custom<Trace>(isTrace),
    notes: v.array(v.custom<Note>(isRecord)),
    millis: v.number(),
  }),
  v.object({ kind: v.literal('checked'), id, findings: v.custom<Findings>(isFindings) }),
  v.object({ kind: v.literal('studied'), id, study: v.custom<Study>(isStudy), millis: v.number() }),
  v.object({ kind: v.literal('cell'), id, cell: v.custom<SweepCell>(isCell) }),
  v.object({ kind: v.literal('tried'), id, divergence: v.nullable(v.custom<Divergence>(isRecord)) }),
  v.object({ kind: v.literal('pinned'), id, name: v.string(), text: v.string() }),
  v.object({ kind: v.literal('unpinned'), id, reason: v.string() }),
  v.object({
    kind: v.literal('opened'),
    id,
    name: v.string(),
    text: v.string(),
    notes: v.array(v.custom<Note>(isRecord)),
  }),
  v.object({ kind: v.literal('openedTrace'), id, name: v.string(), trace: v.custom<Trace>(isTrace) }),
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

function isStudy(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['outcomes']) && Array.isArray(value['series']);
}

function isPlan(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    typeof value['seeds'] === 'number' &&
    Array.isArray(value['sets']) &&
    isRecord(value['x']) &&
    isRecord(value['y'])
  );
}

function isPlace(value: unknown): boolean {
  return isRecord(value) && typeof value['x'] === 'number' && typeof value['y'] === 'number';
}

function isCell(value: unknown): boolean {
  return isRecord(value) && isPlace(value) && Array.isArray(value['runs']) && isRecord(value['theory']);
}

/** The worker is built with the page, so its trace is known by its version and its tables, not walked through. */
function isTrace(value: unknown): boolean {
  return isRecord(value) && value['version'] === TRACE_VERSION && isRecord(value['hints']) && isRecord(value['log']);
}
