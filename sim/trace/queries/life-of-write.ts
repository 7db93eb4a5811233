/**
 * The life of a write: whom it was sent to, who got a hint instead, what its client was told, and who has it in the
 * end. Complete at level `full`; at level `hints` only what its hints tell.
 */
import { cell, countBefore } from '../cell.ts';
import { formatBytes, formatCount } from '../format.ts';
import { LOG } from '../log-codes.ts';
import { NEVER, NOBODY, WRITE_OUTCOMES } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { inOrder, stepOf } from './life.ts';
import type { Life, LifeStep } from './life.ts';
import { courseOfHint } from './life-of-hint.ts';
import { nodeName, nodeNames, writeName } from './names.ts';
import { copiesOf, copyUnsent, holdersAt, routeOf } from './write-sentences.ts';

/** The life of a write by its id. At `full` O(log rows from its issue on), at `hints` O(hints + refusals). */
export function lifeOfWrite(trace: Trace, write: number): Life {
  if (trace.level !== 'full') return lifeByHints(trace, write);
  const { writes } = trace;
  if (!Number.isInteger(write) || write < 0 || write >= writes.issuedAt.length) {
    return { title: `${writeName(write)} is not in this trace`, steps: [] };
  }
  const coordinator = cell(writes.coordinator, write);
  const size = formatBytes(cell(writes.bytes, write));
  const about = `key ${formatCount(cell(writes.key, write))}, ${size}, through ${nodeName(trace, coordinator)}`;
  const outcome = WRITE_OUTCOMES[cell(writes.outcome, write)] ?? 'pending';
  const steps = [
    stepOf(trace, writeHappening(trace, write, 'writeIssued', cell(writes.issuedAt, write))),
    ...copySteps(trace, write),
    resolution(trace, write, outcome),
    ending(trace, write),
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

function stepsOfCopy(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const { writes, copies } = trace;
  const at = cell(writes.issuedAt, write);
  const node = cell(writes.coordinator, write);
  const peer = cell(copies.replica, copy);
  switch (routeOf(trace, copy)) {
    case 'hinted':
      return courseOfHint(trace, cell(copies.hint, copy));
    case 'refused':
      return [stepOf(trace, { kind: 'hintRefused', at, node, peer, subject: write })];
    case 'unsent':
      return [{ at, text: copyUnsent(trace, node, peer) }];
    case 'direct':
      return [stepOf(trace, { kind: 'copySent', at, node, peer, subject: write }), ...arrival(trace, write, copy)];
  }
}

/** What became of a copy that was sent: applied, dropped, or still under way at the end. */
function arrival(trace: Trace, write: number, copy: number): readonly LifeStep[] {
  const { writes, copies } = trace;
  const coordinator = cell(writes.coordinator, write);
  const replica = cell(copies.replica, copy);
  const appliedAt = cell(copies.appliedAt, copy);
  if (appliedAt < NEVER) {
    return [stepOf(trace, { kind: 'copyApplied', at: appliedAt, node: replica, peer: coordinator, subject: write })];
  }
  const dropped = droppedAt(trace, write, replica);
  if (dropped === NEVER) return [];
  return [stepOf(trace, { kind: 'copyDropped', at: dropped, node: coordinator, peer: replica, subject: write })];
}

function droppedAt({ writes, log }: Trace, write: number, replica: number): number {
  for (let row = countBefore(log.at, cell(writes.issuedAt, write)); row < log.at.length; row++) {
    const isIt = log.kind[row] === LOG.copyDropped && log.subject[row] === write && log.peer[row] === replica;
    if (isIt) return cell(log.at, row);
  }
  return NEVER;
}

function resolution(trace: Trace, write: number, outcome: (typeof WRITE_OUTCOMES)[number]): LifeStep {
  const at = cell(trace.writes.resolvedAt, write);
  if (outcome === 'pending') return { at: trace.endedAt, text: 'the run ended before its client was told anything' };
  return stepOf(trace, writeHappening(trace, write, outcome === 'acked' ? 'writeAcked' : 'writeFailed', at));
}

/** Who has the write when the run ends. */
function ending(trace: Trace, write: number): LifeStep {
  const { applied, hinted, missing } = holdersAt(trace, write, trace.endedAt);
  const others = [...hinted, ...missing];
  const without = others.length === 0 ? '' : `, and ${nodeNames(trace, others)} had not`;
  const has =
    applied.length === 0 ? 'no replica had applied it' : `${nodeNames(trace, applied)} had applied it${without}`;
  return { at: trace.endedAt, text: `when the run ended, ${has}` };
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
