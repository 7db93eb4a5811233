/**
 * Who answers a read in the place of replicas that its coordinator takes for `Down`, and with what: where the policy has
 * fallbacks read, the node that keeps the hints of such a replica. After the rules of `sim/cluster/fan-out.ts` and
 * `hint-admission.ts`.
 */
import { cell, countUpTo } from '../cell.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { believesDown } from './intervals.ts';

/** One node in the place of another. */
export interface StandIn {
  readonly replica: number;
  readonly holder: number;
  /** The newest write of the key that it kept for the replica, or NONE: when the read was issued, then what changed. */
  readonly kept: readonly number[];
}

/** Who stands in for which of the replicas that a read finds `Down`; nobody unless the policy says so. O(hints + beliefs). */
export function standInsOf(trace: Trace, read: number, down: readonly number[]): readonly StandIn[] {
  if (!trace.scenario.policy.reads.fallback) return [];
  return down.flatMap((replica) => {
    const holder = holderFor(trace, read, replica);
    return holder === NONE ? [] : [{ replica, holder, kept: keptFor(trace, read, holder, replica) }];
  });
}

/** The coordinator, or the next node after the replica that it takes for `Normal`. */
function holderFor(trace: Trace, read: number, replica: number): number {
  const coordinator = cell(trace.reads.coordinator, read);
  if (trace.scenario.policy.hints.holder === 'coordinator') return coordinator;
  const at = cell(trace.reads.issuedAt, read);
  const count = trace.scenario.nodes.length;
  const following = Array.from({ length: count - 1 }, (_, step) => (replica + 1 + step) % count);
  return following.find((node) => !believesDown(trace, coordinator, node, at)) ?? NONE;
}

function keptFor({ hints, writes, reads }: Trace, read: number, holder: number, replica: number): readonly number[] {
  const [from, until] = [cell(reads.issuedAt, read), cell(reads.resolvedAt, read)];
  const key = cell(reads.key, read);
  const own: number[] = [];
  for (let hint = 0; hint < countUpTo(hints.storedAt, until); hint++) {
    const isIts = hints.holder[hint] === holder && hints.peer[hint] === replica;
    if (isIts && writes.key[cell(hints.write, hint)] === key && cell(hints.leftAt, hint) > from) own.push(hint);
  }
  const before = own.findLast((hint) => cell(hints.storedAt, hint) <= from) ?? NONE;
  const later = own.filter((hint) => cell(hints.storedAt, hint) > from);
  const last = own.at(-1);
  const isGone = last !== undefined && cell(hints.leftAt, last) <= until;
  const kept = [before, ...later].map((hint) => (hint === NONE ? NONE : cell(hints.write, hint)));
  return isGone ? [...kept, NONE] : kept;
}
