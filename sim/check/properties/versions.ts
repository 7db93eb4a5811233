/**
 * C1, C3 and C4: what replicas have of a key. It was written by somebody, it never goes back to an older write, and a
 * write that comes twice counts once.
 */
import { INCREMENT } from '../../scenario/model/workload.ts';
import { formatInstant, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { goesBack } from '../history.ts';
import type { History } from '../history.ts';
import type { Finding, Violation } from '../finding.ts';
import type { Property } from '../property.ts';

/** Looked at is what replicas hold at the end: each value is a write of the trace, and one of its key. */
export const C1: Property = {
  id: 'C1',
  kind: 'always',
  sentence: 'Every value that a replica holds was written by a client, under that key.',
  source: 'properties §2.3, C1',
  level: 'full',
  check: isWritten,
};

/**
 * Newer is issued later by the clients. Exercised by each write that reaches a replica which has a newer one of its key;
 * violated if it is kept. Increments among themselves have no order. A replaced replica begins anew.
 */
export const C3: Property = {
  id: 'C3',
  kind: 'always',
  sentence: 'The value of a key at a replica never goes back to an older write.',
  source: 'properties §2.3, C3 (handoff-systems H1–H5)',
  level: 'full',
  check: neverGoesBack,
};

/**
 * Exercised by each write that reaches a replica again. Violated if that changes what the replica has: an increment is
 * added twice, or an old value comes back over a newer one.
 */
export const C4: Property = {
  id: 'C4',
  kind: 'always',
  sentence: 'A write that reaches a replica again changes nothing there.',
  source: 'properties §2.3, C4 (handoff-systems H24)',
  level: 'full',
  check: countsOnce,
};

function isWritten({ trace }: CheckContext): Finding {
  const { values, writes, endedAt } = trace;
  const cases = new Cases();
  for (let row = 0; row < values.write.length; row++) {
    cases.came();
    const write = values.write[row] ?? NONE;
    const key = values.key[row] ?? 0;
    if (writes.key[write] === key) continue;
    cases.failed(endedAt, () => ({
      event: NONE,
      write,
      detail: `in the end ${nodeName(trace, values.replica[row] ?? NONE)} has ${writeName(write)} under key ${key}, which it did not write`,
    }));
  }
  return cases.finding('values at replicas', 'no replica holds a value');
}

function neverGoesBack({ trace, history }: CheckContext): Finding {
  const cases = new Cases();
  for (let at = 0; at < history.write.length; at++) {
    const [write, before] = [history.write[at] ?? NONE, history.before[at] ?? NONE];
    if (write >= before) continue;
    const isBack = goesBack(history, at, trace);
    if (isBack || history.isIgnored[at] === true) cases.came();
    if (isBack) cases.failed(instantOf(trace, history, at), () => setback(trace, history, at, ''));
  }
  return cases.finding('writes that met a newer one at their replica', 'no write met a newer one at its replica');
}

function countsOnce({ trace, history }: CheckContext): Finding {
  const cases = new Cases();
  for (let at = 0; at < history.write.length; at++) {
    if (history.isRepeat[at] !== true) continue;
    cases.came();
    if (history.isIgnored[at] === true) continue;
    const when = instantOf(trace, history, at);
    const write = history.write[at] ?? NONE;
    if (trace.writes.operation[write] === INCREMENT) {
      const replica = nodeName(trace, history.replica[at] ?? NONE);
      const detail = `${replica} added ${writeName(write)}, an increment, again at ${formatInstant(when)}`;
      cases.failed(when, () => ({ event: history.entry[at] ?? NONE, write, detail }));
    } else if (goesBack(history, at, trace)) {
      cases.failed(when, () => setback(trace, history, at, ' for the second time'));
    }
  }
  return cases.finding('writes that reached a replica again', 'no write reached a replica twice');
}

function setback(trace: Trace, history: History, at: number, again: string): Omit<Violation, 'at'> {
  const write = history.write[at] ?? NONE;
  const newer = history.before[at] ?? NONE;
  const when = formatInstant(instantOf(trace, history, at));
  const replica = nodeName(trace, history.replica[at] ?? NONE);
  return {
    event: history.entry[at] ?? NONE,
    write,
    detail: `${replica} applied ${writeName(write)}${again} at ${when} over ${writeName(newer)}, which was issued later`,
  };
}

function instantOf({ log }: Trace, history: History, at: number): number {
  return log.at[history.entry[at] ?? NONE] ?? 0;
}
