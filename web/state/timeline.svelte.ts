/**
 * How the timeline is looked at: the layout of its axis, which groups of lanes are folded, the moments that were marked
 * with a note, and the stretch that is brushed. All of it but the brush travels in links.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { clamp, type Span } from '../draw/time-scale.ts';
import type { LaneGroup } from '../lanes/lane.ts';
import { Axis } from './axis.svelte.ts';
import type { Playback } from './playback.svelte.ts';
import { LONGEST_NOTE, MOST_NOTES, type Note, type TimelineAddress } from './timeline-address.ts';
import type { Viewport } from './viewport.svelte.ts';

/** Groups that are folded until they are asked for: they are long, or repeat others from another side. */
const FOLDED: ReadonlySet<LaneGroup['kind']> = new Set<LaneGroup['kind']>(['beliefs', 'links', 'stale']);

export class Timeline {
  readonly axis: Axis;
  /** The kinds of groups that are folded otherwise than {@link FOLDED} says. */
  #turned = $state.raw<ReadonlySet<string>>(new Set());
  #notes = $state.raw<readonly Note[]>([]);
  #brushed = $state.raw<Span | undefined>();
  /** Where brushing by key began; the other end is the playhead. */
  #anchor = $state<number | undefined>();
  readonly #playback: Playback;

  constructor(viewport: Viewport, playback: Playback) {
    this.#playback = playback;
    this.axis = new Axis(viewport, playback);
  }

  /** Marked moments, ascending. */
  get notes(): readonly Note[] {
    return this.#notes;
  }

  /** The stretch whose events are listed. */
  get brushed(): Span | undefined {
    return this.#anchor === undefined ? this.#brushed : inOrder(this.#anchor, this.#playback.moment);
  }

  /** What a link says of it; undefined if there is nothing to say. */
  get address(): TimelineAddress | undefined {
    const isPlain = !this.axis.byEvent && this.#turned.size === 0 && this.#notes.length === 0;
    return isPlain ? undefined : { byEvent: this.axis.byEvent, turned: [...this.#turned], notes: this.#notes };
  }

  /** Takes over what a link says. */
  restore(address: TimelineAddress | undefined): void {
    this.axis.set(address?.byEvent ?? false);
    this.#turned = new Set(address?.turned);
    this.#notes = address?.notes ?? [];
    this.brush(undefined);
  }

  /** Takes over a run. */
  load(trace: Trace): void {
    this.axis.load(trace);
    this.brush(undefined);
  }

  /** Another scenario is opened: what was marked in the last one goes with it. */
  leave(): void {
    this.#notes = [];
    this.brush(undefined);
  }

  isFolded(kind: LaneGroup['kind']): boolean {
    return FOLDED.has(kind) !== this.#turned.has(kind);
  }

  /** Folds a group of lanes, or unfolds it. */
  toggle(kind: LaneGroup['kind']): void {
    const turned = new Set(this.#turned);
    if (!turned.delete(kind)) turned.add(kind);
    this.#turned = turned;
  }

  /** Marks a moment; a second note at one moment replaces the first. Says false where there are {@link MOST_NOTES}. */
  note(at: number, text: string): boolean {
    const others = this.#notes.filter((note) => note.at !== at);
    if (others.length >= MOST_NOTES) return false;
    this.#notes = [...others, { at, text: text.slice(0, LONGEST_NOTE) }].sort((a, b) => a.at - b.at);
    return true;
  }

  forget(at: number): void {
    this.#notes = this.#notes.filter((note) => note.at !== at);
  }

  /** Takes a stretch, with its ends in any order; undefined lets go. Whole microseconds, within the run. */
  brush(span: Span | undefined): void {
    this.#anchor = undefined;
    if (!span) return void (this.#brushed = undefined);
    const within = (at: number) => Math.round(clamp(at, 0, this.#playback.end));
    this.#brushed = inOrder(within(span.from), within(span.until));
  }

  /** Begins brushing at the playhead, or ends it there. */
  brushByKey(): void {
    if (this.#anchor === undefined) this.#anchor = this.#playback.moment;
    else this.brush(this.brushed);
  }
}

function inOrder(a: number, b: number): Span {
  return { from: Math.min(a, b), until: Math.max(a, b) };
}
