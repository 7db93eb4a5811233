/**
 * The verdict on one property of a trace made by hand, with the parts of its scenario that the rows do not say.
 */
import { checkProperties } from '../../../../sim/index.ts';
import type { Policy, PropertyResult, Scenario, Trace } from '../../../../sim/index.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

/** What to say of a scenario beyond the rows of its trace. */
export interface Setting {
  readonly channel?: Partial<Policy['channel']>;
  readonly network?: Partial<Scenario['network']>;
  readonly requests?: Scenario['requests'];
  readonly proxies?: readonly string[];
  readonly messages?: Partial<Trace['totals']['messages']>;
  /** Writes that clients sent; the rows' totals do not count them. */
  readonly issued?: number;
}

/** A trace at level `full`, unless the rows say otherwise. */
export function traceBy(rows: TraceRows, setting: Setting = {}): Trace {
  const trace = buildTrace({ level: 'full', ...rows });
  const { scenario, totals } = trace;
  const isProxy = (name: string): boolean => setting.proxies?.includes(name) ?? false;
  return {
    ...trace,
    totals: {
      ...totals,
      writes: { ...totals.writes, issued: setting.issued ?? 0 },
      messages: { ...totals.messages, ...setting.messages },
    },
    scenario: {
      ...scenario,
      nodes: scenario.nodes.map((node) => (isProxy(node.name) ? { ...node, rack: '' } : node)),
      policy: { ...scenario.policy, channel: { ...scenario.policy.channel, ...setting.channel } },
      requests: setting.requests ?? [],
      network: { ...scenario.network, ...setting.network },
    },
  };
}

/** What checking it says of one property. */
export function resultOf(id: string, rows: TraceRows, setting: Setting = {}): PropertyResult {
  const result = checkProperties(traceBy(rows, setting)).find((one) => one.id === id);
  if (result === undefined) throw new Error(`no property is called ${id}`);
  return result;
}

/** The verdict, where and in which event it went wrong: `violated at 40 in 3`; `holds`; `notExercised`. */
export function verdictOf(id: string, rows: TraceRows, setting: Setting = {}): string {
  const { verdict, at, event, detail } = resultOf(id, rows, setting);
  if (detail === '') throw new Error(`${id} says nothing`);
  const twin = resultOf(`${id}.reached`, rows, setting);
  if ((twin.verdict === 'notExercised') !== (verdict === 'notExercised'))
    throw new Error(`the twin of ${id} disagrees`);
  return verdict === 'violated' ? `violated at ${at ?? '?'} in ${event ?? 'no event'}` : verdict;
}
