import fc from 'fast-check';
import { expect, it } from 'vitest';
import { QueueDepths } from '../../../../sim/trace/queries/depths.ts';
import { queueLanes } from '../../../../sim/trace/queries/queues.ts';
import { hintsWaiting } from '../../../../sim/trace/queries/waiting.ts';
import { handStory } from '../../../support/hand-story.ts';
import { Reach } from '../../../support/reach.ts';
import { hintRows, LAST_INSTANT } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

it('counts a hint from its storing up to its leaving', () => {
  const depths = new QueueDepths(handStory());
  expect(depths.at(39)).toEqual([]);
  expect(depths.at(40)).toEqual([{ holder: 0, peer: 1, hints: 1 }]);
  expect(depths.at(69)).toEqual([{ holder: 0, peer: 1, hints: 1 }]);
  expect(depths.at(70)).toEqual([]);
  expect(depths.mostStored).toBe(1);
});

it('is as deep at any instant as the list of waiting hints is long', () => {
  const reach = new Reach<'several queues' | 'an empty queue' | 'nothing'>();
  fc.assert(
    fc.property(hintRows, fc.integer({ min: 0, max: LAST_INSTANT }), (hints, at) => {
      const trace = buildTrace({ hints });
      const expected = queueLanes(trace)
        .map(({ holder, peer }) => ({ holder, peer, hints: hintsWaiting(trace, holder, peer, at).length }))
        .filter((queue) => queue.hints > 0);
      expect(new QueueDepths(trace).at(at)).toEqual(expected);
      reach.note('several queues', expected.length > 2);
      reach.note('an empty queue', expected.length < queueLanes(trace).length);
      reach.note('nothing', expected.length === 0);
    }),
    { seed: 20_261_123, numRuns: 500 },
  );
  expect(reach.rarerThan(20, ['several queues', 'an empty queue', 'nothing'])).toEqual([]);
});
