/**
 * The bugs of properties §3.2 that are not seeded, and why: the model has nothing that they could be a mistake in.
 */

/** By number in the catalogue. */
export const INEXPRESSIBLE: ReadonlyMap<number, string> = new Map([
  [20, 'Hints have no sequence numbers: a slot in a chain of blocks is the order.'],
  [25, 'Going back to the tail is a policy of the model (H5), and no mistake of one that has it.'],
  [42, 'A batch is counted in hints: none is too large for it.'],
  [45, 'A wait that a success does not reset is no longer than one may be: L5 grants the longest, so no run tells.'],
  [52, 'A delivery fails for the state of its peer or link, never for the hint (L4 does not apply).'],
  [55, 'No node of the model signals that it has handed everything off (C16 does not apply).'],
  [
    57,
    'A silence is a real number: the suspicion of one that is exactly the limit is no run that could be told apart.',
  ],
  [58, 'Heartbeats carry no incarnation: the connection they came on does, and that is bug 64.'],
  [60, 'That a partition is one way is said by the scenario alone; no property speaks of a direction.'],
  [65, 'Messages are rows of numbers: there is no object to share.'],
  [66, 'No property knows how far a clock should be off: a skew that is doubled is another scenario.'],
  [67, 'A run ends with an event of its own, one microsecond after its last instant, and nothing runs until a time.'],
  [69, 'Streams are named: that two are independent is a law of the engine, held by its unit tests and not by a run.'],
  [71, 'Nothing is iterated while it changes: maps are walked in `setPartition` and `setLoss` alone.'],
  [72, 'Time is integer microseconds; the linter bans what would make a fraction of it.'],
  [73, 'Of the checker: the model is written from the rules and shares no code; the laws beside it judge without it.'],
  [74, 'Of the checker: laws are judged after every operation, and never at the end alone.'],
  [
    75,
    'Of the checker: only `LimitReached` is caught in a run; that an assertion gets through is one of the finders of bug 68.',
  ],
  [76, 'Of the checker: a fault outside the run is refused when the scenario is read.'],
  [77, 'Of the checker: the ledger goes by acknowledged writes and their replicas, not by what replicas hold.'],
  [78, 'Of the checker: the reducer takes the same property and the same cause only; its tests show it.'],
]);
