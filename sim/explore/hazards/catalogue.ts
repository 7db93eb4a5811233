/**
 * The hazards of handoff-systems §9: those that a run can show, in their order, and those that the model cannot express.
 * A hunt does not know of them; its finds are told apart by them afterwards.
 */
import type { JudgedRun } from '../judge.ts';
import { Evidence } from './evidence.ts';
import type { Hazard, HazardOutside } from './hazard.ts';
import { LOSS_HAZARDS } from './loss.ts';
import { ORDER_HAZARDS } from './order.ts';
import { PROGRESS_HAZARDS } from './progress.ts';

/** Every hazard that the model has, in the order of §9. */
export const HAZARDS: readonly Hazard[] = [...ORDER_HAZARDS, ...LOSS_HAZARDS, ...PROGRESS_HAZARDS].toSorted(
  (a, b) => numberOf(a) - numberOf(b),
);

/** Those of §9 that it has not. */
export const HAZARDS_OUTSIDE: readonly HazardOutside[] = [
  { id: 'H14', reason: 'A peer whose name is never resolved: every node of the model has a channel to each other.' },
  { id: 'H26', reason: 'A payload that is cut at a buffer: payloads of the model are sizes, and arrive whole.' },
  {
    id: 'H27',
    reason: 'An error that overtakes a reply on its connection: answers of the model say which request they are of.',
  },
];

/** The hazards that happened in a run, by id, in the order of §9. O(rows of the trace · hazards). */
export function hazardsIn(judged: JudgedRun): readonly string[] {
  const evidence = new Evidence(judged);
  return HAZARDS.filter(({ recognise }) => recognise(evidence)).map(({ id }) => id);
}

/** Whether one hazard happened in a run. */
export function showsHazard(judged: JudgedRun, id: string): boolean {
  const evidence = new Evidence(judged);
  return HAZARDS.some((hazard) => hazard.id === id && hazard.recognise(evidence));
}

function numberOf({ id }: Hazard): number {
  return Number(id.slice(1));
}
