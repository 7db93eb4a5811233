/**
 * The laws of the store, each on its own and from the store's answers alone, after properties §2.1. Judged after every
 * operation. A law knows what was put in (`books.ts`), and none of them looks at another or at the model.
 */
import { ACCEPTED, EMPTY_PAYLOAD, END_OF_TIME, OVER_CAPACITY, ZERO_TTL } from '../../../core/index.ts';
import { isAccepted } from './books.ts';
import type { Books } from './books.ts';
import type { HeldHint, Snapshot, Step } from './step.ts';

/** A law: an id of properties §2.1, and whether a step keeps it. */
export interface Law {
  readonly id: string;
  readonly sentence: string;
  readonly holds: (step: Step, books: Books) => boolean;
}

/** Every law. */
export const LAWS: readonly Law[] = [
  law('S1', 'Hints are conserved: those accepted are held, handed out or counted as expired.', keepsCount),
  law('S2', 'The bytes held are those of the hints accepted and not gone.', keepsBytes),
  law('S3', 'The bytes held are between 0 and the cap.', staysUnderCap),
  law('S4', 'A hint is accepted exactly if it fits, and a refusal changes nothing but its counter.', admitsWhatFits),
  law('S5', 'The hints of a peer are handed out in the order in which they came.', keepsOrder),
  law('S6', 'No hint expires before its deadline.', ({ expired, operation, now, sweptAt }, books) => {
    const at = operation.op === 'expireNow' ? sweptAt : now;
    return expired.every(({ reference }) => books.truthOf(reference).deadline <= at);
  }),
  law('S7', 'No hint is handed out at its deadline or later.', ({ handedOut, now }, books) =>
    handedOut.every(({ reference }) => books.truthOf(reference).deadline > now),
  ),
  law('S9', 'What is done for one peer changes nothing for another.', sparesOthers),
  law(
    'S10',
    'A take hands out no more than was asked for, of its own peer alone.',
    ({ handedOut, operation, atMost }, books) =>
      handedOut.length <= atMost &&
      handedOut.every(
        ({ reference }) => operation.op === 'takeFor' && books.truthOf(reference).peer === operation.peer,
      ),
  ),
  law('S11', 'A take hands out all that is live, up to what was asked for.', handsOutWhatIsLive),
  law('S15', 'After a sweep nothing is due, and a second one finds nothing.', sweepsAll),
  law('S18', 'Exactly the peers that have hints are listed, and lengths are those of the queues.', listsPeers),
  law('S21', 'Counters never fall, and a new hint has the deadline it was given.', countsUp),
];

function law(id: string, sentence: string, holds: Law['holds']): Law {
  return { id, sentence, holds };
}

function keepsCount(step: Step): boolean {
  const { before, after, handedOut, expired, answer, operation } = step;
  const came = isAccepted(step) ? 1 : 0;
  const refused = operation.op === 'enqueue' && answer === OVER_CAPACITY ? 1 : 0;
  if (operation.op === 'takeFor' && answer !== handedOut.length) return false;
  if (operation.op === 'expireNow' && answer !== expired.length) return false;
  return (
    after.stats.hintCount === before.stats.hintCount + came - handedOut.length - expired.length &&
    after.stats.expiredTotal === before.stats.expiredTotal + expired.length &&
    after.stats.rejectedOverCapacityTotal === before.stats.rejectedOverCapacityTotal + refused
  );
}

function keepsBytes(step: Step, books: Books): boolean {
  const { before, after, handedOut, expired, operation } = step;
  const came = isAccepted(step) && operation.op === 'enqueue' ? operation.bytes : 0;
  return after.stats.bytes === before.stats.bytes + came - books.bytesOf(handedOut) - books.bytesOf(expired);
}

function staysUnderCap({ after }: Step): boolean {
  const { bytes, maxBytes } = after.stats;
  return bytes >= 0 && (maxBytes === 0 || bytes <= maxBytes);
}

function admitsWhatFits({ operation, before, after, answer }: Step): boolean {
  if (operation.op !== 'enqueue') return true;
  const { bytes, maxBytes } = before.stats;
  const fits = maxBytes === 0 || bytes + operation.bytes <= maxBytes;
  const expected =
    operation.ttl === 0 ? ZERO_TTL : operation.bytes === 0 ? EMPTY_PAYLOAD : fits ? ACCEPTED : OVER_CAPACITY;
  if (answer !== expected) return false;
  if (answer === ACCEPTED) return true;
  return after.stats.bytes === bytes && everyQueue(before, (queue, peer) => areSame(queue, after.queues.get(peer)));
}

function keepsOrder({ operation, handedOut }: Step, books: Books): boolean {
  if (operation.op !== 'takeFor') return true;
  let last = books.lastOut.get(operation.peer) ?? 0;
  for (const { reference } of handedOut) {
    if (reference <= last) return false;
    last = reference;
  }
  return true;
}

function sparesOthers({ operation, before, after }: Step): boolean {
  if (!('peer' in operation)) return true;
  return everyQueue(before, (queue, peer) => peer === operation.peer || areSame(queue, after.queues.get(peer)));
}

function handsOutWhatIsLive({ operation, before, now, atMost, handedOut }: Step, books: Books): boolean {
  if (operation.op !== 'takeFor') return true;
  const queue = before.queues.get(operation.peer) ?? [];
  const live = queue.filter(({ reference }) => books.truthOf(reference).deadline > now);
  return handedOut.length >= Math.min(live.length, atMost);
}

function sweepsAll({ operation, after, sweptAt, sweptAgain }: Step, books: Books): boolean {
  if (operation.op !== 'expireNow') return true;
  const isKept = ({ reference }: HeldHint): boolean => books.truthOf(reference).deadline > sweptAt;
  return sweptAgain === 0 && everyQueue(after, (queue) => queue.every(isKept));
}

function listsPeers({ after }: Step): boolean {
  const { lengths, peers, totalLength } = after;
  let [listed, waiting] = [0, 0];
  const isAsListed = everyQueue(after, ({ length }, peer) => {
    if (length > 0) listed += 1;
    waiting += length;
    return lengths.get(peer) === length && (length === 0 || peers.includes(peer));
  });
  return isAsListed && listed === peers.length && waiting === totalLength;
}

function countsUp(step: Step): boolean {
  const { operation, before, after, now, newestDeadline } = step;
  const isUp =
    after.stats.expiredTotal >= before.stats.expiredTotal &&
    after.stats.rejectedOverCapacityTotal >= before.stats.rejectedOverCapacityTotal;
  if (!isUp || !isAccepted(step) || operation.op !== 'enqueue') return isUp;
  return newestDeadline === Math.min(now + operation.ttl, END_OF_TIME);
}

function everyQueue({ queues }: Snapshot, holds: (queue: readonly HeldHint[], peer: number) => boolean): boolean {
  for (const [peer, queue] of queues) if (!holds(queue, peer)) return false;
  return true;
}

/** The same hints in the same order. What has not changed is mostly the same array, which settles it at once. */
function areSame(one: readonly HeldHint[], other: readonly HeldHint[] | undefined): boolean {
  if (one === other) return true;
  return (
    one.length === other?.length &&
    one.every(({ reference, byteLength, deadline }, index) => {
      const twin = other[index];
      return twin?.reference === reference && twin.byteLength === byteLength && twin.deadline === deadline;
    })
  );
}
