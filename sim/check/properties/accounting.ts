/**
 * I4 and C10: books that balance. A store can account for every hint that left it, and the network for every message.
 */
import { formatCount, formatInstant, HINT_FATES, LOSS_CAUSES, NEVER, NONE } from '../../trace/index.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import { MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/**
 * Violated by a hint that was lost in any way its store does not count: with its holder, on the wire, refused by the
 * peer unasked, or refused at its requeue, where `rejected` counts a hint that had been accepted (H6). One that made
 * room for a newer hint of its key was given up on purpose, and is not.
 */
export const I4: Property = {
  id: 'I4',
  kind: 'always',
  sentence: 'Every hint that left a store was delivered, expired, or made room for a newer one: nothing is uncounted.',
  source: 'handoff-systems §9, I4 (H6, H9, H11, H25)',
  level: 'hints',
  check: countsAll,
};

/** sent = delivered + dropped + in flight, so delivered and dropped are never more than was sent. */
export const C10: Property = {
  id: 'C10',
  kind: 'always',
  sentence: 'Of the messages sent, no more were delivered and dropped than there were; the rest is in flight.',
  source: 'properties §2.3, C10',
  level: 'counters',
  check: networkBalances,
};

function countsAll({ trace }: CheckContext): Finding {
  const { hints } = trace;
  const cases = new Cases();
  for (let hint = 0; hint < hints.fate.length; hint++) {
    const at = hints.endedAt[hint] ?? NEVER;
    if (at === NEVER) continue;
    cases.came();
    const fate = HINT_FATES[hints.fate[hint] ?? 0];
    const cause = LOSS_CAUSES.find((known) => known === fate);
    if (cause === undefined || cause === 'coalesced') continue;
    const [holder, peer] = [hints.holder[hint] ?? NONE, hints.peer[hint] ?? NONE];
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintLost'], at, hint),
      hint,
      write: hints.write[hint] ?? NONE,
      detail: `${hintName(hint)} of ${nodeName(trace, holder)} for ${nodeName(trace, peer)} is lost since ${formatInstant(at)}, and no counter of the store tells: ${MISSING_CAUSE_NAMES[cause]}`,
    }));
  }
  return cases.finding('hints that left a store', 'no hint left a store');
}

function networkBalances({ trace }: CheckContext): Finding {
  const { sent, delivered, dropped } = trace.totals.messages;
  const cases = new Cases();
  cases.came(sent);
  if (delivered + dropped > sent) {
    cases.failed(trace.endedAt, () => ({
      event: NONE,
      detail: `${formatCount(delivered)} messages were delivered and ${formatCount(dropped)} dropped, of ${formatCount(sent)} sent`,
    }));
  }
  return cases.finding('messages', 'no message was sent');
}
