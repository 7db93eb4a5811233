/**
 * I11 and C5: a hint goes where it was meant to go, and it was meant for another node that owns data.
 */
import { formatInstant, HINT_FATES, NEVER, NONE } from '../../trace/index.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');
const MISDELIVERED = HINT_FATES.indexOf('misdelivered');

/** Violated by a hint that another node applied, because its holder's peer table has changed (fate `misdelivered`). */
export const I11: Property = {
  id: 'I11',
  kind: 'always',
  sentence: 'Every hint that is applied is applied by the node it was meant for.',
  source: 'handoff-systems §9, I11 (H23)',
  level: 'hints',
  check: reachesItsPeer,
};

/** Violated by a hint that a node keeps for itself, and which no drainer looks at (H13), or for a node without data. */
export const C5: Property = {
  id: 'C5',
  kind: 'always',
  sentence: 'Hints are for nodes that own data, and never for their own holder.',
  source: 'properties §2.3, C5 (handoff-systems H13)',
  level: 'hints',
  check: hasAProperPeer,
};

function reachesItsPeer({ trace }: CheckContext): Finding {
  const { hints } = trace;
  const cases = new Cases();
  for (let hint = 0; hint < hints.fate.length; hint++) {
    const fate = hints.fate[hint];
    if (fate === DELIVERED || fate === MISDELIVERED) cases.came();
    if (fate !== MISDELIVERED) continue;
    const at = hints.endedAt[hint] ?? NEVER;
    const [holder, peer] = [nodeName(trace, hints.holder[hint] ?? NONE), nodeName(trace, hints.peer[hint] ?? NONE)];
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintLost'], at, hint),
      hint,
      write: hints.write[hint] ?? NONE,
      detail: `${hintName(hint)} of ${holder} was meant for ${peer}, and another node applied it by ${formatInstant(at)}`,
    }));
  }
  return cases.finding('hints that were applied', 'no hint was applied');
}

function hasAProperPeer({ trace }: CheckContext): Finding {
  const { hints, scenario } = trace;
  const cases = new Cases();
  for (let hint = 0; hint < hints.peer.length; hint++) {
    cases.came();
    const [holder, peer] = [hints.holder[hint] ?? NONE, hints.peer[hint] ?? NONE];
    const ownsNothing = scenario.nodes[peer]?.rack === '';
    if (holder !== peer && !ownsNothing) continue;
    const at = hints.storedAt[hint] ?? 0;
    const why = ownsNothing ? `${nodeName(trace, peer)}, which owns no data` : 'itself, where no drainer looks';
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintStored'], at, hint),
      hint,
      write: hints.write[hint] ?? NONE,
      detail: `${nodeName(trace, holder)} stored ${hintName(hint)} at ${formatInstant(at)} for ${why}`,
    }));
  }
  return cases.finding('hints', 'no hint was stored');
}
