/**
 * All cases of the page of external truths, in its order, and which of them a filter asks for.
 */
import type { Section, ValidationCase } from './case.ts';
import { DETECTORS } from './detectors.ts';
import { HANDOFF_CASES } from './handoff.ts';
import { PUBLISHED } from './published.ts';
import { QUEUEING } from './queueing.ts';
import { RANDOM_NUMBERS } from './random-numbers.ts';
import { VISIBILITY } from './visibility.ts';

/** The sections of the page. */
export const SECTIONS: readonly Section[] = [VISIBILITY, QUEUEING, HANDOFF_CASES, DETECTORS, PUBLISHED, RANDOM_NUMBERS];

/** The case of an id. */
export function caseOf(id: string): ValidationCase {
  const found = SECTIONS.flatMap(({ cases }) => cases).find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return found;
}

/** Whether one of the filters asks for an id: by the id itself, or by its letters for all that begin so. None asks for all. */
export function isAskedFor(id: string, filters: readonly string[]): boolean {
  return (
    filters.length === 0 ||
    filters.some((filter) => id === filter || (/^[A-Z]+$/.test(filter) && id.startsWith(filter)))
  );
}
