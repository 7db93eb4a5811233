/**
 * The switch of a mutation run, bundled with the code that it is run on: which mutant is on, which ones were met, and how
 * far a loop may go. A mutant that loops for ever is stopped by a count, not by a clock, so a run is the same anywhere.
 */

/** A loop ran away, with a mutant on, or in a case that is too dear for a run. The run asks {@link mutation} whether one did. */
export class LoopRanAway extends Error {
  override readonly name = 'LoopRanAway';
}

/** Mutants that one run can tell apart. */
const MOST_MUTANTS = 65_536;

/** The state of the run. One at a time, like the simulator. */
export const mutation = {
  /** The mutant that is on; 0 is none. */
  active: 0,
  /** By mutant: 1 if it was met while `isRecording`. A row of bytes: it is written by every mutated piece of code. */
  met: new Uint8Array(MOST_MUTANTS),
  isRecording: false,
  /** Turns of loops so far, and at most. */
  turns: 0,
  maxTurns: Infinity,
};

/** Whether mutant `id` is on. In the place of every mutated piece of code. */
export function isOn(id: number): boolean {
  if (mutation.isRecording) mutation.met[id] = 1;
  return mutation.active === id;
}

/** The mutants met since the row was cleared, and clears it. */
export function takeMet(): ReadonlySet<number> {
  const ids = new Set<number>();
  mutation.met.forEach((isMet, id) => {
    if (isMet === 1) ids.add(id);
  });
  mutation.met.fill(0);
  return ids;
}

/** At the top of every loop. */
export function turn(): void {
  mutation.turns += 1;
  if (mutation.turns > mutation.maxTurns) throw new LoopRanAway('a loop ran away');
}

/** Elements of one typed array, at most, while a mutant is on: a table that doubles with every hint takes all memory. */
const MAX_ELEMENTS = 4_194_304;

/** Around the length of every typed array. */
export function room<Length>(length: Length): Length {
  if (mutation.active !== 0 && typeof length === 'number' && length > MAX_ELEMENTS) {
    mutation.turns = Infinity;
    throw new LoopRanAway('a table ran away');
  }
  return length;
}

/** Digests of runs without a mutant, by the name of the run: kept here, where every copy of a suite finds them. */
export const golden = new Map<string, string>();
