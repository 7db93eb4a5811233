/**
 * Reach counters: the `sometimes` twin of a property. A property that never met the state it speaks of has shown
 * nothing, so a test names the states, counts how often each was met, and asserts the counts.
 */
export class Reach<State extends string> {
  readonly #counts = new Map<State, number>();

  /** Counts one meeting with `state`, if it was one. */
  note(state: State, met = true): void {
    if (met) this.#counts.set(state, this.of(state) + 1);
  }

  of(state: State): number {
    return this.#counts.get(state) ?? 0;
  }

  /** Those of `states` that were met fewer than `atLeast` times, with their counts: a test expects none. */
  rarerThan(atLeast: number, states: readonly State[]): string[] {
    return states.filter((state) => this.of(state) < atLeast).map((state) => `${state}: ${this.of(state)}`);
  }
}
