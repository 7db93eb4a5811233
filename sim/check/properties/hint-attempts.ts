/**
 * C6: each replica of an acknowledged write was reached, or was tried to be given a hint, once.
 */
import { COPY_ROUTES, formatInstant, HINT_REASONS, NEVER, NONE, WRITE_OUTCOMES } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { hintName, nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');
const DIRECT = COPY_ROUTES.indexOf('direct');
const UNSENT = COPY_ROUTES.indexOf('unsent');
const TIMEOUT = HINT_REASONS.indexOf('timeout');

/**
 * Where handoff is on. Violated by a copy that was lost on its direct way, or never sent, without a try at a hint (H16);
 * by a second hint for the same write and peer; and by a hint for a silent replica before its time was up. A policy
 * that hints the silent gets until then.
 */
export const C6: Property = {
  id: 'C6',
  kind: 'always',
  sentence: 'Each replica of an acknowledged write has it directly, or exactly one hint was tried for it.',
  source: 'properties §2.3, C6 (handoff-systems H16)',
  level: 'full',
  check: isTriedOnce,
};

function isTriedOnce({ trace }: CheckContext): Finding {
  if (!trace.scenario.policy.hints.enabled) return notExercised('handoff is off');
  const cases = new Cases();
  forgottenCopies(trace, cases);
  repeatedHints(trace, cases);
  return cases.finding(
    'copies of acknowledged writes that did not arrive directly',
    'every copy of an acknowledged write arrived directly',
  );
}

function forgottenCopies(trace: Trace, cases: Cases): void {
  const { copies, writes, refusals, scenario } = trace;
  const patience = scenario.policy.hints.triggers.timeout === 'never' ? 0 : scenario.network.clientTimeout;
  const nodes = scenario.nodes.length;
  const tried = new Set<number>();
  refusals.write.forEach((write, row) => tried.add(write * nodes + (refusals.peer[row] ?? 0)));
  for (let copy = 0; copy < copies.write.length; copy++) {
    const write = copies.write[copy] ?? NONE;
    if (writes.outcome[write] !== ACKED || copies.appliedAt[copy] !== NEVER) continue;
    const replica = copies.replica[copy] ?? NONE;
    const isUnsent = copies.route[copy] === UNSENT;
    const isLost = copies.route[copy] === DIRECT && copies.droppedAt[copy] !== NEVER;
    if (copies.hint[copy] === NONE && !isUnsent && !isLost && copies.route[copy] === DIRECT) continue;
    cases.came();
    if (copies.hint[copy] !== NONE || tried.has(write * nodes + replica) || (!isUnsent && !isLost)) continue;
    const issuedAt = writes.issuedAt[write] ?? NEVER;
    if (isLost && issuedAt + patience > trace.endedAt) continue;
    const at = isUnsent ? issuedAt : (copies.droppedAt[copy] ?? NEVER);
    const event = isUnsent
      ? entryOf(trace, ['writeIssued'], at, write)
      : entryOf(trace, ['copyDropped', 'copyRefused'], at, write, replica);
    const how = isUnsent ? 'was not sent' : 'lost';
    cases.failed(at, () => ({
      event,
      write,
      copy,
      detail: `${nodeName(trace, replica)} ${how} ${writeName(write)} at ${formatInstant(at)}, and no hint was tried for it`,
    }));
  }
}

function repeatedHints(trace: Trace, cases: Cases): void {
  const { hints, writes, scenario } = trace;
  const seen = new Set<number>();
  for (let hint = 0; hint < hints.write.length; hint++) {
    const write = hints.write[hint] ?? NONE;
    const peer = hints.peer[hint] ?? NONE;
    const at = hints.storedAt[hint] ?? NEVER;
    const pair = write * scenario.nodes.length + peer;
    const isSecond = seen.has(pair);
    seen.add(pair);
    const isEarly =
      hints.reason[hint] === TIMEOUT && at < (writes.issuedAt[write] ?? 0) + scenario.network.clientTimeout;
    if (!isSecond && !isEarly) continue;
    const what = isSecond ? 'the second one' : 'before its time was up';
    const holder = nodeName(trace, hints.holder[hint] ?? NONE);
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintStored'], at, hint),
      hint,
      write,
      detail: `${holder} stored ${hintName(hint)} of ${writeName(write)} for ${nodeName(trace, peer)} at ${formatInstant(at)}, ${what}`,
    }));
  }
}
