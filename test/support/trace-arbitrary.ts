/**
 * Random hint tables for properties of queries: few nodes and few instants, so that lanes, ties and folded changes
 * are common. Plain data without `chain`, so that a failure shrinks.
 */
import fc from 'fast-check';
import type { HintRow } from './trace-builder.ts';
import { HINT_FATES } from '../../sim/trace/trace.ts';
import type { HintFate } from '../../sim/trace/trace.ts';

/** The instants that rows use; queries may be asked at any of 0 … LAST_INSTANT. */
export const LAST_INSTANT = 60;

const NAMES = ['a', 'b', 'c'];

/** What happens to a hint in a store. `transit` is the hint's time on the wire after it was shipped. */
const drawnHint = fc.record({
  pair: fc.integer({ min: 0, max: 5 }),
  storedAt: fc.integer({ min: 0, max: 30 }),
  stay: fc.integer({ min: 0, max: 25 }),
  transit: fc.integer({ min: 0, max: 5 }),
  bytes: fc.integer({ min: 1, max: 100 }),
  /** `ackedLater`: delivered, and in the store until its acknowledgement is in. */
  fate: fc.constantFrom<HintFate | 'onTheWire' | 'ackedLater'>('onTheWire', 'ackedLater', ...HINT_FATES),
  requeues: fc.integer({ min: 0, max: 2 }),
});

/** Hints in the order of storing, over all six pairs of three nodes. */
export const hintRows: fc.Arbitrary<readonly HintRow[]> = fc
  .array(drawnHint, { maxLength: 60, size: 'max' })
  .map((drawn) => drawn.toSorted((left, right) => left.storedAt - right.storedAt).map(rowOf));

function rowOf({ pair, storedAt, stay, transit, bytes, fate, requeues }: DrawnHint): HintRow {
  const holder = pair % 3;
  const peer = (holder + 1 + Math.floor(pair / 3)) % 3;
  const row = { holder: NAMES[holder] ?? 'a', peer: NAMES[peer] ?? 'b', storedAt, bytes, requeues };
  const leftAt = storedAt + stay;
  if (fate === 'pending') return { ...row, fate };
  if (fate === 'onTheWire') return { ...row, fate: 'pending', leftAt };
  if (fate === 'ackedLater') return { ...row, fate: 'delivered', leftAt: leftAt + transit, endedAt: leftAt };
  const isShipped = fate === 'delivered' || fate === 'linkCut';
  return { ...row, fate, leftAt, endedAt: isShipped ? leftAt + transit : leftAt };
}

type DrawnHint = typeof drawnHint extends fc.Arbitrary<infer Drawn> ? Drawn : never;
