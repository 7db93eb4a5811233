/**
 * The causes by which a replica lacks an acknowledged write, by name. The ledger gives each missing copy exactly one:
 * what ended the last thing that could have brought the write there.
 */

/**
 * Why a copy is missing:
 *
 * - `overwritten`: it was applied, and a write issued earlier was applied over it (the last arrival wins)
 * - `outranked`: the replica took a write issued earlier for the newer one, by its clock
 * - `resurrected`: an older value came in after the tombstone that would have refused it was gone
 * - `dataLost`: it was applied, and then the replica was replaced by an empty node
 * - `expired`, `holderCrashed`, `linkCut`, `requeueRefused`, `tornTail`, `coalesced`, `misdelivered`, `holderReplaced`:
 *   what became of its hint. `coalesced` says so only if no hint that took its place stands for it (none is known, the
 *   last one carries an older write, or it was an increment); with one that does it is that one's cause
 * - `messageLost`, `refusedByPeer`: what became of its hint, or of the direct copy if no hint was kept
 * - `refusedAtCap`, `windowClosed`, `diskRefused`, `overloaded`: its hint was not stored
 * - `neverHinted`: neither sent nor hinted
 * - `dropped`, `tooLate`: it was sent directly, and lost with its connection, or dropped by the replica for its age
 * - `waiting`: its hint is still in a store; `inFlight`: it, or its hint, is still on the way
 */
export const MISSING_CAUSES = [
  'overwritten',
  'outranked',
  'resurrected',
  'dataLost',
  'expired',
  'holderCrashed',
  'linkCut',
  'messageLost',
  'requeueRefused',
  'refusedByPeer',
  'tornTail',
  'coalesced',
  'misdelivered',
  'holderReplaced',
  'refusedAtCap',
  'windowClosed',
  'diskRefused',
  'overloaded',
  'neverHinted',
  'dropped',
  'tooLate',
  'waiting',
  'inFlight',
] as const;
/** One of {@link MISSING_CAUSES}. */
export type MissingCause = (typeof MISSING_CAUSES)[number];

/** What each cause is called where people read it. */
export const MISSING_CAUSE_NAMES: Readonly<Record<MissingCause, string>> = {
  overwritten: 'overwritten by an older write',
  outranked: 'outranked by an older write with a later clock',
  resurrected: 'an older value came back after its tombstone was gone',
  dataLost: 'lost with the data of a replaced node',
  expired: 'hint expired',
  holderCrashed: 'hint died with its holder',
  linkCut: 'hint lost with its connection',
  messageLost: 'lost on the wire',
  requeueRefused: 'hint refused at requeue',
  refusedByPeer: 'refused by the replica',
  tornTail: 'hint behind a torn tail',
  coalesced: 'hint replaced by a newer one',
  misdelivered: 'hint applied by another node',
  holderReplaced: 'hint lost with a replaced holder',
  refusedAtCap: 'hint refused at the cap',
  windowClosed: 'hint window closed',
  diskRefused: 'hint refused by the disk',
  overloaded: 'hint refused by the in-flight guard',
  neverHinted: 'neither sent nor hinted',
  dropped: 'lost with its connection',
  tooLate: 'dropped by the replica, too late',
  waiting: 'hint still waiting',
  inFlight: 'still on the way',
};

/** Causes that are no loss: the copy may still arrive. */
export function isUnderWay(cause: MissingCause): boolean {
  return cause === 'waiting' || cause === 'inFlight';
}
