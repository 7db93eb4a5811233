/**
 * The canonical text of a scenario: what its digest is taken over, so that equal scenarios have equal digests however
 * they were written down.
 */
import type { Scenario } from './model/scenario.ts';

/** JSON without white space, the keys of every object in the order of their code units. */
export function canonicalText(scenario: Scenario): string {
  return JSON.stringify(sorted(scenario));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
