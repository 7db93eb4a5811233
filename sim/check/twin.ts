/**
 * The `sometimes` twin of a property: the situation it speaks of did come up in this run. A campaign whose twins never
 * hold has tested nothing.
 */
import { formatCount } from '../trace/index.ts';
import type { Finding } from './finding.ts';
import type { Property } from './property.ts';

/** What the id of a twin ends with, after the id of its property. */
export const TWIN = '.reached';

/** Whether an id is that of a twin: what should come up sometimes and is nobody's twin is a property like the others. */
export function isTwin(id: string): boolean {
  return id.endsWith(TWIN);
}

/** The twin of a property. */
export function twinOf(property: Property): Property {
  return {
    id: `${property.id}${TWIN}`,
    kind: 'sometimes',
    sentence: `The situation that ${property.id} speaks of comes up.`,
    source: property.source,
    level: property.level,
    check: (context) => reached(context.finding(property)),
  };
}

/** The finding of the twin, from that of its property. */
export function reached({ verdict, cases, violations, detail }: Finding): Finding {
  const none = { violations: 0, first: undefined };
  if (verdict === 'notExercised') return { verdict, cases: 0, detail, ...none };
  const times = Math.max(cases, violations);
  return {
    verdict: 'holds',
    cases: times,
    detail: times === 1 ? 'it came up once' : `it came up ${formatCount(times)} times`,
    ...none,
  };
}
