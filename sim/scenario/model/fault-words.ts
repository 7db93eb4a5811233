/**
 * The words of `faults:`, in the order of the schema: the key of an entry that says what breaks. Generators draw from
 * them, the reducer looks for names of nodes below them, and the page tells by them what an entry is.
 */

/** Every word but that of an imported table of outages. */
export const FAULT_WORDS = [
  'crash',
  'restart',
  'stop',
  'loading',
  'stall',
  'slow',
  'partition',
  'loss',
  'clock',
  'diskFull',
  'pauseDrain',
  'reindex',
  'replace',
  'flap',
  'collect',
] as const;
/** One of {@link FAULT_WORDS}. */
export type FaultWord = (typeof FAULT_WORDS)[number];
