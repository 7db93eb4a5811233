/**
 * Judges one life of a store by everything there is: the laws after each operation, the model beside it, the twins at its
 * end, and our own assertions. Bundled with `core/` as it is, or with a bug in it; plain data in, plain data out.
 */
import { AssertionFailure } from '../../../core/index.ts';
import { LAWS } from './laws.ts';
import { LivedStore } from './lived-store.ts';
import { ModelBeside } from './model-beside.ts';
import type { StoreLife } from './step.ts';
import { answerOf, TWIN_LAWS } from './twins.ts';

/** Every property of the store by its id, with its sentence. */
export const STORE_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ...[...LAWS, ...TWIN_LAWS].map(({ id, sentence }) => [id, sentence] as const),
  ['S22', 'The store answers as a naive flat list does, operation by operation.'],
  ['P', 'The store with payloads says what its columns say, and hands out the payloads of those hints.'],
  ['A', 'No assertion of our own fails.'],
]);

/** The ids of the properties that the life violates, in the order of the list above. */
export function judgeLife(life: StoreLife): readonly string[] {
  const violated = new Set<string>();
  try {
    const answers = live(life, violated);
    for (const { id, holds } of TWIN_LAWS) if (!holds(life, answers)) violated.add(id);
  } catch (problem) {
    if (!(problem instanceof AssertionFailure)) throw problem;
    violated.add('A');
  }
  return [...STORE_PROPERTIES.keys()].filter((id) => violated.has(id));
}

/** Goes on after a violation, for others to show; each property is judged until it fails. Returns what the store answered. */
function live(life: StoreLife, violated: Set<string>): readonly string[] {
  const answers: string[] = [];
  const lived = new LivedStore(life);
  const model = new ModelBeside(life.scenario.maxBytes);
  for (const operation of life.scenario.operations) {
    const step = lived.do(operation);
    for (const { id, holds } of LAWS) if (!violated.has(id) && !holds(step, lived.books)) violated.add(id);
    if (!violated.has('S22') && !model.agrees(step, lived.books)) violated.add('S22');
    if (!lived.agrees) violated.add('P');
    lived.books.close(step);
    answers.push(answerOf(step));
  }
  if (!violated.has('S22') && !model.agreesOnForgetting(lived.columns)) violated.add('S22');
  return answers;
}
