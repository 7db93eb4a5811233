/**
 * The rules that a reply can be decided by, each a sentence with its place in hints.rs. The model names one with every
 * answer, so a divergence says what was broken, and a count of them says what a campaign has met.
 */

/** Rule by id; `from` is the function of hints.rs that it is read from. */
export const RULES = {
  zeroTtl: { from: 'enqueue', says: 'a ttl of zero is refused before anything else is looked at' },
  emptyPayload: { from: 'enqueue', says: 'a payload of no bytes is refused before the cap is looked at' },
  fits: {
    from: 'enqueue',
    says: 'what fits under the cap is kept at the tail of the queue of its peer, and nothing else changes',
  },
  exactlyFull: { from: 'enqueue', says: 'filling the store exactly to its cap is accepted' },
  noCap: { from: 'enqueue', says: 'a cap of 0 is no cap' },
  overCapacity: {
    from: 'enqueue',
    says: 'bytes held + payload > maxBytes is refused, counted, and changes nothing else',
  },
  dueCounts: {
    from: 'enqueue',
    says: 'bytes past their deadline count against the cap until a sweep or a take drops them',
  },
  takeNothing: { from: 'take_for', says: 'a take for a peer without hints hands out nothing' },
  takeAll: { from: 'take_for', says: 'a take hands out the whole queue of its peer, oldest first' },
  takeDropsDue: { from: 'take_for', says: 'a take drops what is due and hands out the rest, oldest first' },
  takeAtDeadline: {
    from: 'take_for',
    says: 'at its very deadline a hint is expired, in the reference: deadline <= now',
  },
  takeBeforeDeadline: { from: 'take_for', says: 'a hint is live until its deadline, to the microsecond' },
  deadline: { from: 'enqueue', says: 'a deadline is the time of the enqueue plus the ttl' },
  sweepNothing: { from: 'expire_now', says: 'a sweep drops nothing that is not due' },
  sweepDue: { from: 'expire_now', says: 'a sweep drops all that is due, of every peer and wherever in its queue' },
  sweepAtDeadline: {
    from: 'expire_now',
    says: 'at its very deadline a hint is expired, in the reference: deadline <= now',
  },
  sweepBeforeDeadline: { from: 'expire_now', says: 'a hint is live until its deadline, to the microsecond' },
  sweepOwnTime: { from: 'expire_now', says: 'a sweep judges by the time it is handed, whatever the clock says' },
  lengths: { from: 'len_for', says: 'a hint counts until a sweep or a take removes it, due or not' },
  peers: { from: 'peers_with_hints', says: 'a peer is listed exactly as long as it has hints' },
  books: { from: 'stats', says: 'the books agree with the queues after every operation' },
} as const satisfies Record<string, { readonly from: string; readonly says: string }>;

/** The id of a rule. */
export type Rule = keyof typeof RULES;

/** The rule as a sentence with its source. */
export function ruleText(rule: Rule): string {
  const { from, says } = RULES[rule];
  return `${says} (hints.rs ${from})`;
}

/**
 * The rule that a wrong reply breaks. What decided the answer says which state the store was in; where the reply is wrong
 * says more: a hint with another in its place is no matter of deadlines, and books are wrong because of what came before.
 */
export function brokenRule(op: string, decidedBy: Rule, before: Rule | undefined, where: string): Rule {
  if (op === 'takeFor' && where.startsWith('[]')) return where.endsWith('.deadline') ? 'deadline' : 'takeAll';
  if (op !== 'stats' || before === undefined) return decidedBy;
  if (before.startsWith('take')) return where === 'expiredTotal' ? 'takeDropsDue' : 'takeAll';
  if (before.startsWith('sweep')) return 'sweepDue';
  return before === 'noCap' || before === 'exactlyFull' ? 'fits' : before;
}
