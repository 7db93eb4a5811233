/**
 * The playhead over a recorded run. Nothing is computed by playing: every move is a number, and what the page shows at
 * that number is a query on the trace, so playing, dragging, stepping and going back are one thing.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import { entryAt, moments, NONE, type Trace } from '../../sim/trace/index.ts';
import { tickStep, TIME_STEPS } from '../draw/ticks.ts';
import { clamp, instantOf, placeOf, type Mapping } from '../draw/time-scale.ts';
import { landmarks } from '../lanes/landmarks.ts';
import { once } from '../lanes/lane.ts';

/** Speeds there are, in virtual microseconds per real second: from 10 µs to 100 days. */
export const SPEEDS: readonly number[] = TIME_STEPS.filter((step) => step >= 10 && step <= 100 * 86_400_000_000);
/** Speeds on an axis by event, in events per real second. */
export const EVENT_SPEEDS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000,
];
/** Real seconds that a whole run takes to play at the speed it opens with. */
const OPENING_SECONDS = 30;

export class Playback {
  #trace = $state.raw<Trace | undefined>();
  #moment = $state(0);
  #entry = $state(NONE);
  #exact = $state(false);
  #playing = $state(false);
  #speed = $state(SPEEDS.indexOf(1_000_000));
  #eventSpeed = $state(EVENT_SPEEDS.indexOf(10));
  #direction = $state<1 | -1>(1);
  #mapping = $state.raw<Mapping>();
  /** The part of the axis that playing has not moved yet: at the slowest speeds a frame is less than a microsecond. */
  #carry = 0;
  #moments: () => Float64Array = () => new Float64Array();
  #landmarks: () => Float64Array = () => new Float64Array();

  readonly end = $derived<number>(this.#trace?.endedAt ?? 0);

  /** Microseconds since the start of the run. */
  get moment(): number {
    return this.#moment;
  }

  /** The log row the playhead stands on, or NONE: before the first, or where nothing is logged. */
  get entry(): number {
    return this.#entry;
  }

  /** Whether the playhead was put on that very row; else the row is just the last one up to the moment. */
  get exact(): boolean {
    return this.#exact;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Playing backwards. */
  get backwards(): boolean {
    return this.#direction < 0;
  }

  /** Playing goes by events, not by time. */
  get byEvent(): boolean {
    return this.#mapping !== undefined;
  }

  /** Virtual microseconds per real second; events per second on an axis by event. */
  get speed(): number {
    return this.speeds[this.speedIndex] ?? 1_000_000;
  }

  /** The speeds there are, on the axis as it is. */
  get speeds(): readonly number[] {
    return this.byEvent ? EVENT_SPEEDS : SPEEDS;
  }

  /** Its place in {@link speeds}. */
  get speedIndex(): number {
    return this.byEvent ? this.#eventSpeed : this.#speed;
  }

  /** Takes over a new run and keeps the moment, as far as the run goes. */
  load(trace: Trace): void {
    this.#trace = trace;
    this.#moments = once(() => moments(trace));
    this.#landmarks = once(() => landmarks(trace));
    this.seek(this.#moment);
  }

  /** Plays by the events of a mapping, or by time. */
  setMapping(mapping: Mapping): void {
    this.#mapping = mapping;
    this.#carry = 0;
  }

  /** A speed at which the run plays through in about half a minute. */
  openingSpeed(): void {
    this.#speed = clamp(SPEEDS.indexOf(tickStep(this.end / OPENING_SECONDS)), 0, SPEEDS.length - 1);
  }

  /** Takes the speed at a place of {@link speeds}, or the nearest end of it. */
  setSpeed(index: number): void {
    const nearest = clamp(index, 0, this.speeds.length - 1);
    if (this.byEvent) this.#eventSpeed = nearest;
    else this.#speed = nearest;
  }

  faster(): void {
    this.setSpeed(this.speedIndex + 1);
  }

  slower(): void {
    this.setSpeed(this.speedIndex - 1);
  }

  play(): void {
    this.#direction = 1;
    if (this.#moment >= this.end) this.seek(0);
    this.#playing = this.#trace !== undefined;
  }

  /** Plays towards the start; from the start on, from the end. */
  playBack(): void {
    this.#direction = -1;
    if (this.#moment <= 0) this.seek(this.end);
    this.#playing = this.#trace !== undefined;
  }

  pause(): void {
    this.#playing = false;
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  toggleBack(): void {
    if (this.#playing && this.backwards) this.pause();
    else this.playBack();
  }

  seek(at: number): void {
    this.#carry = 0;
    this.#moment = Math.round(clamp(at, 0, this.end));
    this.#entry = this.#trace ? entryAt(this.#trace, this.#moment) : NONE;
    this.#exact = false;
  }

  /** Stands on a row of the log; rows of one instant are told apart. */
  seekEntry(entry: number): void {
    const at = this.#trace?.log.at[entry];
    if (at === undefined) return;
    this.#moment = at;
    this.#entry = entry;
    this.#exact = true;
  }

  /** One event on: the next row of the log, or without a log the next recorded moment. */
  stepForward(): void {
    this.pause();
    if (this.#logged()) this.seekEntry(this.#entry + 1);
    else this.#seekNext(this.#moments());
  }

  /** One event back; before the first row lies the start of the run. */
  stepBack(): void {
    this.pause();
    if (!this.#logged()) this.#seekPrevious(this.#moments());
    else if (this.#entry > 0) this.seekEntry(this.#entry - 1);
    else this.#rewind();
  }

  /** To the next crash, return or change of a belief. */
  jumpForward(): void {
    this.pause();
    this.#seekNext(this.#landmarks());
  }

  jumpBack(): void {
    this.pause();
    this.#seekPrevious(this.#landmarks());
  }

  home(): void {
    this.pause();
    this.seek(0);
  }

  toEnd(): void {
    this.pause();
    this.seek(this.end);
  }

  /** Moves on by real milliseconds and says whether it goes on playing. */
  advance(millis: number): boolean {
    if (!this.#playing) return false;
    const due = (millis / 1_000) * this.speed * this.#direction;
    const place = placeOf(this.#mapping, this.#moment) + this.#carry + due;
    // Whole microseconds, towards where it came from: what is left over is carried on.
    const to = instantOf(this.#mapping, place);
    const whole = this.backwards ? Math.ceil(to) : Math.floor(to);
    if (whole !== this.#moment) this.seek(whole);
    this.#carry = place - placeOf(this.#mapping, whole);
    if (this.backwards ? this.#moment <= 0 : this.#moment >= this.end) this.pause();
    return this.#playing;
  }

  #logged(): boolean {
    return (this.#trace?.log.at.length ?? 0) > 0;
  }

  #rewind(): void {
    this.#moment = 0;
    this.#entry = NONE;
    this.#exact = false;
  }

  #seekNext(ats: Float64Array): void {
    this.seek(ats[bisectRight(ats, this.#moment)] ?? this.end);
  }

  #seekPrevious(ats: Float64Array): void {
    this.seek(ats[bisectLeft(ats, this.#moment) - 1] ?? 0);
  }
}
