/**
 * Seeded bugs of the store: those of properties §3.2, 1 to 42, that a store of hints.rs can have. The store of the
 * reference neither sweeps before its cap test nor evicts, so 9, 16 to 18 and 23 are the mistakes of one that does.
 */
import { bugIn } from './bug.ts';
import type { SeededBug } from './bug.ts';

const columns = bugIn('store', 'core/hint-columns.ts');
const queues = bugIn('store', 'core/peer-queues.ts');
const pool = bugIn('store', 'core/block-pool.ts');

const TO_EXPIRED = 'expired?.append(this.#references[slot] ?? 0, byteLength, deadline);';
const WHOLE = `if (deadline <= now) {\n        ${TO_EXPIRED}\n      } else {\n        live?.append(`;
const SOME = WHOLE.replace('live?.', 'live.');
const SWEPT = `if (deadline <= now) {\n        ${TO_EXPIRED}\n        this.#byteLengths[slot] = 0;\n        dropped`;
const CAP = 'if (this.#queues.bytes + byteLength > this.#capBytes) return this.#enqueueAtCap(';
const REFUSAL = 'this.#rejectedOverCapacityTotal += 1;\n      return OVER_CAPACITY;';
const APPEND = 'this.#queues.append(peer, byteLength, reference, deadline);';
const IS_DUE = 'return this.#queues.deadlineIn(slot) <= this.#clock.now();';
const TAKEN = 'this.#expiredTotal += pending - live;';
const TAKEN_SOME = 'this.#expiredTotal += before - this.#queues.lengthFor(peer) - live;';
const SWEEP = 'if (queues.earliestFor(peer) <= now) dropped += queues.expire(peer, now, expired);';

/** What is refused at the cap takes the place of something else. */
const evict = (what: string): string =>
  `if (byteLength <= this.#capBytes) {\n        ${what}\n        return this.enqueue(peer, byteLength, reference, ttl);\n      }\n      ${REFUSAL}`;

/** Bytes, the cap, and who is accepted. */
const ADMISSION: readonly SeededBug[] = [
  columns('5', 'An exactly full store is refused.', CAP, CAP.replace('>', '>=')),
  columns('6', 'The cap test ignores the payload.', CAP, CAP.replace(' + byteLength', '')),
  {
    id: '7',
    sentence: 'The cap is over the hints of each peer.',
    oracle: 'store',
    patches: [
      { file: 'core/hint-columns.ts', before: CAP, after: CAP.replace('queues.bytes', 'queues.bytesFor(peer)') },
      { file: 'core/hint-columns.ts', before: APPEND, after: APPEND.replace('append', 'appendCounted') },
    ],
  },
  {
    id: '8',
    sentence: 'A refused hint still counts its bytes.',
    oracle: 'store',
    patches: [
      { file: 'core/hint-columns.ts', before: '  #expiredTotal = 0;', after: '  #expiredTotal = 0;\n  #ghosts = 0;' },
      { file: 'core/hint-columns.ts', before: REFUSAL, after: `this.#ghosts += byteLength;\n${REFUSAL}` },
      {
        file: 'core/hint-columns.ts',
        before: 'bytes: bytes(this.#queues.bytes),',
        after: 'bytes: bytes(this.#queues.bytes + this.#ghosts),',
      },
    ],
  },
  columns('9', 'What is due is dropped before the cap test.', CAP, `this.expireNow(this.#clock.now());\n    ${CAP}`),
  columns(
    '13',
    'Every fourth hint goes to the next peer.',
    APPEND,
    APPEND.replace('(peer', '(this.#queues.hintCount === 3 ? peer + 1 : peer'),
  ),
  columns(
    '14',
    'An empty payload is counted as one byte.',
    'if (byteLength === 0) return EMPTY_PAYLOAD;',
    'if (byteLength === 0) return this.enqueue(peer, 1, reference, ttl);',
  ),
  pool('15', 'Bytes are off by one.', 'this.#bytes += byteLength;', 'this.#bytes += byteLength + 1;'),
  columns(
    '16',
    'The newest hint makes room at the cap.',
    REFUSAL,
    evict('this.removeAt(peer, this.newestSlotFor(peer));'),
  ),
  columns('17', 'The cap is made room for, and far too many go.', REFUSAL, evict('this.clear();')),
  columns(
    '18',
    'Another peer makes room at the cap.',
    REFUSAL,
    evict('const other = this.#queues.firstPeer();\n        this.removeAt(other, this.firstSlotFor(other));'),
  ),
  columns(
    '23',
    'A payload larger than the cap empties the store, and is refused.',
    REFUSAL,
    `if (byteLength > this.#capBytes) this.clear();\n      ${REFUSAL}`,
  ),
  pool('24a', 'Bytes wrap at 32 bits.', 'this.#bytes += byteLength;', 'this.#bytes = (this.#bytes + byteLength) | 0;'),
  pool(
    '24b',
    'Bytes wrap at 32 bits, without a sign.',
    'this.#bytes += byteLength;',
    'this.#bytes = (this.#bytes + byteLength) >>> 0;',
  ),
  columns('r1', 'A ttl of zero is accepted.', 'if (ttl === 0) return ZERO_TTL;', ''),
  columns(
    'r2',
    'A cap of zero holds nothing.',
    'options.maxBytes === 0 ? Number.MAX_SAFE_INTEGER : options.maxBytes',
    'options.maxBytes',
  ),
  columns('r3', 'Refusals are not counted.', REFUSAL, 'return OVER_CAPACITY;'),
];

