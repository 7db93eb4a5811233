import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hintsByQueue, HintsByQueue } from '../../../../sim/trace/queries/hints-by-queue.ts';
import { Reach } from '../../../support/reach.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

const node = fc.constantFrom(0, 1, 2, 63, 65_534);
const rows = fc.array(fc.record({ holder: node, peer: node }), { size: 'max', maxLength: 80 });

test('the ids of a queue, and of a holder, are those that a walk over all hints finds', () => {
  const reach = new Reach<'several queues of a holder' | 'several hints in a queue' | 'no hints'>();
  fc.assert(
    fc.property(rows, node, node, (hints, holder, peer) => {
      const index = new HintsByQueue({
        holder: Uint16Array.from(hints, (hint) => hint.holder),
        peer: Uint16Array.from(hints, (hint) => hint.peer),
      });
      const ids = (isOwn: (hint: { holder: number; peer: number }) => boolean) =>
        hints.flatMap((hint, id) => (isOwn(hint) ? [id] : []));
      const ofPair = ids((hint) => hint.holder === holder && hint.peer === peer);
      const ofHolder = ids((hint) => hint.holder === holder);
      expect([...index.ofPair(holder, peer)]).toEqual(ofPair);
      expect([...index.ofHolder(holder)].toSorted((a, b) => a - b)).toEqual(ofHolder);
      const pairs = new Set(hints.map((hint) => `${hint.holder} ${hint.peer}`));
      expect(new Set(index.queues.map((queue) => `${queue.holder} ${queue.peer}`))).toEqual(pairs);
      expect(index.queues.reduce((sum, { from, until }) => sum + until - from, 0)).toBe(hints.length);
      reach.note('several queues of a holder', ofHolder.length > ofPair.length && ofPair.length > 0);
      reach.note('several hints in a queue', ofPair.length > 1);
      reach.note('no hints', hints.length === 0);
    }),
    { seed: 41, numRuns: 400 },
  );
  expect(reach.rarerThan(2, ['several queues of a holder', 'several hints in a queue', 'no hints'])).toEqual([]);
});

test('queues come by holder, then peer', () => {
  const { hints } = buildTrace({
    hints: [
      { holder: 'c', peer: 'a', storedAt: 1 },
      { holder: 'a', peer: 'c', storedAt: 2 },
      { holder: 'a', peer: 'b', storedAt: 3 },
    ],
  });
  expect(new HintsByQueue(hints).queues.map(({ holder, peer }) => [holder, peer])).toEqual([
    [0, 1],
    [0, 2],
    [2, 0],
  ]);
});

test('an index is made once for a table', () => {
  const { hints } = buildTrace({ hints: [{ holder: 'a', peer: 'b', storedAt: 1 }] });
  expect(hintsByQueue(hints)).toBe(hintsByQueue(hints));
  expect(hintsByQueue(buildTrace({}).hints)).not.toBe(hintsByQueue(hints));
});
