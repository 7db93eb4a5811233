/**
 * The example store without a process: its source, whole or patched, is loaded as a module, and a talk is carried to it by
 * calling it. The lines are the same as over a pipe.
 */
import { readFileSync } from 'node:fs';
import type { Received, Talk } from '../../sim/conform/index.ts';
import type { Patch } from './broken-stores.ts';

const EXAMPLE = new URL('../../sim/conform/example/', import.meta.url);

/** A subject: from a request line to a reply line. */
export type Subject = (line: string) => string;

/** Makes subjects of the example store with `patches` applied, each of which must find its text exactly once. */
export async function exampleSubject(patches: readonly Patch[] = []): Promise<() => Subject> {
  const source = patchedSource(patches);
  const { RingStore } = await load(`data:text/javascript,${encodeURIComponent(source)}`);
  const { answersOf } = await load(new URL('answers.mjs', EXAMPLE).href);
  return () => subjectOf(answersOf, RingStore);
}

/** The source of the example store with `patches` applied. */
export function patchedSource(patches: readonly Patch[]): string {
  let source = readFileSync(new URL('ring-store.mjs', EXAMPLE), 'utf8');
  for (const { find, replace } of patches) {
    const pieces = source.split(find);
    if (pieces.length !== 2) throw new Error(`a patch finds its text ${pieces.length - 1} times: ${find}`);
    source = pieces.join(replace);
  }
  return source;
}

/** Carries a talk to a function; a subject that throws has ended. */
export function carryTo<Result>(talk: Talk<Result>, makeSubject: () => Subject): Result {
  let subject = makeSubject();
  let step = talk.next();
  while (step.done !== true) {
    if (step.value.fresh) subject = makeSubject();
    step = talk.next(replies(subject, step.value.lines));
  }
  return step.value;
}

function replies(subject: Subject, requests: readonly string[]): Received {
  const lines: string[] = [];
  try {
    for (const request of requests) lines.push(subject(request));
    return { lines };
  } catch (problem) {
    return { lines, breakdown: { kind: 'ended', how: String(problem), stderr: '' } };
  }
}

function subjectOf(answersOf: unknown, RingStore: unknown): Subject {
  if (typeof answersOf !== 'function' || typeof RingStore !== 'function')
    throw new Error('the example has other names');
  const answer: unknown = answersOf((maxBytes: number): unknown => Reflect.construct(RingStore, [maxBytes]));
  return (line) => {
    const reply: unknown = typeof answer === 'function' ? answer(line) : undefined;
    return String(reply);
  };
}

async function load(url: string): Promise<Readonly<Record<string, unknown>>> {
  const module: unknown = await import(/* @vite-ignore */ url);
  return typeof module === 'object' && module !== null ? { ...module } : {};
}

/** Where the example is as a process. */
export const EXAMPLE_PROCESS = new URL('subject.mjs', EXAMPLE);
