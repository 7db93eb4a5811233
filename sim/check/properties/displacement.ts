/**
 * I9: replay gives way. Where they share a bounded channel, replay takes the places of no direct write and no heartbeat.
 */
import { formatInstant, HINT_REASONS, NEVER, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { hintName, nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const DISPLACED = HINT_REASONS.indexOf('displaced');

/**
 * Violated by a write that became a hint because a channel was full while hints on their way were in it (reason
 * `displaced`), which is seen where a full channel makes a hint; and by a heartbeat that was not sent for the same cause,
 * which is seen at level `full`.
 */
export const I9: Property = {
  id: 'I9',
  kind: 'always',
  sentence: 'No direct write and no heartbeat is refused a place in a channel because of replay.',
  source: 'handoff-systems §9, I9 (H18)',
  level: 'hints',
  check: givesWay,
};

function givesWay({ trace }: CheckContext): Finding {
  const { hints, detector } = trace.scenario.policy;
  const showsHeartbeats = detector.kind !== 'fixed' && trace.level === 'full';
  if (!hints.triggers.channelFull && !showsHeartbeats) {
    return notExercised(
      'no write that a channel has no room for is hinted, and no heartbeat on record, so nothing tells',
    );
  }
  const cases = new Cases();
  displacedWrites(trace, cases);
  displacedHeartbeats(trace, cases);
  return cases.finding('hints that left a store', 'no hint was replayed');
}

function displacedWrites(trace: Trace, cases: Cases): void {
  const { hints } = trace;
  for (let hint = 0; hint < hints.reason.length; hint++) {
    if ((hints.leftAt[hint] ?? NEVER) < NEVER) cases.came();
    if (hints.reason[hint] !== DISPLACED) continue;
    const at = hints.storedAt[hint] ?? 0;
    const write = hints.write[hint] ?? NONE;
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintStored'], at, hint),
      hint,
      write,
      detail: `${filled(trace, hints.holder[hint], hints.peer[hint], at)}: ${writeName(write)} became ${hintName(hint)}`,
    }));
  }
}

function displacedHeartbeats(trace: Trace, cases: Cases): void {
  const { log } = trace;
  for (let row = 0; row < log.kind.length; row++) {
    if (log.kind[row] !== LOG.heartbeatDisplaced) continue;
    const at = log.at[row] ?? 0;
    const detail = `${filled(trace, log.node[row], log.peer[row], at)}: a heartbeat was not sent`;
    cases.failed(at, () => ({ event: row, detail }));
  }
}

function filled(trace: Trace, holder: number | undefined, peer: number | undefined, at: number): string {
  const [from, to] = [nodeName(trace, holder ?? NONE), nodeName(trace, peer ?? NONE)];
  return `replay filled the channel from ${from} to ${to} at ${formatInstant(at)}`;
}
