/**
 * Hints on first use: three sentences, one at a time. Each goes when the visitor does what it says or waves it off, and
 * none comes back: what was seen is remembered in this browser, never in a link.
 */

/** What each hint is about, in order. */
export const FIRST_HINTS = ['play', 'ask', 'change'] as const;
/** One of {@link FIRST_HINTS}. */
export type FirstHint = (typeof FIRST_HINTS)[number];

/** What they say. */
export const FIRST_HINT_TEXTS: Readonly<Record<FirstHint, string>> = {
  play: 'Play the run (Space), or drag along the time axis.',
  ask: 'Click a lane, a node or any number to see what is behind it.',
  change: 'Change the TTL, the cap or the system above: the run is computed again at once.',
};

const STORAGE_KEY = 'hintlab.hints';

export class FirstUse {
  #left = $state.raw<readonly FirstHint[]>(unseen());

  /** The hint to show; undefined: none is left. */
  get hint(): FirstHint | undefined {
    return this.#left[0];
  }

  /** How many there are still, this one included. */
  get left(): number {
    return this.#left.length;
  }

  /** The visitor has done what a hint says, or has read it. */
  done(hint: FirstHint): void {
    if (!this.#left.includes(hint)) return;
    this.#keep(this.#left.filter((each) => each !== hint));
  }

  /** No more of them, now and later. */
  dismiss(): void {
    this.#keep([]);
  }

  #keep(left: readonly FirstHint[]): void {
    this.#left = left;
    const seen = FIRST_HINTS.filter((hint) => !left.includes(hint));
    try {
      localStorage.setItem(STORAGE_KEY, seen.join(' '));
    } catch {
      // Storage may be forbidden here; they are then gone for as long as the page is open.
    }
  }
}

function unseen(): readonly FirstHint[] {
  try {
    const seen = (localStorage.getItem(STORAGE_KEY) ?? '').split(' ');
    return FIRST_HINTS.filter((hint) => !seen.includes(hint));
  } catch {
    return FIRST_HINTS;
  }
}
