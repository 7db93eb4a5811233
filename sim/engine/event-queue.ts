/**
 * The event queue: everything that is going to happen, in the order `(at, order of scheduling)`.
 *
 * A hierarchical timing wheel with a tick of one microsecond. An instant is seven bytes, so there are seven levels
 * of 256 slots: an event waits on the level of the highest byte in which its instant differs from the current one,
 * in the slot which that byte names. All of level n comes before all of level n + 1 and the slots of a level come
 * in order, so the earliest event is in the first occupied slot. If that slot is above level 0, its earliest event
 * becomes the current one and the others move down, at least one level each: no event moves more than six times.
 *
 * Levels 0–3 are the wheel proper (2^32 µs, 71.6 minutes), levels 4–6 its far list, which reaches to the end of
 * time. Events of one instant always share one slot, slots are first in first out, and moving down walks a slot
 * front to back into slots that are empty: so ties keep the order of scheduling without a sequence number.
 */
import { assert } from '../../core/assert.ts';
import type { Instant } from '../../core/units.ts';
import { instant, instantAt } from '../../core/units.ts';
import { SlotSet } from './slot-set.ts';

/** The most events that can be pending at once, about 350 MB of them; scheduling one more fails an assertion. */
export const MAX_PENDING_EVENTS = 16_777_216;

const INITIAL_ROWS = 1_024;
const LEVELS = 7;
const SLOTS_PER_LEVEL = 256;
const FIRST_FAR_SLOT = 4 * SLOTS_PER_LEVEL;
/** What turns an instant into its high bytes, those above the 32 bits of the wheel proper. */
const HIGH_BYTES = 1 / 4_294_967_296;

/**
 * Pending events and the current one. An event is its instant, an integer kind and two integers of payload.
 *
 * @example
 * queue.schedule(instant(5), ARRIVE, 1, 0);
 * while (queue.next()) dispatch(queue.kind, queue.a, queue.b); // may schedule more, from queue.at on
 */
export class EventQueue {
  // The rows of the event pool. Row 0 is no event: it ends the chain of a slot and the chain of free rows.
  #ats = new Float64Array(INITIAL_ROWS);
  #kinds = new Uint8Array(INITIAL_ROWS);
  #as = new Int32Array(INITIAL_ROWS);
  #bs = new Int32Array(INITIAL_ROWS);
  #links = new Int32Array(INITIAL_ROWS);
  #freeRow = 0;
  #usedRows = 1;

  // The slots: first and last row of each chain (the last one is stale while the first is 0), and which hold any.
  readonly #heads = new Int32Array(LEVELS * SLOTS_PER_LEVEL);
  readonly #tails = new Int32Array(LEVELS * SLOTS_PER_LEVEL);
  readonly #occupied = new SlotSet();
  #length = 0;

  // The current event; its instant is also what the levels of all pending events are relative to.
  #at: Instant = instant(0);
  #kind = 0;
  #a = 0;
  #b = 0;

  /** The instant of the current event; 0 before the first. It never decreases. */
  get at(): Instant {
    return this.#at;
  }

  /** The kind of the current event, 0 … 255. */
  get kind(): number {
    return this.#kind;
  }

  /** The first payload integer of the current event. */
  get a(): number {
    return this.#a;
  }

  /** The second payload integer of the current event. */
  get b(): number {
    return this.#b;
  }

  /** How many events are pending, the current one not counted. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds an event, after all those already scheduled for the same instant. O(1), no allocation per event.
   *
   * @param at not before the current event; the same instant is allowed
   * @param kind an integer 0 … 255
   * @param a an int32, as is `b`: what they mean is up to the kind
   */
  schedule(at: Instant, kind: number, a: number, b: number): void {
    // Both rules are tested in place: this runs for every event, and a call that is not inlined would box its numbers.
    if (at < this.#at) assert(false, 'an event is not scheduled in the past', at - this.#at);
    if ((kind & 255) !== kind || (a | 0) !== a || (b | 0) !== b) {
      assert(false, 'a kind is 0 … 255, a and b are int32', kind);
    }
    const row = this.#takeFreeRow();
    this.#ats[row] = at;
    this.#kinds[row] = kind;
    this.#as[row] = a;
    this.#bs[row] = b;
    this.#length += 1;
    this.#place(row, at);
  }

  /** Makes the earliest event the current one. False, and nothing changes, if none is pending. Amortised O(1). */
  next(): boolean {
    const slot = this.#occupied.first();
    if (slot < 0) return false;
    this.#makeCurrent(slot < SLOTS_PER_LEVEL ? this.#takeHead(slot) : this.#takeEarliest(slot));
    return true;
  }

  /** The instant of the earliest event, or Infinity if none is pending. O(events in the first occupied slot). */
  nextAt(): number {
    const slot = this.#occupied.first();
    if (slot < 0) return Infinity;
    const head = cell(this.#heads, slot);
    return this.#atOf(slot < SLOTS_PER_LEVEL ? head : this.#earliestFrom(head));
  }

  #atOf(row: number): number {
    return this.#ats[row] ?? 0;
  }

  #makeCurrent(row: number): void {
    this.#at = instantAt(this.#ats, row);
    this.#kind = this.#kinds[row] ?? 0;
    this.#a = cell(this.#as, row);
    this.#b = cell(this.#bs, row);
    this.#links[row] = this.#freeRow;
    this.#freeRow = row;
    this.#length -= 1;
  }

