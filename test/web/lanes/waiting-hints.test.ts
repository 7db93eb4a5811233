import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expiryHorizon, hintsWaiting } from '../../../sim/trace/index.ts';
import { horizonSource } from '../../../web/lanes/expiry-lane.ts';
import { WaitingHints } from '../../../web/lanes/waiting-hints.ts';
import { Reach } from '../../support/reach.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const LAST = 500;
/** Enough rows for several blocks; some stay for ever, and some die at a deadline out of the order of storing. */
const traces = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 2 }),
      stay: fc.oneof(
        { weight: 60, arbitrary: fc.integer({ min: 1, max: 60 }) },
        { weight: 1, arbitrary: fc.constant(Infinity) },
      ),
      peer: fc.constantFrom('b', 'c'),
      life: fc.constantFrom(80, 80, 80, 20),
    }),
    { maxLength: 400, size: 'max' },
  )
  .map((drawn) => {
    let storedAt = 0;
    const hints = drawn.map(({ gap, stay, peer, life }) => {
      storedAt += gap;
      const times = { storedAt, deadline: storedAt + life };
      return stay === Infinity
        ? { holder: 'a', peer, ...times }
        : { holder: 'a', peer, ...times, leftAt: storedAt + stay, fate: 'delivered' as const };
    });
    return buildTrace({ ttl: 80, endedAt: 2_000, hints });
  });
const moments = fc.array(fc.integer({ min: 0, max: LAST }), { minLength: 1, maxLength: 8, size: 'max' });

test('the hints that wait in a queue are those that a walk over all hints finds, at any moment', () => {
  const reach = new Reach<'none' | 'far apart' | 'a block left behind'>();
  const property = fc.property(traces, moments, (trace, asked) => {
    const queue = WaitingHints.ofQueue(trace, 0, 1);
    for (const moment of asked) {
      const walked = hintsWaiting(trace, 0, 1, moment);
      reach.note('none', walked.length === 0);
      const [first = 0] = walked;
      // Every other hint is of this queue, more or less: 200 ids hold a whole block of 64 of its own.
      reach.note('far apart', (walked.at(-1) ?? 0) - first > 200);
      reach.note('a block left behind', walked.length > 0 && first > 200);
      expect([...queue.at(moment)]).toEqual([...walked]);
    }
  });
  fc.assert(property, { numRuns: 200, seed: 11 });
  expect(reach.rarerThan(20, ['none', 'far apart', 'a block left behind'])).toEqual([]);
});

test('the horizon holds every deadline that a walk over all hints finds, in any order of asking', () => {
  const reach = new Reach<'deadlines out of order' | 'two at one deadline'>();
  const property = fc.property(traces, moments, (trace, asked) => {
    const source = horizonSource(trace);
    for (const moment of asked) {
      const { deadline, count } = expiryHorizon(trace, moment);
      const { horizon } = source.at(moment);
      const waiting = hintsWaiting(trace, 0, 1, moment);
      reach.note(
        'deadlines out of order',
        waiting.some((id, i) => (trace.hints.deadline[id] ?? 0) < (trace.hints.deadline[waiting[i - 1] ?? id] ?? 0)),
      );
      reach.note('two at one deadline', count.includes(2));
      expect([...horizon.at].slice(1)).toEqual([...deadline].map((due) => Math.max(due, moment)));
      expect([...horizon.value].slice(1)).toEqual(
        [...count].map((_, i) => count.slice(0, i + 1).reduce((a, b) => a + b)),
      );
    }
  });
  fc.assert(property, { numRuns: 200, seed: 12 });
  expect(reach.rarerThan(20, ['deadlines out of order', 'two at one deadline'])).toEqual([]);
});

test('asked for one moment twice, as the picture and the text beside it do, the horizon is made once', () => {
  const source = horizonSource(buildTrace({ hints: [{ holder: 'a', peer: 'b', storedAt: 10 }] }));
  expect(source.at(20)).toBe(source.at(20));
  expect(source.at(5).horizon.value.length).toBe(1);
});
