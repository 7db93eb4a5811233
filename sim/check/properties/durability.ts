/**
 * I10, C11 and C15: what a crash takes. A store on disk gives back what it accepted, a crash takes exactly what the
 * policy calls volatile, and a node that is replaced takes all it held.
 */
import { formatDuration, formatInstant, HINT_FATES, NEVER, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import type { Crash } from '../crashes.ts';
import { entryOf } from '../entries.ts';
import { MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const HOLDER_CRASHED = HINT_FATES.indexOf('holderCrashed');
const TORN_TAIL = HINT_FATES.indexOf('tornTail');

/**
 * For stores whose hints are on disk before they count (`written` or `synced`). Violated by a hint that died with its
 * holder or behind a torn tail, wherever it was: taken from its segment before it was sent counts too (H8).
 */
export const I10: Property = {
  id: 'I10',
  kind: 'always',
  sentence: 'A store on disk has every hint again, after a crash, that it had accepted.',
  source: 'handoff-systems §9, I10 (H8, H21, H22)',
  level: 'hints',
  check: restoresAll,
};

/**
 * Volatile is: in RAM everything; buffered what is younger than `flush`; written nothing, and after a power loss what is
 * younger than `flush`; synced nothing. Checked are hints that were in a store when its holder crashed: in RAM none may
 * survive, elsewhere none older than that may die, unless a sweep could have had it in its hands. Torn tails are I10's.
 */
export const C11: Property = {
  id: 'C11',
  kind: 'always',
  sentence: 'A crash takes exactly the volatile part of a store, and leaves the rest.',
  source: 'properties §2.3, C11',
  level: 'hints',
  check: takesVolatile,
};

/** Checked are hints that a replaced node held when it died: none of them may be delivered, or wait, after that. */
export const C15: Property = {
  id: 'C15',
  kind: 'always',
  sentence: 'The hints of a node that was replaced end with it, on record; none is left without a holder.',
  source: 'properties §2.3, C15',
  level: 'hints',
  check: leavesNoOrphans,
};

function restoresAll({ trace, crashes }: CheckContext): Finding {
  const { durability } = trace.scenario.policy.hints.disk;
  if (durability === 'ram' || durability === 'buffered') {
    return notExercised(`hints are not on disk when they count (durability ${durability})`);
  }
  const cases = new Cases();
  for (const { hints } of crashes) cases.came(hints.length);
  for (let hint = 0; hint < trace.hints.fate.length; hint++) {
    const fate = trace.hints.fate[hint];
    if (fate !== HOLDER_CRASHED && fate !== TORN_TAIL) continue;
    const at = trace.hints.endedAt[hint] ?? NEVER;
    const cause = fate === TORN_TAIL ? MISSING_CAUSE_NAMES.tornTail : MISSING_CAUSE_NAMES.holderCrashed;
    const holder = nodeName(trace, trace.hints.holder[hint] ?? NONE);
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintLost'], at, hint),
      hint,
      detail: `${holder} had accepted ${hintName(hint)}, and does not have it again since ${formatInstant(at)}: ${cause}`,
    }));
  }
  return cases.finding('hints in the store of a node that crashed', 'no node crashed with hints in its store');
}

function takesVolatile({ trace, crashes }: CheckContext): Finding {
  const { hints, scenario } = trace;
  const cases = new Cases();
  for (const crash of crashes) {
    const volatile = volatileAge(trace, crash);
    for (const hint of crash.hints) {
      cases.came();
      const died = hints.fate[hint] === HOLDER_CRASHED && hints.leftAt[hint] === crash.at;
      const survived = (hints.leftAt[hint] ?? NEVER) > crash.at;
      const age = crash.at - (hints.storedAt[hint] ?? 0);
      const mayBeInHand = scenario.policy.drain.hold > 0 && (hints.requeues[hint] ?? 0) > 0;
      if (died && age > volatile && !mayBeInHand)
        told(trace, hint, crash, `died with it at an age of ${formatDuration(age)}`, cases);
      if (survived && volatile === Infinity && scenario.policy.hints.disk.durability === 'ram') {
        told(trace, hint, crash, 'survived it in RAM', cases);
      }
    }
  }
  return cases.finding('hints in the store of a node that crashed', 'no node crashed with hints in its store');
}

function leavesNoOrphans({ trace, crashes }: CheckContext): Finding {
  const { hints } = trace;
  const cases = new Cases();
  for (const crash of crashes) {
    if (!crash.isReplaced) continue;
    for (const hint of crash.hints) {
      cases.came();
      if ((hints.leftAt[hint] ?? NEVER) > crash.at) told(trace, hint, crash, 'still has no end', cases);
    }
  }
  return cases.finding('hints of replaced nodes', 'no node with hints was replaced');
}

function told(trace: Trace, hint: number, { node, at }: Crash, what: string, cases: Cases): void {
  const ended = trace.hints.endedAt[hint] ?? NEVER;
  cases.failed(at, () => ({
    event: ended < NEVER ? entryOf(trace, ['hintLost'], ended, hint) : NONE,
    hint,
    detail: `${nodeName(trace, node)} crashed at ${formatInstant(at)}, and ${hintName(hint)} ${what}`,
  }));
}

/** The age above which a hint has to survive a crash; Infinity where all may die. */
function volatileAge({ scenario }: Trace, { isPower, isReplaced }: Crash): number {
  const { durability, flush, rate } = scenario.policy.hints.disk;
  // Where appends take time, a hint may wait for the disk at any age.
  if (isReplaced || durability === 'ram' || rate > 0) return Infinity;
  if (durability === 'synced' || (durability === 'written' && !isPower)) return 0;
  return flush;
}