/** Deadlines, sweeps and what is due. */
const EXPIRY: readonly SeededBug[] = [
  pool('1a', 'A take lets a hint live at its deadline.', WHOLE, WHOLE.replace('<=', '<')),
  pool('1b', 'A sweep lets a hint live at its deadline.', SWEPT, SWEPT.replace('<=', '<')),
  columns('1c', 'A delivery lets a hint live at its deadline.', IS_DUE, IS_DUE.replace('<=', '<')),
  pool('2a', 'A take expires one microsecond early.', WHOLE, WHOLE.replace('now', 'now + 1')),
  pool('2b', 'A sweep expires one microsecond early.', SWEPT, SWEPT.replace('now', 'now + 1')),
  columns('2c', 'A delivery expires one microsecond early.', IS_DUE, IS_DUE.replace('now()', 'now() + 1')),
  pool(
    '3',
    'A sweep gives no bytes back.',
    'this.#hintCount -= dropped;\n    this.#bytes -= bytes;',
    'this.#hintCount -= dropped;',
  ),
  columns(
    '10',
    'A sweep stops after the first peer that has something due.',
    SWEEP,
    `if (dropped > 0) break;\n      ${SWEEP}`,
  ),
  pool(
    '11',
    'A sweep stops at the first live hint of a block.',
    '} else if (deadline < earliest) {\n        earliest = deadline;\n      }',
    '} else {\n        earliest = deadline;\n        break;\n      }',
  ),
  columns(
    '22',
    'A take forgets when the next hint of the others is due.',
    TAKEN,
    `this.#nothingDueBefore = Infinity;\n    ${TAKEN}`,
  ),
  pool('33a', 'A take hands out what has expired.', WHOLE, WHOLE.replace('deadline <= now', 'false')),
  pool('33b', 'A take of a part hands out what has expired.', SOME, SOME.replace('deadline <= now', 'false')),
  columns('r4', 'A take does not count what it drops.', TAKEN, ''),
  columns('r5', 'A sweep does not count what it drops.', 'this.#expiredTotal += dropped;', ''),
  columns(
    'r6',
    'A sweep goes by the clock, whatever time it is handed.',
    SWEEP,
    SWEEP.replaceAll('now', 'this.#clock.now()'),
  ),
];

/** What leaves, in which order, and what is left behind. */
const DRAIN: readonly SeededBug[] = [
  pool(
    '4a',
    'A take gives no bytes back.',
    'this.#bytes -= bytes;\n    this.#live[block] = 0;',
    'this.#live[block] = 0;',
  ),
  pool(
    '4b',
    'An acknowledged hint gives no bytes back.',
    'this.#hintCount -= 1;\n    this.#bytes -= byteLength;',
    'this.#hintCount -= 1;',
  ),
  pool(
    '12',
    'A take hands out the newest first.',
    'let bytes = 0;\n    for (let slot = first; slot < end; slot += 1) {\n      const byteLength = this.#byteLengths[slot] ?? 0;\n      if (byteLength === 0) continue;\n      const deadline = this.#deadlines[slot] ?? 0;\n      if (deadline <= now) {\n        expired?.append(this.#references[slot] ?? 0, byteLength, deadline);\n      } else {',
    'let bytes = 0;\n    for (let slot = end - 1; slot >= first; slot -= 1) {\n      const byteLength = this.#byteLengths[slot] ?? 0;\n      if (byteLength === 0) continue;\n      const deadline = this.#deadlines[slot] ?? 0;\n      if (deadline <= now) {\n        expired?.append(this.#references[slot] ?? 0, byteLength, deadline);\n      } else {',
  ),
  queues('19', 'A peer without hints stays listed.', 'this.#peers.delete(peer);', ''),
  pool(
    '21',
    'A snapshot ends at the first hint that is gone.',
    'if (byteLength > 0) waiting.append(',
    'if (byteLength === 0) break;\n      waiting.append(',
  ),
  columns(
    '27',
    'After a take of a part, the rest is lost.',
    TAKEN_SOME,
    `${TAKEN_SOME}\n    this.#queues.take(peer, this.#clock.now(), undefined, undefined);`,
  ),
  columns(
    '28a',
    'The last of two hints taken is still there.',
    TAKEN_SOME,
    `${TAKEN_SOME}\n    const last = taken.length - 1;\n    if (live > 1) this.restore(peer, taken.byteLengthAt(last), taken.referenceAt(last), taken.deadlineAt(last));`,
  ),
  pool(
    '30',
    'A hint taken from the front keeps its bytes.',
    'this.#bytes -= byteLength;\n      removed += 1;',
    'removed += 1;',
  ),
  queues(
    '32',
    'A take of a part takes one too many.',
    'blocks.takeSome(block, now, atMost - liveCount,',
    'blocks.takeSome(block, now, atMost - liveCount + 1,',
  ),
  columns(
    '37',
    'A store that forgets keeps its counters.',
    'this.#expiredTotal = 0;\n    this.#rejected',
    'this.#rejected',
  ),
  columns('38', 'A take of one peer forgets all the others.', TAKEN, `${TAKEN}\n    this.clear();`),
  queues(
    'r7',
    'Taking part of a queue leaves its length.',
    'this.#lengths[peer] = this.lengthFor(peer) - (before - blocks.hintCount);',
    '',
  ),
];

/** Every seeded bug of the store. */
export const STORE_BUGS: readonly SeededBug[] = [...ADMISSION, ...EXPIRY, ...DRAIN];
