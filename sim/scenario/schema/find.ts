/**
 * What a file of the corpus says of itself, in the schema: which property its run violates and why, what came of it,
 * and how it was found. It is not part of the scenario: two files that differ in it alone are the same run.
 *
 * The names are those of sim/check and of the log, which lie behind the arrows of this folder; a test compares them.
 */
import * as v from 'valibot';
import { HARD_CEILINGS, MAX_SEED } from '../bounds.ts';
import { digestLeaf, flagLeaf, labelLeaf, textLeaf, wholeLeaf, wordLeaf } from '../text/leaf.ts';
import { may, must } from './keys.ts';

/** The properties that a run can violate, by their ids. */
export const FIND_PROPERTIES = [
  ...(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12'] as const),
  ...(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C12', 'C15'] as const),
  ...(['L1', 'L2', 'L3', 'L5', 'L8'] as const),
] as const;

/** The rules of the audit: they hold in every correct run, and only a seeded bug breaks one. */
export const FIND_RULES = [
  ...(['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10', 'B11', 'B12', 'B13', 'B14'] as const),
  ...(['B15', 'B16', 'B17', 'B18', 'B19', 'B20', 'B21', 'B22', 'B23', 'B24', 'B25', 'B26'] as const),
  ...(['B27', 'B28', 'B29', 'B30', 'B31', 'B32', 'B33', 'B34', 'B35', 'B36', 'B37', 'B38', 'B39'] as const),
] as const;

/** Why: causes of the ledger, kinds of events, or `end` where something failed to happen. */
export const FIND_CAUSES = [
  ...(['overwritten', 'outranked', 'resurrected', 'dataLost', 'expired', 'holderCrashed', 'linkCut'] as const),
  ...(['messageLost', 'requeueRefused', 'refusedByPeer', 'tornTail', 'coalesced', 'misdelivered'] as const),
  ...(['holderReplaced', 'refusedAtCap', 'windowClosed', 'diskRefused', 'overloaded'] as const),
  ...(['neverHinted', 'dropped', 'tooLate', 'waiting', 'inFlight'] as const),
  ...(['writeIssued', 'writeAcked', 'writeFailed', 'readIssued', 'readAnswered', 'readFailed'] as const),
  ...(['copySent', 'copyApplied', 'copyDropped', 'copyIgnored', 'copyRefused', 'repairApplied'] as const),
  ...(['hintStored', 'hintRefused', 'hintExpired', 'hintShipped', 'hintRequeued', 'hintApplied'] as const),
  ...(['hintLost', 'hintAcked', 'hintFailed', 'hintIgnored', 'sweep', 'heartbeat', 'believedDown'] as const),
  ...(['believedUp', 'crashed', 'restarted', 'linkOpened', 'sessionOpened', 'sessionClosed'] as const),
  ...(['stopped', 'linkEnded', 'faultBegan', 'faultEnded', 'heartbeatDisplaced', 'hintExtended'] as const),
  ...(['strayApplied', 'strayIgnored', 'end'] as const),
] as const;

const foundBy = v.strictObject({
  seed: may(wholeLeaf(0, MAX_SEED), 'the seed of the hunt'),
  profile: may(textLeaf, 'the profile of the hunt, or who found it'),
  run: may(wholeLeaf(0, HARD_CEILINGS.events), 'which run of the hunt'),
  version: may(textLeaf, 'the version of hintlab'),
});

const field = v.strictObject({
  path: must(labelLeaf, 'the value, such as faults.0.for'),
  from: must(textLeaf, 'the least at which it still fails'),
  to: must(textLeaf, 'the most at which it still fails'),
});

/** What the run of this file violates, for a file of the corpus. */
export const find = v.strictObject({
  property: must(
    wordLeaf([...FIND_PROPERTIES, ...FIND_RULES]),
    'the property that is violated, or the rule of the audit',
  ),
  cause: must(wordLeaf(FIND_CAUSES), 'why: what became of the write, or the event that did it'),
  outcome: may(digestLeaf, 'the digest of verdicts and ledger; replaying says when it has changed'),
  foundBy: may(foundBy, 'how it was found'),
  minimal: may(flagLeaf, 'every request, fault, node and key was tried alone, and none can go'),
  bug: may(textLeaf, 'the seeded bug that it finds, where the run as it is violates nothing'),
  note: may(textLeaf, 'what happens, in a sentence or two'),
  fields: may(v.array(field), 'how far each value may move before it is another story'),
});
