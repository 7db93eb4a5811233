/**
 * What is out of sight follows the playhead when the playhead rests. A run of 64 nodes has some 1600 lanes, of which a
 * screen shows thirty: those are read at every frame, and the others, whose words only a screen reader or a search in the
 * page reaches, a few at a time once nothing has moved for a while.
 */

/** Milliseconds without a move until what is out of sight follows. */
const REST = 200;
/** Followers that are called in one frame: together a few milliseconds of work. */
const PER_FRAME = 3;

/** The part of a window that is needed. */
export interface CatchUpHost {
  requestAnimationFrame(callback: () => void): number;
  setTimeout(callback: () => void, millis: number): number;
  clearTimeout(timer: number | undefined): void;
}

export class CatchUp {
  readonly #host: CatchUpHost;
  readonly #followers = new Set<() => void>();
  /** Those that have not followed the last move, in the order of joining. */
  #behind: (() => void)[] = [];
  #timer: number | undefined;

  constructor(host: CatchUpHost) {
    this.#host = host;
  }

  /** `follow` is called after every rest, and once for now; the answer takes it out again. */
  join(follow: () => void): () => void {
    this.#followers.add(follow);
    this.moved();
    return () => void this.#followers.delete(follow);
  }

  /** Something moved: everybody is behind, and follows after a rest. Cheap to call often. */
  moved(): void {
    this.#behind = [];
    this.#host.clearTimeout(this.#timer);
    this.#timer = this.#host.setTimeout(() => {
      this.#behind = [...this.#followers];
      this.#some();
    }, REST);
  }

  #some(): void {
    for (const follow of this.#behind.splice(0, PER_FRAME)) if (this.#followers.has(follow)) follow();
    if (this.#behind.length > 0) this.#host.requestAnimationFrame(() => this.#some());
  }
}
