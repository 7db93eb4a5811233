/**
 * Seeded bugs: each a patch of the example store's source, so that nothing of them is in what ships. Numbers are those of
 * the seeded-bug catalogue (properties §3.2); the rest are mistakes about hints.rs itself.
 *
 * The catalogue's store purges before its cap test and evicts at the cap where the reference does neither, so 9, 16 to 18
 * and 23 are the mistakes of a store that does as the catalogue has it. Not expressible, because the reference has no
 * such thing: 21 (snapshots), and all of drain, acknowledgement and requeue but 33 and 38, whose part takes play here.
 */

/** Replaces a text that occurs exactly once. */
export interface Patch {
  readonly find: string;
  readonly replace: string;
}

/** A store with one bug. */
export interface BrokenStore {
  /** Its number in the catalogue, if it has one. */
  readonly bug?: number;
  readonly name: string;
  readonly patches: readonly Patch[];
}

const TAKE_DUE = 'if (hint.deadline <= now) this.expiredTotal += 1;';
const SWEEP_KEEPS = 'ring.keep((hint) => hint.deadline > at)';
const CAP_TEST = 'if (this.maxBytes > 0 && this.bytes + payload.bytes > this.maxBytes) {';
const REFUSAL = "this.rejectedOverCapacityTotal += 1;\n      return 'overCapacity';";
const PUSH = 'this.ringOf(peer).push({ payload, deadline: now + ttl });';
const ACCEPT_BYTES = 'this.bytes += payload.bytes;';
const DROPPED = 'for (const hint of due) this.letGo(hint);';
const TAKEN_AWAY = 'this.rings.delete(peer);\n    const live = [];';
const SWEPT_AWAY = 'if (ring.length === 0) this.rings.delete(peer);';

const one = (name: string, find: string, replace: string, bug?: number): BrokenStore => ({
  name,
  patches: [{ find, replace }],
  ...(bug === undefined ? {} : { bug }),
});

/** Drops the oldest hint of the first peer that has some, or of the last. */
const evict = (which: string, hint: string): string => `
      const [victim, ring] = ${which};
      const gone = ${hint};
      ring.keep((kept) => kept !== gone);
      this.letGo(gone);
      if (ring.length === 0) this.rings.delete(victim);`;
const FIRST = '[...this.rings][0]';

/** What the catalogue lists for stores. */
const CATALOGUE: readonly BrokenStore[] = [
  {
    bug: 1,
    name: 'at its deadline a hint is still live, in a take and in a sweep',
    patches: [
      { find: TAKE_DUE, replace: TAKE_DUE.replace('<=', '<') },
      { find: SWEEP_KEEPS, replace: SWEEP_KEEPS.replace('> at', '>= at') },
    ],
  },
  one('a take lets a hint live at its deadline', TAKE_DUE, TAKE_DUE.replace('<=', '<'), 1),
  one('a sweep lets a hint live at its deadline', SWEEP_KEEPS, SWEEP_KEEPS.replace('> at', '>= at'), 1),
  one('a take expires one microsecond early', TAKE_DUE, TAKE_DUE.replace('<= now', '<= now + 1'), 2),
  one('a sweep expires one microsecond early', SWEEP_KEEPS, SWEEP_KEEPS.replace('> at', '> at + 1'), 2),
  one('a sweep does not give bytes back', DROPPED, 'this.hintCount -= due.length;', 3),
  one('a take gives no bytes back', 'this.letGo(hint);\n      if', 'this.hintCount -= 1;\n      if', 4),
  one(
    'a take gives no bytes back for what has expired',
    TAKE_DUE,
    `if (hint.deadline <= now) ${ACCEPT_BYTES.replace('payload', 'hint.payload')}\n      ${TAKE_DUE}`,
    4,
  ),
  one('an exactly full store is refused', CAP_TEST, CAP_TEST.replace('> this.maxBytes)', '>= this.maxBytes)'), 5),
  one('the cap test ignores the payload', CAP_TEST, CAP_TEST.replace('this.bytes + payload.bytes', 'this.bytes'), 6),
  one(
    'the cap is over each peer',
    CAP_TEST,
    'let held = 0;\n    for (let i = 0; i < this.lengthFor(peer); i += 1) held += this.rings.get(peer).at(i).payload.bytes;\n' +
      '    if (this.maxBytes > 0 && held + payload.bytes > this.maxBytes) {',
    7,
  ),
  one('a refused hint still counts its bytes', REFUSAL, `${ACCEPT_BYTES}\n      ${REFUSAL}`, 8),
  one('what is due is dropped before the cap test', CAP_TEST, `this.expireNow(now);\n    ${CAP_TEST}`, 9),
  one(
    'a sweep stops after the first peer that has something due',
    SWEPT_AWAY,
    `${SWEPT_AWAY}\n      if (due.length > 0) break;`,
    10,
  ),
  one(
    'a sweep stops at the first live hint of a queue',
    SWEEP_KEEPS,
    '(() => { let seen = false; return ring.keep((hint) => (seen ||= hint.deadline > at)); })()',
    11,
  ),
  one('a take hands out the newest first', 'else live.push(hint);', 'else live.unshift(hint);', 12),
  one(
    'every fourth hint goes to the next peer',
    PUSH,
    PUSH.replace('(peer)', '(this.hintCount === 4 ? peer + 1 : peer)'),
    13,
  ),
  one(
    'an empty payload is counted as one byte',
    "if (payload.bytes === 0) return 'emptyPayload';",
    'payload.bytes ||= 1;',
    14,
  ),
  one('bytes are off by one', ACCEPT_BYTES, 'this.bytes += payload.bytes + 1;', 15),
  one('the newest hint is evicted at the cap', REFUSAL, evict(FIRST, 'ring.at(ring.length - 1)'), 16),
  one(
    'the cap is made room for, and one hint too many goes',
    REFUSAL,
    'this.rings.clear();\n      this.bytes = 0;\n      this.hintCount = 0;',
    17,
  ),
  one('another peer gives way at the cap', REFUSAL, evict('[...this.rings].at(-1)', 'ring.at(0)'), 18),
  one('a swept peer stays listed', SWEPT_AWAY, '', 19),
  one('a taken peer stays listed', TAKEN_AWAY, 'this.rings.set(peer, new Ring());\n    const live = [];', 19),
  {
    bug: 20,
    name: 'sequence numbers begin anew when any queue is taken, and takes sort by them',
    patches: [
      {
        find: PUSH,
        replace: 'this.ringOf(peer).push({ payload, deadline: now + ttl, seq: (this.seq = (this.seq ?? 0) + 1) });',
      },
      { find: 'return live;', replace: 'this.seq = 0;\n    return live.sort((a, b) => a.seq - b.seq);' },
    ],
  },
  {
    bug: 22,
    name: 'a take forgets when the next hint of the others is due',
    patches: [
      { find: PUSH, replace: `${PUSH}\n    this.nextDue = Math.min(this.nextDue ?? Infinity, now + ttl);` },
      { find: TAKEN_AWAY, replace: `this.nextDue = Infinity;\n    ${TAKEN_AWAY}` },
      { find: 'let dropped = 0;', replace: 'let dropped = 0;\n    if (at < this.nextDue) return 0;' },
    ],
  },
  one(
    'a payload larger than the cap empties the store and is refused',
    REFUSAL,
    `if (payload.bytes > this.maxBytes) this.rings.clear();\n      ${REFUSAL}`,
    23,
  ),
  one('bytes wrap at 32 bits', ACCEPT_BYTES, 'this.bytes = (this.bytes + payload.bytes) | 0;', 24),
  one('bytes wrap at 32 bits without a sign', ACCEPT_BYTES, 'this.bytes = (this.bytes + payload.bytes) >>> 0;', 24),
  one('a take hands out what has expired', TAKE_DUE, 'if (hint.deadline <= now) live.push(hint);', 33),
  one('a take empties every queue', TAKEN_AWAY, 'this.rings.clear();\n    const live = [];', 38),
];