  /** Appends a row to the slot of its instant. */
  #place(row: number, at: number): void {
    const slot = slotOf(at, this.#at);
    if (cell(this.#heads, slot) === 0) {
      this.#heads[slot] = row;
      this.#occupied.add(slot);
    } else {
      this.#links[cell(this.#tails, slot)] = row;
    }
    this.#tails[slot] = row;
    this.#links[row] = 0;
  }

  /** Takes the first row out of a slot of level 0, where all rows are of one instant. */
  #takeHead(slot: number): number {
    const row = cell(this.#heads, slot);
    const rest = cell(this.#links, row);
    this.#heads[slot] = rest;
    if (rest === 0) this.#occupied.delete(slot);
    return row;
  }

  /** Empties a slot above level 0: takes its earliest row out and moves the others down, in order. */
  #takeEarliest(slot: number): number {
    const head = cell(this.#heads, slot);
    const earliest = this.#earliestFrom(head);
    this.#heads[slot] = 0;
    this.#occupied.delete(slot);
    this.#at = instantAt(this.#ats, earliest);
    for (let row = head; row !== 0;) {
      const rest = cell(this.#links, row);
      if (row !== earliest) this.#place(row, this.#atOf(row));
      row = rest;
    }
    return earliest;
  }

  /** The earliest row of the chain that starts at `head`; the first of them on a tie. */
  #earliestFrom(head: number): number {
    let earliest = head;
    let earliestAt = this.#atOf(head);
    for (let row = cell(this.#links, head); row !== 0; row = cell(this.#links, row)) {
      const at = this.#atOf(row);
      if (at < earliestAt) {
        earliest = row;
        earliestAt = at;
      }
    }
    return earliest;
  }

  #takeFreeRow(): number {
    const row = this.#freeRow;
    if (row !== 0) {
      this.#freeRow = cell(this.#links, row);
      return row;
    }
    if (this.#usedRows === this.#ats.length) this.#grow();
    this.#usedRows += 1;
    return this.#usedRows - 1;
  }

  #grow(): void {
    assert(this.#length < MAX_PENDING_EVENTS, `at most ${MAX_PENDING_EVENTS} events are pending`, this.#length);
    const rows = Math.min(2 * this.#ats.length, MAX_PENDING_EVENTS + 1);
    this.#ats = copied(this.#ats, new Float64Array(rows));
    this.#kinds = copied(this.#kinds, new Uint8Array(rows));
    this.#as = copied(this.#as, new Int32Array(rows));
    this.#bs = copied(this.#bs, new Int32Array(rows));
    this.#links = copied(this.#links, new Int32Array(rows));
  }
}

/** The slot in which an event of instant `at` waits while the current instant is `now`. */
function slotOf(at: number, now: number): number {
  const high = (at * HIGH_BYTES) | 0;
  const highDifference = high ^ ((now * HIGH_BYTES) | 0);
  // The bit operators take the low 32 bits of a double, which is what is wanted here.
  if (highDifference === 0) return slotOnLevels(at | 0, (at ^ now) | 1);
  return FIRST_FAR_SLOT + slotOnLevels(high, highDifference);
}

/** The slot on four levels for the 32 bits of `word`, whose highest differing byte is that of `difference`. */
function slotOnLevels(word: number, difference: number): number {
  const shift = (31 - Math.clz32(difference)) & ~7;
  return shift * (SLOTS_PER_LEVEL / 8) + ((word >>> shift) & 255);
}

/** A cell that is known to exist. One array type only: with several, every read would have to tell them apart. */
function cell(column: Int32Array, index: number): number {
  return column[index] ?? 0;
}

function copied<Column extends Float64Array | Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
