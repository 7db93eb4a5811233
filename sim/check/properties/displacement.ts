/**
 * I9: replay gives way to clients. Where both share a bounded channel, replay does not take the places of direct writes.
 */
import { formatInstant, HINT_REASONS, NEVER, NONE } from '../../trace/index.ts';
import { hintName, nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const DISPLACED = HINT_REASONS.indexOf('displaced');

/**
 * Violated by a write that became a hint because a channel was full while hints on their way were in it (reason
 * `displaced`). Seen only where a full channel makes a hint; refused heartbeats leave no row in a trace.
 */
export const I9: Property = {
  id: 'I9',
  kind: 'always',
  sentence: 'No direct write is refused a place in a channel because of replay.',
  source: 'handoff-systems §9, I9 (H18)',
  level: 'hints',
  check: givesWay,
};

function givesWay({ trace }: CheckContext): Finding {
  const { hints, scenario } = trace;
  if (!scenario.policy.hints.triggers.channelFull) {
    return notExercised('the policy keeps no hint for a write that a channel has no room for, so none is on record');
  }
  const cases = new Cases();
  for (let hint = 0; hint < hints.reason.length; hint++) {
    if ((hints.leftAt[hint] ?? NEVER) < NEVER) cases.came();
    if (hints.reason[hint] !== DISPLACED) continue;
    const at = hints.storedAt[hint] ?? 0;
    const write = hints.write[hint] ?? NONE;
    const [holder, peer] = [nodeName(trace, hints.holder[hint] ?? NONE), nodeName(trace, hints.peer[hint] ?? NONE)];
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintStored'], at, hint),
      hint,
      write,
      detail: `replay filled the channel from ${holder} to ${peer} at ${formatInstant(at)}: ${writeName(write)} became ${hintName(hint)}`,
    }));
  }
  return cases.finding('hints that left a store', 'no hint was replayed');
}
