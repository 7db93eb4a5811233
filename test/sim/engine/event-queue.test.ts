/**
 * The event queue by example: ties, the present instant, the edges of every level, and years of nothing.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { END_OF_TIME, instant } from '../../../core/units.ts';
import { EventQueue, MAX_PENDING_EVENTS } from '../../../sim/engine/event-queue.ts';

/** Pops everything: the instant and the first payload integer of each event. */
function drained(queue: EventQueue): [number, number][] {
  const events: [number, number][] = [];
  while (queue.next()) events.push([queue.at, queue.a]);
  return events;
}

/** A queue that holds one event for each instant; its payload is its position. */
function queueOf(...instants: number[]): EventQueue {
  const queue = new EventQueue();
  for (const [position, at] of instants.entries()) queue.schedule(instant(at), 0, position, 0);
  return queue;
}

const YEAR = 365 * 86_400_000_000;

describe('the event queue', () => {
  it('is empty at first: nothing to move to, and the earliest instant is Infinity', () => {
    const queue = new EventQueue();
    expect(queue.next()).toBe(false);
    expect(queue.nextAt()).toBe(Infinity);
    expect(queue.length).toBe(0);
    expect(queue.at).toBe(0);
  });

  it('gives back an event with its instant, kind and both payload integers, at their extremes too', () => {
    const queue = new EventQueue();
    queue.schedule(instant(7), 255, 2_147_483_647, -2_147_483_648);
    expect(queue.next()).toBe(true);
    expect([queue.at, queue.kind, queue.a, queue.b]).toEqual([7, 255, 2_147_483_647, -2_147_483_648]);
  });

  it('keeps the current event when there is none to move to', () => {
    const queue = queueOf(3);
    queue.next();
    expect(queue.next()).toBe(false);
    expect(queue.at).toBe(3);
  });

  it('orders by instant, whatever the order of scheduling', () => {
    expect(drained(queueOf(30, 10, 20))).toEqual([
      [10, 1],
      [20, 2],
      [30, 0],
    ]);
  });

  it('runs events of one instant in the order they were scheduled', () => {
    const events = drained(queueOf(9, 5, 9, 5, 9));
    expect(events).toEqual([
      [5, 1],
      [5, 3],
      [9, 0],
      [9, 2],
      [9, 4],
    ]);
  });

  it('runs an event scheduled for the present instant after those already waiting for it', () => {
    const queue = queueOf(5, 5, 6);
    queue.next();
    queue.schedule(queue.at, 0, 10, 0);
    expect(drained(queue)).toEqual([
      [5, 1],
      [5, 10],
      [6, 2],
    ]);
  });

  it('keeps the order of scheduling between a tie scheduled long before and one scheduled close to it', () => {
    const far = 3 * 2 ** 40;
    const queue = queueOf(far, far - 2 ** 33, far - 300, far - 1);
    for (const close of [10, 11, 12]) {
      queue.next();
      queue.schedule(instant(far), 0, close, 0);
    }
    expect(drained(queue)).toEqual([
      [far, 0],
      [far, 10],
      [far, 11],
      [far, 12],
    ]);
  });

  const edges = [255, 256, 65_535, 65_536, 2 ** 24 - 1, 2 ** 24, 2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 48, 2 ** 53 - 2];

  it.each(edges)('has no seam around %d µs', (edge) => {
    const queue = queueOf(edge + 1, edge, edge - 1, edge);
    expect(queue.nextAt()).toBe(edge - 1);
    expect(drained(queue)).toEqual([
      [edge - 1, 2],
      [edge, 1],
      [edge, 3],
      [edge + 1, 0],
    ]);
  });

  it.each(edges)('has no seam around %d µs when it is crossed from just before', (edge) => {
    const queue = queueOf(edge - 1);
    queue.next();
    queue.schedule(instant(edge + 1), 0, 1, 0);
    queue.schedule(instant(edge), 0, 2, 0);
    expect(drained(queue)).toEqual([
      [edge, 2],
      [edge + 1, 1],
    ]);
  });

  it('jumps years of nothing and goes on in microseconds', () => {
    const queue = queueOf(1, 40 * YEAR);
    queue.next();
    queue.next();
    expect(queue.at).toBe(40 * YEAR);
    queue.schedule(instant(40 * YEAR + 1), 0, 2, 0);
    queue.schedule(instant(200 * YEAR), 0, 3, 0);
    expect(drained(queue)).toEqual([
      [40 * YEAR + 1, 2],
      [200 * YEAR, 3],
    ]);
  });

  it('reaches the end of time and runs ties there in order', () => {
    expect(drained(queueOf(END_OF_TIME, 0, END_OF_TIME))).toEqual([
      [0, 1],
      [END_OF_TIME, 0],
      [END_OF_TIME, 2],
    ]);
  });

  it('tells the earliest instant without moving, so that an earlier event can still be scheduled', () => {
    const queue = queueOf(5_000_000, 4_000_000);
    expect(queue.nextAt()).toBe(4_000_000);
    expect(queue.at).toBe(0);
    queue.schedule(instant(17), 0, 2, 0);
    expect(queue.nextAt()).toBe(17);
    expect(queue.length).toBe(3);
    expect(drained(queue).map(([at]) => at)).toEqual([17, 4_000_000, 5_000_000]);
  });

  it('grows past its first rows and keeps every event', () => {
    const count = 5_000;
    // Multiplying by a number without common divisors visits every instant once, far from in order.
    const queue = queueOf(...Array.from({ length: count }, (_, position) => (position * 2_741) % count));
    expect(queue.length).toBe(count);
    expect(drained(queue).map(([at]) => at)).toEqual(Array.from({ length: count }, (_, at) => at));
  });

  it('refuses the past, a kind beyond a byte and a payload beyond an int32, as bugs of the caller', () => {
    const queue = queueOf(10);
    queue.next();
    expect(() => queue.schedule(instant(9), 0, 0, 0)).toThrow(AssertionFailure);
    expect(() => queue.schedule(instant(10), 256, 0, 0)).toThrow(AssertionFailure);
    expect(() => queue.schedule(instant(10), -1, 0, 0)).toThrow(AssertionFailure);
    expect(() => queue.schedule(instant(10), 0, 2 ** 31, 0)).toThrow(AssertionFailure);
    expect(() => queue.schedule(instant(10), 0, 0, 0.5)).toThrow(AssertionFailure);
    expect(queue.length).toBe(0);
  });

  it('holds exactly MAX_PENDING_EVENTS events; one more is an assertion that says so', () => {
    const queue = new EventQueue();
    const at = instant(1);
    for (let count = 0; count < MAX_PENDING_EVENTS; count += 1) queue.schedule(at, 0, count, 0);
    expect(() => queue.schedule(at, 0, 0, 0)).toThrow(/at most 16777216 events are pending \(found 16777216\)/);
    expect(queue.length).toBe(MAX_PENDING_EVENTS);
  }, 30_000);
});
