/**
 * What a hunt has met: of each property the situation that it speaks of, of each fault an effect. A property that never met
 * its situation has shown nothing, and a fault without an effect is no fault (properties §0, F2): these counters tell.
 */
import { PROPERTIES } from '../check/index.ts';
import { DROP_CAUSES, HINT_FATES, HINT_REASONS, NEVER, NONE, REFUSAL_REASONS } from '../trace/index.ts';
import type { DropCause, HintFate, HintReason, RefusalReason, Trace } from '../trace/index.ts';
import { LOG } from '../trace/log-codes.ts';
import { hasFault, isInForce } from '../trace/queries/faults-at.ts';
import type { Fault } from '../scenario/index.ts';
import { Evidence } from './hazards/evidence.ts';
import { agesByTheClock } from './hazards/loss.ts';
import type { JudgedRun } from './judge.ts';

/** Something that a fault did, beyond being in force. */
export interface FaultEffect {
  readonly id: string;
  /** What happened, in a sentence. */
  readonly sentence: string;
  readonly met: (evidence: Evidence) => boolean;
}

/** Every effect that is counted, by the kind of fault that has it. */
export const FAULT_EFFECTS: readonly FaultEffect[] = [
  effect('crash.tookHints', 'A crash took hints.', ({ trace }) => hasFate(trace, 'holderCrashed')),
  effect('crash.cutLink', 'A crash took what was on its way.', ({ trace }) => hasDrop(trace, 'linkCut')),
  effect('crash.tornTail', 'A torn segment hid hints.', ({ trace }) => hasFate(trace, 'tornTail')),
  effect('crash.power', 'A loss of power took hints that were written.', (evidence) =>
    evidence.hints.some(({ fate, holder, endedAt }) => fate === 'holderCrashed' && evidence.lostPower(holder, endedAt)),
  ),
  effect('stop.noticed', 'A graceful stop made peers hint at once.', ({ hints, trace }) =>
    hints.some(({ peer, storedAt }) => hasFault(trace, 'stop', peer, storedAt)),
  ),
  effect('stop.linkEnded', 'A link ended for good.', ({ trace }) => hasReason(trace, 'linkEnded')),
  effect('loading.refused', 'A loading backend refused a write.', ({ trace }) => hasLog(trace, LOG.copyRefused)),
  effect('stall.timedOut', 'A write went unanswered until its time was over.', ({ trace }) =>
    hasReason(trace, 'timeout'),
  ),
  effect('partition.dropped', 'A partition swallowed a message.', (evidence) => hasLost(evidence, 'partition')),
  effect('loss.dropped', 'A lossy link lost a message.', (evidence) => hasLost(evidence, 'loss')),
  effect('clock.outranked', 'A wall clock made an older write the newer one.', outranks),
  effect('clock.deadline', 'A wall clock moved the end of a hint.', agesByTheClock),
  effect('diskFull.refused', 'A hint disk took no append.', ({ trace }) => hasRefusal(trace, 'disk')),
  effect('pauseDrain.held', 'Hints waited for a peer that was up because nothing was delivered.', holdsBack),
  effect('reindex.misdelivered', 'A hint went to the wrong node.', ({ trace }) => hasFate(trace, 'misdelivered')),
  effect('replace.tookHints', 'Hints ended with a node that was replaced.', ({ trace }) =>
    hasFate(trace, 'holderReplaced'),
  ),
  effect('replace.tookData', 'An acknowledged write was on a disk that was replaced.', (evidence) =>
    evidence.misses('dataLost'),
  ),
  effect('collect.resurrected', 'A deleted value came back after its tombstone was gone.', (evidence) =>
    evidence.misses('resurrected'),
  ),
  effect(
    'flap.unnoticed',
    'A node was away and back, and nobody noticed.',
    (evidence) => faultsOf(evidence, 'flap').length > 0 && wasUnnoticed(evidence.trace),
  ),
  effect('cap.refused', 'A full store refused a hint.', ({ trace }) => hasRefusal(trace, 'cap')),
  effect('window.closed', 'A closed window refused a hint.', ({ trace }) => hasRefusal(trace, 'window')),
  effect('inFlight.refused', 'Too many hints were on their way to a disk for another one.', ({ trace }) =>
    hasRefusal(trace, 'overload'),
  ),
  effect('ttl.expired', 'A hint expired.', ({ trace }) => hasFate(trace, 'expired')),
  effect('channel.full', 'A channel was full, and a write was hinted.', ({ trace }) => hasReason(trace, 'channelFull')),
  effect('queue.guarded', 'A write queued up behind hints.', ({ trace }) => hasReason(trace, 'queued')),
];

