/**
 * I12: the client gets the reply of what it asked for. Where a hint is a vote, its reply is made up, and a made-up OK is
 * not what a delete or an increment answers.
 */
import { OPERATIONS, SET } from '../../scenario/model/workload.ts';
import { formatInstant, NEVER, NONE, WRITE_OUTCOMES } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { nodeName, nodeNames, writeName } from '../../trace/queries/names.ts';
import { areRepliesUnequal } from '../../trace/queries/unequal-replies.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/**
 * For deletes and increments under rule `arrival`, whose replies are numbers, where a hint counts as a vote. Violated by
 * an acknowledgement for which more hints than replicas had spoken, so that the made-up OK was the answer; and by an
 * error before the client's time was up, though a replica had executed the write and each other one had a hint for it or
 * was about to execute it: the replies were unequal, and that was all.
 */
export const I12: Property = {
  id: 'I12',
  kind: 'always',
  sentence: 'A client gets the reply of its operation: no made-up OK, and no error for a write that was executed.',
  source: 'handoff-systems §9, I12 (H12)',
  level: 'full',
  check: hasItsShape,
};

function hasItsShape({ trace }: CheckContext): Finding {
  const { writes, scenario } = trace;
  if (scenario.policy.receiver.conflict !== 'arrival')
    return notExercised('every write is answered OK by its replicas');
  if (scenario.policy.hints.vote !== 'full') return notExercised('a hint is no vote, so no reply is made up');
  const cases = new Cases();
  for (let write = 0; write < writes.operation.length; write++) {
    if (writes.operation[write] === SET) continue;
    const at = writes.resolvedAt[write] ?? NEVER;
    const voices = voicesAt(trace, write, at);
    if (voices.hints.length === 0) continue;
    cases.came();
    const what = OPERATIONS[writes.operation[write] ?? 0] ?? 'write';
    const coordinator = nodeName(trace, writes.coordinator[write] ?? NONE);
    if (writes.outcome[write] === ACKED && voices.hints.length > voices.replicas.length) {
      const detail = `${coordinator} answered ${writeName(write)}, ${what === 'delete' ? 'a' : 'an'} ${what}, with a made-up OK at ${formatInstant(at)}`;
      cases.failed(at, () => ({ event: entryOf(trace, ['writeAcked'], at, write), write, detail }));
    }
    if (areRepliesUnequal(trace, write)) {
      const detail = `${coordinator} answered ${writeName(write)} with an error at ${formatInstant(at)}, though ${nodeNames(trace, voices.replicas)} had executed it, a hint stood in for ${nodeNames(trace, voices.hints)}, and nobody had refused it`;
      cases.failed(at, () => ({ event: entryOf(trace, ['writeFailed'], at, write), write, detail }));
    }
  }
  return cases.finding('deletes and increments with a hint among their votes', 'no delete or increment was hinted');
}

/** Who had spoken for a write by an instant: replicas that executed it, and hints in their place. */
function voicesAt(
  { writes, copies, hints }: Trace,
  write: number,
  at: number,
): { readonly replicas: readonly number[]; readonly hints: readonly number[] } {
  const replicas: number[] = [];
  const hinted: number[] = [];
  for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
    const hint = copies.hint[copy] ?? NONE;
    const replica = copies.replica[copy] ?? NONE;
    if ((copies.appliedAt[copy] ?? NEVER) <= at) replicas.push(replica);
    else if ((hints.storedAt[hint] ?? NEVER) <= at) hinted.push(replica);
  }
  return { replicas, hints: hinted };
}
