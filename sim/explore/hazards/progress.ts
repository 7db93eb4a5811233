/**
 * Hazards of promises and progress: an answer that says more than is true, a queue that does not move, one that is in
 * another's way (handoff-systems §9: H10, H12, H13, H15, H17 to H20).
 */
import { believesDown, NEVER, NONE } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import type { Evidence } from './evidence.ts';
import type { Hazard } from './hazard.ts';

/** H10, H12, H13, H15, and H17 to H20. */
export const PROGRESS_HAZARDS: readonly Hazard[] = [
  {
    id: 'H10',
    name: 'a hint for a vote',
    sentence: 'A hint counts as a full vote: a write is acknowledged with fewer real copies than its level names.',
    breaks: ['I6'],
    recognise: (evidence) => evidence.violates('I6') && evidence.hints.length > 0,
  },
  {
    id: 'H12',
    name: 'made-up reply',
    sentence: 'A made-up OK stands in for the reply, or turns an executed write into an error.',
    breaks: ['I12'],
    recognise: (evidence) => evidence.violates('I12') && evidence.hints.length > 0,
  },
  {
    id: 'H13',
    name: 'hint for itself',
    sentence: 'A node keeps a hint for itself, and never delivers it.',
    breaks: ['C5', 'I1'],
    recognise: ({ hints }) => hints.some(({ holder, peer, fate }) => holder === peer && fate !== 'delivered'),
  },
  {
    id: 'H15',
    name: 'link ended',
    sentence: 'After a clean close a link never opens again: a peer that is up gets hints that no sweep can send.',
    breaks: ['I7', 'L1', 'I2'],
    recognise: (evidence) =>
      evidence.hints.some(
        ({ reason, fate, requeues, peer, storedAt }) =>
          reason === 'linkEnded' && fate !== 'delivered' && requeues > 0 && !evidence.wasDown(peer, storedAt, NEVER),
      ),
  },
  {
    id: 'H17',
    name: 'patient detector',
    sentence:
      'The silence of an outage teaches the detector patience: the next outage is noticed far later, or not at all.',
    breaks: ['I1', 'I2', 'C9'],
    recognise: learnsPatience,
  },
  {
    id: 'H18',
    name: 'displaced writes',
    sentence: 'Replay fills a channel, and direct writes find no place in it.',
    breaks: ['I9'],
    recognise: ({ hints }) => hints.some(({ reason }) => reason === 'displaced'),
  },
  {
    id: 'H19',
    name: 'sweep by sweep',
    sentence:
      'A sweep ships no more than the channel holds: hints for a peer that is up wait for one sweep after another.',
    breaks: ['L1', 'I7', 'I3'],
    recognise: waitsSweepBySweep,
  },
  {
    id: 'H20',
    name: 'shared cap',
    sentence: 'One dead peer fills the common cap, and the hints of another are refused.',
    breaks: ['I8'],
    recognise: (evidence) => evidence.violates('I8'),
  },
];

/** While a hint waited, two sweeps sent others for the same peer and put this one back; then it was delivered. */
function waitsSweepBySweep({ hints }: Evidence): boolean {
  return hints.some(({ fate, requeues, holder, peer, storedAt, leftAt }) => {
    if (fate !== 'delivered' || requeues < 2) return false;
    const before = hints.filter(
      (other) => other.holder === holder && other.peer === peer && storedAt < other.leftAt && other.leftAt < leftAt,
    );
    return new Set(before.map((other) => other.leftAt)).size >= 2;
  });
}

/**
 * An observer that was up all along noticed one outage of a peer, and a later one more than twice as late, or not while it
 * lasted that long.
 */
function learnsPatience(evidence: Evidence): boolean {
  const { outages, scenario } = evidence.trace;
  return scenario.nodes.some((_, observer) => {
    const slowest = new Map<number, number>();
    return [...outages.node].some((peer, row) => {
      const [from, until] = [outages.from[row] ?? NEVER, Math.min(outages.until[row] ?? NEVER, evidence.trace.endedAt)];
      const isSilent =
        observer !== peer && !evidence.wasDown(observer, 0, until) && !isSuspected(peer, from, observer, evidence);
      if (!isSilent || isAnnounced(peer, from, evidence)) return false;
      const delay = delayOf(observer, peer, from, until, evidence);
      const before = slowest.get(peer);
      if (before === undefined) {
        if (delay !== undefined) slowest.set(peer, delay);
        return false;
      }
      return (delay ?? until - from) > 2 * before;
    });
  });
}

/** A graceful stop says goodbye: no detector has to notice it. */
function isAnnounced(node: number, at: number, { trace: { log } }: Evidence): boolean {
  return log.kind.some((kind, row) => kind === LOG.stopped && log.node[row] === node && log.at[row] === at);
}

function isSuspected(peer: number, at: number, observer: number, { trace }: Evidence): boolean {
  return believesDown(trace, observer, peer, at);
}

/** From the beginning of an outage until the observer believed it; undefined if it did not while it lasted. */
function delayOf(observer: number, peer: number, from: number, until: number, { trace }: Evidence): number | undefined {
  const { beliefs } = trace;
  const row = beliefs.observer.findIndex(
    (each, index) => each === observer && beliefs.peer[index] === peer && (beliefs.from[index] ?? NONE) >= from,
  );
  const believed = row === NONE ? NEVER : (beliefs.from[row] ?? NEVER);
  return believed <= until ? believed - from : undefined;
}
