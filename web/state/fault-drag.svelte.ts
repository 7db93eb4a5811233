/**
 * A fault under the hand: pointer and keys become edits of the draft. A drag snaps and is one step of the history; so
 * is a run of arrow keys, which ends when the key is let go.
 */
import { instantAt, microsPerPixel, xOf, type TimeScale } from '../draw/time-scale.ts';
import type { Edits, Grip } from './edits.svelte.ts';
import type { FaultEntry } from '../lanes/fault-entry.ts';
import { grainOf, snapped } from './snap.ts';

/** What a drag needs to know beside the fault. */
export interface DragSurroundings {
  readonly edits: Edits;
  /** Instants that attract: ticks, the playhead. Microseconds. */
  readonly marks: () => readonly number[];
  /** The end of the run, where what never ends is drawn to end. */
  readonly end: () => number;
  readonly say: (notice: string) => void;
}

/** Shift makes a key move so many times as far. */
const BIGGER = 10;
/** Pixels before a press is a drag. */
const SLOP = 3;

interface Held {
  readonly entry: FaultEntry;
  readonly grip: Grip;
  /** How much later than the entry's first time the bar is that was taken hold of, microseconds. */
  readonly later: number;
  /** Where the pointer went down, client pixels. */
  readonly x: number;
  moved: boolean;
}

export class FaultDrag {
  readonly #surroundings: DragSurroundings;
  #held: Held | undefined;
  #index = $state<number | undefined>();

  constructor(surroundings: DragSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The fault that is being dragged. */
  get index(): number | undefined {
    return this.#index;
  }

  /** Takes hold of an entry by one of its bars. */
  begin(entry: FaultEntry, grip: Grip, later: number, x: number): void {
    this.#held = { entry, grip, later, x, moved: false };
  }

  /** Follows the pointer. `free`: without snapping. */
  move(x: number, scale: TimeScale, free: boolean): void {
    const held = this.#held;
    if (!held || (!held.moved && Math.abs(x - held.x) < SLOP)) return;
    const { entry, grip, later } = held;
    if (!held.moved && entry.locked !== undefined) {
      this.#surroundings.say(entry.locked);
      this.#held = undefined;
      return;
    }
    held.moved = true;
    this.#index = entry.index;
    const start = later + (grip === 'until' ? Math.min(entry.end, this.#surroundings.end()) : entry.at);
    const to = instantAt(scale, xOf(scale, start) + x - held.x);
    const lies = free ? Math.round(to) : snapped(to, microsPerPixel(scale, to), this.#marks(entry));
    this.#pull(entry, grip, lies - later);
  }

  release(): void {
    if (this.#held?.moved) this.#surroundings.edits.settle();
    this.#let();
  }

  /** Takes the drag back. */
  cancel(): void {
    if (this.#held?.moved) this.#surroundings.edits.abandon();
    this.#let();
  }

  /** A key on a fault; Enter calls `change`. */
  key(event: KeyboardEvent, entry: FaultEntry, scale: TimeScale, change: () => void): void {
    if (event.ctrlKey || event.metaKey || !this.#act(event, entry, scale, change)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The key was let go: what it did is one step. */
  rest(): void {
    if (!this.#held) this.#surroundings.edits.settle();
  }

  #act(event: KeyboardEvent, entry: FaultEntry, scale: TimeScale, change: () => void): boolean {
    const { key, shiftKey, altKey } = event;
    if (key === 'Enter') change();
    else if (key === 'Delete' || key === 'Backspace') void this.#surroundings.edits.removeFault(entry.index);
    else if (key === 'Escape' && this.#held) this.cancel();
    else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      if (entry.locked !== undefined) this.#surroundings.say(entry.locked);
      const from = altKey ? Math.min(entry.end, this.#surroundings.end()) : entry.at;
      const step = grainOf(microsPerPixel(scale, from)) * (shiftKey ? BIGGER : 1) * (key === 'ArrowLeft' ? -1 : 1);
      // On to the next multiple, so that a few keys away from any start the times are round.
      const to = step > 0 ? Math.floor(from / step + 1) * step : Math.ceil(from / -step - 1) * -step;
      this.#pull(entry, altKey ? 'until' : 'whole', to);
    } else return false;
    return true;
  }

  #pull(entry: FaultEntry, grip: Grip, to: number): void {
    const why = this.#surroundings.edits.dragFault(entry.index, grip, to);
    if (why !== undefined) this.#surroundings.say(why);
  }

  /** Edges of other faults attract as well. */
  #marks(entry: FaultEntry): number[] {
    const others = (this.#surroundings.edits.faults ?? []).filter(({ index }) => index !== entry.index);
    return [...this.#surroundings.marks(), ...others.flatMap(({ at, end }) => [at, end])];
  }

  #let(): void {
    this.#held = undefined;
    this.#index = undefined;
  }
}
