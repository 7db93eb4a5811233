/**
 * The event queue against a list that is sorted anew for every event: random schedules and pops over all time scales.
 *
 * Every path through the wheel has a name in `STATES`. The test recognises each path from the instants alone, and
 * demands at the end that the property went through all of them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_OF_TIME, instant } from '../../../core/units.ts';
import { EventQueue } from '../../../sim/engine/event-queue.ts';
import { Reach } from '../../support/reach.ts';

/** What a run does, as plain data that makes sense in any order, so that any part of it can be left out. */
type Step =
  /** Schedules an event `distance` after the current one. */
  | { readonly kind: 'after'; readonly distance: number }
  /** Schedules around the next multiple of 256^power: at its last microsecond, at it, or one past it. */
  | { readonly kind: 'edge'; readonly power: number; readonly offset: number }
  /** Schedules for the instant of a pending event, chosen by position. */
  | { readonly kind: 'tie'; readonly position: number }
  /** Moves to the next event up to `count` times. */
  | { readonly kind: 'pop'; readonly count: number };

/** A level is how many bytes up an instant first differs from the present; 4 to 6 are the far list. */
const LEVELS = [0, 1, 2, 3, 4, 5, 6] as const;
type Level = (typeof LEVELS)[number];

const STATES = [
  ...LEVELS.map((level) => `scheduled on level ${level}` as const),
  ...LEVELS.map((level) => `popped after waiting on level ${level}` as const),
  'popped one of a tie',
  'popped one of a tie of far list and wheel',
  'popped one of a tie from three levels',
  'scheduled for the present instant',
  'scheduled for the present instant behind another',
  'scheduled before all others',
  'scheduled for the end of time',
  'peeked above level 0',
  'became empty',
  'refilled after being empty',
  'popped when empty',
] as const;

interface Pending {
  readonly at: number;
  readonly id: number;
  /** On which level it was when it was scheduled. */
  readonly level: Level;
}

const below2ToThe = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .oneof(...[0, 3, 8, 16, 24, 32, 40, 48, 53].map(below2ToThe))
      .map((distance) => ({ kind: 'after' as const, distance })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edge' as const),
      power: fc.integer({ min: 1, max: 6 }),
      offset: fc.integer({ min: -1, max: 1 }),
    }),
  },
  // Mostly with one of the next few events: the instant that ties keep joining while the present comes closer.
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tie' as const), position: fc.oneof(fc.nat(4), fc.nat(40)) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pop' as const), count: fc.integer({ min: 1, max: 4 }) }) },
);

/** A queue and its model, driven side by side. */
class Twins {
  readonly #reach: Reach<(typeof STATES)[number]>;
  readonly #queue = new EventQueue();
  /** Earliest first, ties in order of scheduling. */
  #pending: Pending[] = [];
  #at = 0;
  #scheduled = 0;

  constructor(reach: Reach<(typeof STATES)[number]>) {
    this.#reach = reach;
  }

  take(step: Step): void {
    if (step.kind === 'pop') for (let count = 0; count < step.count; count += 1) this.pop();
    else this.#schedule(Math.min(Math.max(this.#target(step), this.#at), END_OF_TIME));
    this.#compare();
  }

  pop(): boolean {
    const [first, ...rest] = this.#pending;
    expect(this.#queue.next()).toBe(first !== undefined);
    this.#reach.note('popped when empty', first === undefined);
    if (first === undefined) return false;
    const { at, kind, a, b } = this.#queue;
    expect({ at, kind, a, b }).toEqual({ at: first.at, kind: first.id % 256, a: first.id, b: -1 - first.id });
    this.#at = first.at;
    this.#pending = rest;
    this.#notePop(first);
    return true;
  }

  #target(step: Exclude<Step, { kind: 'pop' }>): number {
    if (step.kind === 'after') return this.#at + step.distance;
    if (step.kind === 'edge') return (Math.floor(this.#at / 256 ** step.power) + 1) * 256 ** step.power + step.offset;
    return this.#pending[step.position % Math.max(this.#pending.length, 1)]?.at ?? this.#at;
  }

  #schedule(at: number): void {
    const id = this.#scheduled;
    const event = { at, id, level: levelOf(at, this.#at) };
    this.#noteSchedule(event);
    this.#queue.schedule(instant(at), id % 256, id, -1 - id);
    this.#pending = [...this.#pending, event].sort((left, right) => left.at - right.at || left.id - right.id);
    this.#scheduled += 1;
  }

  #compare(): void {
    const earliest = this.#pending[0];
    this.#reach.note('peeked above level 0', earliest !== undefined && levelOf(earliest.at, this.#at) > 0);
    expect(this.#queue.nextAt()).toBe(earliest?.at ?? Infinity);
    expect(this.#queue.length).toBe(this.#pending.length);
    expect(this.#queue.at).toBe(this.#at);
  }

  #noteSchedule({ at, id, level }: Pending): void {
    const earliest = this.#pending[0];
    this.#reach.note(`scheduled on level ${level}`);
    this.#reach.note('scheduled for the present instant', at === this.#at);
    this.#reach.note('scheduled for the present instant behind another', at === this.#at && earliest?.at === at);
    this.#reach.note('scheduled before all others', earliest !== undefined && at < earliest.at);
    this.#reach.note('scheduled for the end of time', at === END_OF_TIME);
    this.#reach.note('refilled after being empty', earliest === undefined && id > 0);
  }

  #notePop(first: Pending): void {
    const tied = this.#pending.filter((event) => event.at === first.at);
    const levels = [...new Set([first, ...tied].map((event) => event.level))];
    this.#reach.note(`popped after waiting on level ${first.level}`);
    this.#reach.note('popped one of a tie', tied.length > 0);
    this.#reach.note('popped one of a tie from three levels', levels.length >= 3);
    this.#reach.note('popped one of a tie of far list and wheel', Math.max(...levels) > 3 && Math.min(...levels) <= 3);
    this.#reach.note('became empty', this.#pending.length === 0);
  }
}

function levelOf(at: number, now: number): Level {
  const sharesBytesAbove = (level: Level) =>
    Math.floor(at / 256 ** (level + 1)) === Math.floor(now / 256 ** (level + 1));
  return LEVELS.find(sharesBytesAbove) ?? 6;
}

describe('the event queue and a plain list', () => {
  it('agree on every event, the earliest instant and the length after every step, on every path of the wheel', () => {
    const reach = new Reach<(typeof STATES)[number]>();
    const lengths: number[] = [];
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 120, size: 'max' }), (steps) => {
        lengths.push(steps.length);
        const twins = new Twins(reach);
        for (const step of steps) twins.take(step);
        while (twins.pop());
      }),
      { numRuns: 600, seed: 20_260_101 },
    );
    expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeGreaterThan(40);
    expect(reach.rarerThan(20, STATES)).toEqual([]);
  });
});
