/**
 * What breaks, in the schema: one map per entry, told apart by the key that says what it is.
 */
import * as v from 'valibot';
import { DATE_FORM, readDate } from '../import/calendar.ts';
import { flagLeaf, nameLeaf, positiveLeaf, textLeaf, wholeLeaf, wordLeaf } from '../text/leaf.ts';
import { durationLeaf, readLeaf, shareLeaf, signedDurationLeaf, sizeLeaf, spanLeaf } from '../text/quantity-leaf.ts';
import { durations } from './distribution.ts';
import { MAX_PARAMETER, may, must } from './keys.ts';

const date = readLeaf(DATE_FORM, readDate, '2003-01-01');

const begin = {
  at: must(durationLeaf, 'when it begins'),
  cause: may(textLeaf, 'why, for reports'),
};
const span = {
  at: begin.at,
  for: may(spanLeaf, 'how long it lasts'),
  until: may(durationLeaf, 'when it is over, instead of for'),
  every: may(spanLeaf, 'from one beginning to the next'),
  times: may(wholeLeaf(1, 1_000_000), 'how often altogether; default: to the end of the run'),
  cause: begin.cause,
};
const death = {
  ...span,
  power: may(flagLeaf, 'the machine lost power: hints that were not synced may be gone, too; default false'),
  torn: may(sizeLeaf, 'it died in the middle of an append: so many stray bytes end the segment; default 0'),
};

const lanl = v.strictObject({
  file: must(textLeaf, 'node outages in the format of LA-UR-05-7318'),
  system: may(wholeLeaf(1, 1_000), 'which system, if the file has several'),
  from: must(date, 'the day, or day and time, that is 0s'),
  to: must(date, 'the day, or day and time, at which the range ends'),
  longest: may(spanLeaf, 'a record still open, or longer, ends after this; default 7d'),
});

/** One entry of what breaks. */
export const fault = v.union([
  v.strictObject({
    crash: must(nameLeaf, 'the node whose process dies; hints in its memory are gone; without an end it never is back'),
    ...death,
  }),
  v.strictObject({ restart: must(nameLeaf, 'the node that dies and starts again; default for 2s'), ...death }),
  v.strictObject({
    stop: must(nameLeaf, 'the node that stops gracefully: its peers know at once, its links close cleanly'),
    ...span,
  }),
  v.strictObject({ loading: must(nameLeaf, 'the node whose backend answers every request with an error'), ...span }),
  v.strictObject({ stall: must(nameLeaf, 'the node whose backend answers nothing at all'), ...span }),
  v.strictObject({
    slow: must(nameLeaf, 'the node whose service and local latency take longer'),
    factor: must(positiveLeaf(MAX_PARAMETER), 'so many times as long'),
    ...span,
  }),
  v.strictObject({
    partition: must(
      v.strictTuple([v.array(nameLeaf), v.array(nameLeaf)]),
      'two sides, each a list of nodes: nothing gets from one to the other',
    ),
    oneWay: may(flagLeaf, 'only from the first side to the second; default false, both ways'),
    ...span,
  }),
  v.strictObject({
    loss: must(shareLeaf, 'share of messages that are lost'),
    from: may(v.array(nameLeaf), 'the nodes that send them; default all'),
    to: may(v.array(nameLeaf), 'the nodes that they are for; default all'),
    ...span,
  }),
  v.strictObject({
    clock: must(nameLeaf, 'the node whose wall clock jumps, and back at the end'),
    step: must(signedDurationLeaf, 'how far, such as 5s or -5s'),
    ...span,
  }),
  v.strictObject({ diskFull: must(nameLeaf, 'the node whose hint disk takes no append'), ...span }),
  v.strictObject({ pauseDrain: must(nameLeaf, 'the node that delivers no hints'), ...span }),
  v.strictObject({
    reindex: must(
      nameLeaf,
      'the node whose peer table has another order from its next start on, which moves hints that are for positions',
    ),
    order: must(v.array(nameLeaf), 'all nodes, in the order of its table'),
    ...begin,
  }),
  v.strictObject({
    replace: must(nameLeaf, 'the node that dies, and whose name an empty one takes at the end'),
    ...span,
  }),
  v.strictObject({
    flap: must(nameLeaf, 'the node that is up and down in turns, by lot; it begins up'),
    up: must(durations, 'how long it is up each time'),
    down: must(durations, 'how long it is down each time'),
    what: may(wordLeaf(['crash', 'stall']), 'its process crashes, or its backend stalls; default crash'),
    at: may(durationLeaf, 'when it begins; default 0s'),
    for: span.for,
    until: span.until,
    cause: begin.cause,
  }),
  v.strictObject({ collect: must(nameLeaf, 'the node that collects its tombstones, whatever their age'), ...begin }),
  v.strictObject({ lanl: must(lanl, 'outages that really happened') }),
]);

/** One fault of a document. */
export type FaultDocument = v.InferOutput<typeof fault>;
