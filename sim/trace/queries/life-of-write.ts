/**
 * The life of a write: whom it was sent to, who got a hint instead, what its client was told, and who has it in the
 * end. Complete at level `full`; at level `hints` only what its hints tell.
 */
import { unreachable } from '../../../core/index.ts';
import { cell } from '../cell.ts';
import { formatBytes } from '../format.ts';
import { DROP_CAUSES, NEVER, NOBODY, NONE, WRITE_OUTCOMES } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { inOrder, stepOf } from './life.ts';
import type { Life, LifeStep } from './life.ts';
import { courseOfHint } from './course-of-hint.ts';
import { endOfWrite } from './end-of-write.ts';
import { keyName, nodeName, writeName } from './names.ts';
import { copiesOf, copyUnsent, routeOf } from './write-sentences.ts';

/** The ways of a write to reach a replica without a hint. */
const ARRIVALS = ['copyApplied', 'copyIgnored', 'repairApplied'] as const;

/** The life of a write by its id. At `full` O(log rows from its issue on), at `hints` O(hints + refusals). */
export function lifeOfWrite(trace: Trace, write: number): Life {
  if (trace.level !== 'full') return lifeByHints(trace, write);
  const { writes } = trace;
  if (!Number.isInteger(write) || write < 0 || write >= writes.issuedAt.length) {
    return { title: `${writeName(write)} is not in this trace`, steps: [] };
  }
  const coordinator = cell(writes.coordinator, write);
  const size = formatBytes(cell(writes.bytes, write));
  const about = `${keyName(trace, cell(writes.key, write))}, ${size}, through ${nodeName(trace, coordinator)}`;
  const outcome = WRITE_OUTCOMES[cell(writes.outcome, write)] ?? 'pending';
  const steps = [
    stepOf(trace, writeHappening(trace, write, 'writeIssued', cell(writes.issuedAt, write))),
    ...copySteps(trace, write),
    resolution(trace, write, outcome),
    ...endOfWrite(trace, write),
  ];
  return { title: `${writeName(write)} (${about}): ${outcome}`, steps: inOrder(steps) };
}

function writeHappening({ writes }: Trace, write: number, kind: Happening['kind'], at: number): Happening {
  return { kind, at, node: cell(writes.coordinator, write), peer: NOBODY, subject: write };
}

function copySteps(trace: Trace, write: number): readonly LifeStep[] {
  const { first, end } = copiesOf(trace, write);
  const steps: LifeStep[] = [];
  for (let copy = first; copy < end; copy++) steps.push(...stepsOfCopy(trace, write, copy));
  return steps;
}

/** How a copy set out, what became of it, and the course of its hint if it has one. */
function stepsOfCopy(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const hint = cell(trace.copies.hint, copy);
  const course = hint === NONE ? [] : courseOfHint(trace, hint);
  return [...departure(trace, write, copy), ...drop(trace, write, copy), ...arrival(trace, write, copy), ...course];
}

function departure(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const at = cell(trace.writes.issuedAt, write);
  const node = cell(trace.writes.coordinator, write);
  const peer = cell(trace.copies.replica, copy);
  const route = routeOf(trace, copy);
  switch (route) {
    case 'hinted':
      return [];
    case 'refused':
    case 'windowClosed':
    case 'diskRefused':
    case 'overloaded':
      return [stepOf(trace, { kind: 'hintRefused', at, node, peer, subject: write })];
    case 'unsent':
      return [{ at, text: copyUnsent(trace, node, peer) }];
    case 'direct':
      return [stepOf(trace, { kind: 'copySent', at, node, peer, subject: write })];
    default:
      return unreachable(route);
  }
}

/** The direct copy was lost. */
function drop(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const at = cell(trace.copies.droppedAt, copy);
  if (at === NEVER) return [];
  const cause = DROP_CAUSES[cell(trace.copies.dropCause, copy)];
  const kind = cause === 'refusedByPeer' || cause === 'tooLate' ? 'copyRefused' : 'copyDropped';
  const ends = { node: cell(trace.writes.coordinator, write), peer: cell(trace.copies.replica, copy) };
  return [stepOf(trace, { kind, at, ...ends, subject: write })];
}

/** It reached the replica without a hint: directly, or by read repair. */
function arrival(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const at = cell(trace.copies.appliedAt, copy);
  if (at === NEVER) return [];
  const ends = { node: cell(trace.copies.replica, copy), peer: cell(trace.writes.coordinator, write) };
  const steps = ARRIVALS.map((kind) => stepOf(trace, { kind, at, ...ends, subject: write }));
  return steps.filter(({ entry }) => entry !== undefined);
}

function resolution(trace: Trace, write: number, outcome: (typeof WRITE_OUTCOMES)[number]): LifeStep {
  const at = cell(trace.writes.resolvedAt, write);
  if (outcome === 'pending') return { at: trace.endedAt, text: 'the run ended before its client was told anything' };
  return stepOf(trace, writeHappening(trace, write, outcome === 'acked' ? 'writeAcked' : 'writeFailed', at));
}

function lifeByHints(trace: Trace, write: number): Life {
  const { hints, refusals } = trace;
  const steps: LifeStep[] = [];
  hints.write.forEach((owner, hint) => {
    if (owner === write) steps.push(...courseOfHint(trace, hint));
  });
  refusals.write.forEach((owner, row) => {
    if (owner !== write) return;
    const at = cell(refusals.at, row);
    const node = cell(refusals.holder, row);
    steps.push(stepOf(trace, { kind: 'hintRefused', at, node, peer: cell(refusals.peer, row), subject: write }));
  });
  const known = steps.length === 0 ? 'no hints of it' : 'only its hints';
  return { title: `${writeName(write)}: ${known} in this trace (level ${trace.level})`, steps: inOrder(steps) };
}
