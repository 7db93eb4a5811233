/**
 * Properties that a system gives no occasion to look at: it has no window that could close, no sessions that could
 * overlap. A hunt under such a system does not fail for never having met them.
 */
import { PRESETS } from '../scenario/index.ts';
import type { Policy, SystemName } from '../scenario/index.ts';

interface Need {
  readonly property: string;
  readonly isMet: (policy: Policy) => boolean;
  /** Why it cannot come up, if the need is not met. */
  readonly otherwise: string;
}

const NEEDS: readonly Need[] = [
  { property: 'I5', isMet: hasCap, otherwise: 'it has no cap' },
  { property: 'I8', isMet: sharesCap, otherwise: 'it has no cap that peers share' },
  { property: 'I9', isMet: hintsInstead, otherwise: 'a full channel is no reason for a hint' },
  { property: 'I10', isMet: isOnDisk, otherwise: 'its hints are not on disk when they count' },
  { property: 'I12', isMet: standsIn, otherwise: 'no hint stands in for a reply' },
  { property: 'I12', isMet: answersByKind, otherwise: 'every write is answered OK by its replicas' },
  { property: 'C7', isMet: hasSessions, otherwise: 'it delivers without acknowledgements, so there are no sessions' },
  { property: 'L5', isMet: hasSessions, otherwise: 'it delivers without acknowledgements, so no attempt can fail' },
  { property: 'C8', isMet: hasWindow, otherwise: 'it has no window' },
  {
    property: 'C12',
    isMet: hasStrictQuorums,
    otherwise: 'hints or fallbacks count as votes, so quorums need not overlap',
  },
];

/** Why a property cannot come up under any of these systems; undefined if it can under one, or if none is named. */
export function inapplicable(property: string, systems: readonly SystemName[]): string | undefined {
  const needs = NEEDS.filter((each) => each.property === property);
  const unmet = systems.map((system) => needs.find(({ isMet }) => !isMet(PRESETS[system].policy)));
  return unmet.includes(undefined) ? undefined : unmet[0]?.otherwise;
}

function hasCap({ hints }: Policy): boolean {
  return hints.maxBytes > 0;
}

function sharesCap(policy: Policy): boolean {
  return hasCap(policy) && policy.hints.capScope === 'node';
}

function hintsInstead({ hints }: Policy): boolean {
  return hints.triggers.channelFull;
}

function isOnDisk({ hints: { disk } }: Policy): boolean {
  return disk.durability === 'written' || disk.durability === 'synced';
}

function standsIn({ hints }: Policy): boolean {
  return hints.vote === 'full';
}

/** A delete or an increment is answered with a number, so that an OK in its place is made up. */
function answersByKind({ receiver }: Policy): boolean {
  return receiver.conflict === 'arrival';
}

function hasSessions({ drain }: Policy): boolean {
  return drain.ack === 'each';
}

function hasWindow({ hints }: Policy): boolean {
  return hints.window > 0;
}

function hasStrictQuorums({ hints, reads }: Policy): boolean {
  return hints.vote !== 'full' && hints.holder !== 'fallback' && !reads.fallback;
}
