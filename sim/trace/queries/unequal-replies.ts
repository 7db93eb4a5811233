/**
 * Whether a write failed because its replies were unequal: an error for what was executed all the same. Where levels
 * compare replies byte by byte, the OK that a hint stands for is not the number that a delete or an increment answers.
 */
import { cell } from '../cell.ts';
import { COPY_ROUTES, NONE, WRITE_OUTCOMES } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { isDown } from './intervals.ts';

const DIRECT = COPY_ROUTES.indexOf('direct');
const FAILED = WRITE_OUTCOMES.indexOf('failed');

/**
 * The client of a write was told an error in time by a coordinator that was up, a replica had executed it by then, and
 * none was without a voice: each had executed it, had a hint that counts as its vote, or had it on its way and unrefused.
 * Where receivers go by versions every reply is OK, and nothing is compared. At level `full`.
 */
export function areRepliesUnequal(trace: Trace, write: number): boolean {
  const { writes, copies, scenario } = trace;
  if (scenario.policy.receiver.conflict !== 'arrival') return false;
  const at = cell(writes.resolvedAt, write);
  const isInTime = at < cell(writes.issuedAt, write) + scenario.network.clientTimeout;
  if (writes.outcome[write] !== FAILED || !isInTime || isDown(trace, cell(writes.coordinator, write), at)) return false;
  let executed = 0;
  for (let copy = cell(writes.firstCopy, write); copies.write[copy] === write; copy++) {
    if (cell(copies.appliedAt, copy) <= at) executed++;
    else if (!hasVoice(trace, copy, at)) return false;
  }
  return executed > 0;
}

/** A copy that is not there yet speaks by its hint, or will speak: nothing has ended it. */
function hasVoice({ copies, hints, scenario }: Trace, copy: number, at: number): boolean {
  const hint = cell(copies.hint, copy);
  if (hint !== NONE && cell(hints.storedAt, hint) <= at) return scenario.policy.hints.vote === 'full';
  return copies.route[copy] === DIRECT && cell(copies.droppedAt, copy) > at;
}
