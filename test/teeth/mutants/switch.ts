/**
 * The switch of a mutation run, bundled with the code that it is run on: which mutant is on, which ones were met, and how
 * far a loop may go. A mutant that loops for ever is stopped by a count, not by a clock, so a run is the same anywhere.
 */

/** A mutant let a loop run away. Thrown out of the loop; the run asks {@link mutation} whether it was. */
export class LoopRanAway extends Error {
  override readonly name = 'LoopRanAway';
}

/** The state of the run. One at a time, like the simulator. */
export const mutation = {
  /** The mutant that is on; 0 is none. */
  active: 0,
  /** Mutants met while `isRecording`. */
  met: new Set<number>(),
  isRecording: false,
  /** Turns of loops so far, and at most. */
  turns: 0,
  maxTurns: Infinity,
};

/** Whether mutant `id` is on. In the place of every mutated piece of code. */
export function isOn(id: number): boolean {
  if (mutation.isRecording) mutation.met.add(id);
  return mutation.active === id;
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