/** Properties that can be violated, whose situations are counted. */
export const REACHED_PROPERTIES: readonly string[] = PROPERTIES.filter(({ kind }) => kind !== 'sometimes').map(
  ({ id }) => id,
);

/** What one run has met: ids of properties and of effects. O(rows of the trace). */
export function reachOf(judged: JudgedRun): readonly string[] {
  const evidence = new Evidence(judged);
  const properties = judged.results
    .filter(({ kind, verdict }) => kind === 'sometimes' && verdict === 'holds')
    .map(({ id }) => id.replace(/\.reached$/, ''));
  return [...properties, ...FAULT_EFFECTS.filter(({ met }) => met(evidence)).map(({ id }) => id)];
}

function effect(id: string, sentence: string, met: FaultEffect['met']): FaultEffect {
  return { id, sentence, met };
}

function hasFate({ hints }: Trace, fate: HintFate): boolean {
  return hints.fate.includes(HINT_FATES.indexOf(fate));
}

function hasReason({ hints }: Trace, reason: HintReason): boolean {
  return hints.reason.includes(HINT_REASONS.indexOf(reason));
}

function hasRefusal({ refusals }: Trace, reason: RefusalReason): boolean {
  return refusals.reason.includes(REFUSAL_REASONS.indexOf(reason));
}

function hasDrop({ copies }: Trace, cause: DropCause): boolean {
  return copies.dropCause.includes(DROP_CAUSES.indexOf(cause));
}

function hasLog({ log }: Trace, kind: number): boolean {
  return log.kind.includes(kind);
}

function faultsOf({ trace }: Evidence, kind: Fault['kind']): readonly Fault[] {
  return trace.scenario.faults.filter((fault) => fault.kind === kind);
}

function nodeOf(fault: Fault): number {
  return 'node' in fault ? fault.node : NONE;
}

/** A direct copy or a hint was lost on the wire while a fault of that kind was in force. */
function hasLost(evidence: Evidence, kind: 'partition' | 'loss'): boolean {
  const { copies } = evidence.trace;
  const lost = DROP_CAUSES.indexOf('messageLost');
  const faults = faultsOf(evidence, kind);
  const isDuring = (at: number): boolean => faults.some((fault) => isInForce(fault, at));
  return (
    copies.dropCause.some((cause, copy) => cause === lost && isDuring(copies.droppedAt[copy] ?? NEVER)) ||
    evidence.hints.some(({ fate, endedAt }) => fate === 'messageLost' && isDuring(endedAt))
  );
}

function outranks({ trace: { copies, writes } }: Evidence): boolean {
  return copies.ignored.some((ignored, copy) => {
    const write = copies.write[copy] ?? NONE;
    const older = write - 1;
    return ignored === 1 && older >= 0 && (writes.timestamp[older] ?? 0) > (writes.timestamp[write] ?? 0);
  });
}

/** A hint that was there for all of a pause, for a peer that was up all that time. */
function holdsBack(evidence: Evidence): boolean {
  return faultsOf(evidence, 'pauseDrain').some((fault) =>
    evidence.hints.some(
      ({ holder, peer, storedAt, leftAt }) =>
        holder === nodeOf(fault) &&
        storedAt <= fault.from &&
        leftAt >= fault.until &&
        !evidence.wasDown(peer, fault.from, fault.until),
    ),
  );
}

function wasUnnoticed({ outages, beliefs }: Trace): boolean {
  return outages.node.some((node, row) => {
    const [from, until] = [outages.from[row] ?? NEVER, outages.until[row] ?? NEVER];
    const isNoticed = beliefs.peer.some((peer, belief) => {
      const since = beliefs.from[belief] ?? NEVER;
      return peer === node && since < until && (beliefs.until[belief] ?? NEVER) > from;
    });
    return until !== NEVER && !isNoticed;
  });
}
