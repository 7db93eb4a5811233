/**
 * Examines a trace: every property of the catalogue, and the ledger that several of them read; and says whether a run
 * has shown what it must not.
 */
import { NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { PROPERTIES } from './catalogue.ts';
import { CheckContext } from './context.ts';
import type { Finding } from './finding.ts';
import type { Ledger } from './ledger.ts';
import { isFailure } from './property.ts';
import type { Property, PropertyResult } from './property.ts';

/** All that checking has to say of one run. */
export interface Examination {
  /** Every property of the catalogue, in its order. */
  readonly properties: readonly PropertyResult[];
  /** Undefined below level `full`, where copies are not recorded. */
  readonly ledger: Ledger | undefined;
}

/** The properties of a run with the ledger that they judge copies by, made once. Costs what {@link checkProperties} does. */
export function examine(trace: Trace): Examination {
  const context = new CheckContext(trace);
  return { properties: resultsOf(context), ledger: trace.level === 'full' ? context.ledger : undefined };
}

/**
 * Every property of the catalogue, in its order. At levels below `full` those that need more are not exercised. Linear
 * in the rows of the trace, apart from a few sorts; a run of a million events takes well below a second.
 */
export function checkProperties(trace: Trace): readonly PropertyResult[] {
  return resultsOf(new CheckContext(trace));
}

/** A property that must hold was violated: the run has failed. */
export function isViolated(results: readonly PropertyResult[]): boolean {
  return results.some(isFailure);
}

function resultsOf(context: CheckContext): readonly PropertyResult[] {
  return PROPERTIES.map((property) => resultOf(property, context.finding(property)));
}

/** A finding as reports tell it. */
export function resultOf(
  { id, kind }: Pick<Property, 'id' | 'kind'>,
  { verdict, violations, first, detail }: Finding,
): PropertyResult {
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
    copy: idOf(first?.copy),
  };
}

function idOf(id: number | undefined): number | null {
  return id === undefined || id === NONE ? null : id;
}
