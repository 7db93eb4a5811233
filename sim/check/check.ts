/**
 * Checks a trace for every property of the catalogue, and says whether a run has shown what it must not.
 */
import { NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { PROPERTIES } from './catalogue.ts';
import { CheckContext } from './context.ts';
import type { Finding } from './finding.ts';
import type { Property, PropertyResult } from './property.ts';

/**
 * Every property of the catalogue, in its order. At levels below `full` those that need more are not exercised. Linear
 * in the rows of the trace, apart from a few sorts; a run of a million events takes well below a second.
 */
export function checkProperties(trace: Trace): readonly PropertyResult[] {
  const context = new CheckContext(trace);
  return PROPERTIES.map((property) => resultOf(property, context.finding(property)));
}

/** A property that must hold was violated: the run has failed. */
export function isViolated(results: readonly PropertyResult[]): boolean {
  return results.some(({ kind, verdict }) => kind !== 'sometimes' && verdict === 'violated');
}

function resultOf({ id, kind }: Property, { verdict, violations, first, detail }: Finding): PropertyResult {
  return {
    id,
    kind,
    verdict,
    at: first?.at ?? null,
    event: idOf(first?.event),
    detail,
    violations,
    write: idOf(first?.write),
    hint: idOf(first?.hint),
  };
}

function idOf(id: number | undefined): number | null {
  return id === undefined || id === NONE ? null : id;
}
