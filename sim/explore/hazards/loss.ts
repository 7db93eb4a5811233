/**
 * Hazards of loss: a hint that was stored, or should have been, is gone (handoff-systems §9: H6 to H9, H11, H16, H21 to
 * H23, H25).
 */
import { NONE } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { isDueWhenBack } from '../../trace/queries/hint-ends.ts';
import type { Evidence, HintFacts } from './evidence.ts';
import type { Hazard } from './hazard.ts';

/** H6 to H9, H11, H16, H21 to H23, and H25. */
export const LOSS_HAZARDS: readonly Hazard[] = [
  {
    id: 'H6',
    name: 'requeue refused',
    sentence: 'A hint that was taken for a sweep is refused at the cap on its way back, and is gone.',
    breaks: ['I1', 'I4'],
    recognise: ({ hints, trace }) =>
      hints.some(({ fate, id }) => fate === 'requeueRefused' && !isDueWhenBack(trace, id)),
  },
  {
    id: 'H7',
    name: 'fire and forget',
    sentence: 'A hint is sent and forgotten, and the peer answers with an error or never gets it.',
    breaks: ['I1', 'I4'],
    recognise: ({ hints }) =>
      hints.some(({ fate }) => fate === 'refusedByPeer' || fate === 'linkCut' || fate === 'messageLost'),
  },
  {
    id: 'H8',
    name: 'crash in the sweep',
    sentence: 'A hint is deleted from disk before it is sent, and its holder crashes in between.',
    breaks: ['I10', 'I1'],
    recognise: (evidence) => diedOnDisk(evidence).some((hint) => isTaken(hint) && !cutsPower(hint, evidence)),
  },
  {
    id: 'H9',
    name: 'due in hand',
    sentence: 'A hint falls due in the hands of a sweep: it lives a second longer, or is gone and counted nowhere.',
    breaks: ['I4', 'I1'],
    recognise: ({ hints, trace }) =>
      trace.log.kind.includes(LOG.hintExtended) ||
      hints.some(({ fate, id }) => fate === 'requeueRefused' && isDueWhenBack(trace, id)),
  },
  {
    id: 'H11',
    name: 'silent refusal',
    sentence: 'A store that is full refuses a hint in silence: the client is told OK, the replica misses the write.',
    breaks: ['I1', 'I2'],
    recognise: (evidence) => evidence.misses('refusedAtCap'),
  },
  {
    id: 'H16',
    name: 'blind window',
    sentence:
      'Before a peer is convicted, what waits for it or is on its way is lost with the connection, without a hint.',
    breaks: ['I1', 'I2'],
    recognise: (evidence) => evidence.misses('dropped'),
  },
  {
    id: 'H21',
    name: 'torn tail',
    sentence: 'A torn record hides the hints that are appended behind it, from the next restart on.',
    breaks: ['I10', 'I1'],
    recognise: ({ hints }) => hints.some(({ fate }) => fate === 'tornTail'),
  },
  {
    id: 'H22',
    name: 'not synced',
    sentence: 'A hint was written and counted but not synced, and the machine loses power.',
    breaks: ['I10', 'I1'],
    recognise: (evidence) => diedOnDisk(evidence).some((hint) => !isTaken(hint) && cutsPower(hint, evidence)),
  },
  {
    id: 'H23',
    name: 'wrong node',
    sentence: 'A hint is delivered to the node that has taken the position of the one it was meant for.',
    breaks: ['I11', 'I1'],
    recognise: ({ hints }) => hints.some(({ fate }) => fate === 'misdelivered'),
  },
  {
    id: 'H25',
    name: 'deadline by the clock',
    sentence: 'A deadline on disk follows the wall clock: a hint expires before its time, or is delivered after it.',
    breaks: ['I1', 'I2', 'C3'],
    recognise: agesByTheClock,
  },
];

/** Hints that died with their holder although the design has them on disk before they count. */
function diedOnDisk({ hints, trace }: Evidence): readonly HintFacts[] {
  const { durability } = trace.scenario.policy.hints.disk;
  if (durability === 'ram' || durability === 'buffered') return [];
  return hints.filter(({ fate }) => fate === 'holderCrashed');
}

/** It had left its store before it died. */
function isTaken({ leftAt, endedAt }: HintFacts): boolean {
  return leftAt < endedAt;
}

function cutsPower({ holder, endedAt }: HintFacts, evidence: Evidence): boolean {
  return evidence.lostPower(holder, endedAt);
}

/** Expired although its life was not over, or sent although it was. */
export function agesByTheClock({ hints, trace }: Evidence): boolean {
  const { log, scenario } = trace;
  const { ttl } = scenario.policy.hints;
  const isCutShort = hints.some(({ fate, storedAt, endedAt }) => fate === 'expired' && endedAt - storedAt < ttl);
  return (
    isCutShort ||
    log.kind.some((kind, row) => {
      const hint = kind === LOG.hintShipped ? hints[log.subject[row] ?? NONE] : undefined;
      return hint !== undefined && (log.at[row] ?? 0) > hint.deadline;
    })
  );
}
