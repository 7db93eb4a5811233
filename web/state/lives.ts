/**
 * What has a life: a hint, a write or a read. Which of them a row of the log is about, its short name (`w3`, `r3`, `#17`),
 * how it lived, and what else there is to look at around it.
 */
import { unreachable } from '../../core/index.ts';
import {
  lifeOfHint,
  lifeOfRead,
  lifeOfWrite,
  LOG_KINDS,
  NONE,
  SUBJECT_OF,
  type Life,
  type Trace,
} from '../../sim/trace/index.ts';
import type { EventFilter } from '../events/event-filter.ts';
import { nameOf } from '../map/words.ts';
import type { Selection } from './selection.ts';

/** One of those that have a life. */
export type Living = Extract<Selection, { readonly kind: 'hint' | 'write' | 'read' }>;

/** Something around a life that can be selected in its place. */
export interface Neighbour {
  readonly text: string;
  readonly selection: Selection;
}

/** What a row of the log is about; undefined for rows about nodes, links and faults. */
export function subjectOfRow({ log }: Trace, row: number): Living | undefined {
  const kind = LOG_KINDS[log.kind[row] ?? NONE];
  const id = log.subject[row] ?? NONE;
  if (kind === undefined || id === NONE) return undefined;
  switch (SUBJECT_OF[kind]) {
    case 'hint':
      return { kind: 'hint', hint: id };
    case 'write':
      return { kind: 'write', write: id };
    case 'read':
      return { kind: 'read', read: id };
    case 'fault':
    case 'nothing':
      return undefined;
  }
}

/** Its name where there is little room. */
export function shortName(of: Living): string {
  switch (of.kind) {
    case 'hint':
      return `#${of.hint}`;
    case 'write':
      return `w${of.write}`;
    case 'read':
      return `r${of.read}`;
    default:
      return unreachable(of);
  }
}

/** How it lived. A read costs O(log rows + writes). */
export function lifeOf(trace: Trace, of: Living): Life {
  switch (of.kind) {
    case 'hint':
      return lifeOfHint(trace, of.hint);
    case 'write':
      return lifeOfWrite(trace, of.write);
    case 'read':
      return lifeOfRead(trace, of.read);
    default:
      return unreachable(of);
  }
}

/** The filter of the event log that lets through what is about it; of a write its hints, too. */
export function eventsOf(of: Living): EventFilter {
  switch (of.kind) {
    case 'hint':
      return { hint: of.hint };
    case 'write':
      return { write: of.write };
    case 'read':
      return { read: of.read };
    default:
      return unreachable(of);
  }
}

/** A hint's queue and write, a write's hints, what a read returned and should have returned. */
export function neighboursOf(trace: Trace, of: Living): readonly Neighbour[] {
  switch (of.kind) {
    case 'hint':
      return aroundHint(trace, of.hint);
    case 'write':
      return hintsOf(trace, of.write);
    case 'read':
      return writesOf(trace, of.read);
    default:
      return unreachable(of);
  }
}

function aroundHint(trace: Trace, hint: number): Neighbour[] {
  const holder = trace.hints.holder[hint] ?? 0;
  const peer = trace.hints.peer[hint] ?? 0;
  const queue: Neighbour = {
    text: `← queue ${nameOf(trace, holder)} → ${nameOf(trace, peer)}`,
    selection: { kind: 'queue', holder, peer },
  };
  return [queue, ...writeIn(trace, trace.hints.write[hint] ?? NONE, 'its write')];
}

function hintsOf({ writes, copies }: Trace, write: number): Neighbour[] {
  const first = writes.firstCopy[write] ?? 0;
  const end = writes.firstCopy[write + 1] ?? copies.write.length;
  const hints = [...copies.hint.subarray(first, end)].filter((hint) => hint !== NONE);
  return hints.map((hint) => ({ text: `its hint #${hint}`, selection: { kind: 'hint', hint } }));
}

function writesOf(trace: Trace, read: number): Neighbour[] {
  const value = trace.reads.value[read] ?? NONE;
  const newest = trace.reads.newest[read] ?? NONE;
  const behind = newest === value ? [] : writeIn(trace, newest, 'the newest acknowledged before it');
  return [...writeIn(trace, value, 'the write it returned'), ...behind];
}

/** A write, if there is one and the trace records it. */
function writeIn({ writes }: Trace, write: number, what: string): Neighbour[] {
  if (write < 0 || write >= writes.issuedAt.length) return [];
  return [{ text: `${what}, w${write}`, selection: { kind: 'write', write } }];
}