/** Mistakes about hints.rs. */
const OF_THE_REFERENCE: readonly BrokenStore[] = [
  one('a take does not count what it drops', TAKE_DUE, 'if (hint.deadline <= now) continue;'),
  one('a sweep does not count what it drops', 'this.expiredTotal += dropped;', ''),
  one('a sweep counts peers, not hints', 'dropped += due.length;', 'dropped += Math.min(1, due.length);'),
  one('refusals are not counted', REFUSAL, "return 'overCapacity';"),
  one('a ttl of zero is accepted', "if (ttl === 0) return 'zeroTtl';", ''),
  one(
    'a ttl of zero counts as a refusal',
    "if (ttl === 0) return 'zeroTtl';",
    "if (ttl === 0) {\n      this.rejectedOverCapacityTotal += 1;\n      return 'zeroTtl';\n    }",
  ),
  {
    name: 'an empty payload is looked for before a ttl of zero',
    patches: [
      { find: "if (ttl === 0) return 'zeroTtl';", replace: "if (payload.bytes === 0) return 'emptyPayload';" },
      {
        find: "if (payload.bytes === 0) return 'emptyPayload';\n    if (this.max",
        replace: "if (ttl === 0) return 'zeroTtl';\n    if (this.max",
      },
    ],
  },
  one('a cap of zero holds nothing', CAP_TEST, CAP_TEST.replace('this.maxBytes > 0 && ', '')),
  one(
    'a new hint refreshes the lifetime of its queue',
    PUSH,
    `${PUSH}\n    for (let i = 0; i < this.lengthFor(peer); i += 1) this.rings.get(peer).at(i).deadline = now + ttl;`,
  ),
  one(
    'the queue forgets its order when its buffer grows',
    'wider[index] = this.at(index);',
    'wider[index] = this.slots[index];',
  ),
  one('a take restarts the counters', TAKEN_AWAY, `this.expiredTotal = 0;\n    ${TAKEN_AWAY}`),
  one(
    'lengths leave the last hint out',
    'return this.rings.get(peer)?.length ?? 0;',
    'return Math.max(0, (this.rings.get(peer)?.length ?? 0) - 1);',
  ),
  one('the total length counts peers', 'return this.hintCount;', 'return this.rings.size;'),
  one(
    'peers are listed with the first left out',
    'return [...this.rings.keys()];',
    'return [...this.rings.keys()].slice(1);',
  ),
  one(
    'a sweep leaves the queue in another order',
    'if (isKept(hint)) this.push(hint);',
    'if (isKept(hint)) this.slots[(this.head + before - 1 - this.length++) & (this.slots.length - 1)] = hint;',
  ),
  one(
    'peers are told apart by a number from 0 to 30',
    'return this.rings.get(peer)?.length ?? 0;',
    'return this.rings.get(peer % 31)?.length ?? 0;',
  ),
];

/** Every broken store. */
export const BROKEN_STORES: readonly BrokenStore[] = [...CATALOGUE, ...OF_THE_REFERENCE];
