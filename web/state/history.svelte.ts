/**
 * What was done to the scenario, to be undone and done again: states from before each change, newest last.
 *
 * Changes that belong together (the letters of a word, the moves of one drag) share a group and are one step.
 */

/** Steps that are kept; older ones are forgotten. */
export const MOST_STEPS = 200;

export class History<State> {
  #past = $state.raw<readonly State[]>([]);
  #future = $state.raw<readonly State[]>([]);
  #group: string | undefined;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Keeps the state from before a change, unless the change goes on with the `group` of the last one. */
  record(before: State, group?: string): void {
    const goesOn = group !== undefined && group === this.#group;
    this.#group = group;
    this.#future = [];
    if (!goesOn) this.#past = [...this.#past, before].slice(-MOST_STEPS);
  }

  /** Ends the group: the next change is a step of its own. */
  seal(): void {
    this.#group = undefined;
  }

  /** The state to go back to from `now`; undefined: there is none. */
  undo(now: State): State | undefined {
    const state = this.#past.at(-1);
    if (state === undefined) return undefined;
    this.#past = this.#past.slice(0, -1);
    this.#future = [now, ...this.#future];
    this.#group = undefined;
    return state;
  }

  /** The state that was undone last; undefined: none was, or something was changed since. */
  redo(now: State): State | undefined {
    const [state, ...rest] = this.#future;
    if (state === undefined) return undefined;
    this.#future = rest;
    this.#past = [...this.#past, now];
    this.#group = undefined;
    return state;
  }
}
