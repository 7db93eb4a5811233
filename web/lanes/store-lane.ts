/**
 * Store lanes: all the bytes one node holds in hints, against its cap. The cap is per node, whatever the peer.
 */
import { storeSeries, type Trace } from '../../sim/trace/index.ts';
import { once, type StoreData, type StoreLane } from './lane.ts';
import { steps } from './steps.ts';

export function storeLanes(trace: Trace): readonly StoreLane[] {
  const held = new Set<number>();
  for (const holder of trace.hints.holder) held.add(holder);
  for (const holder of trace.refusals.holder) held.add(holder);
  return trace.scenario.nodes.flatMap(({ name }, holder) => {
    if (!held.has(holder)) return [];
    return {
      kind: 'store' as const,
      id: `store.${holder}`,
      label: name,
      about: `Bytes of hints that ${name} holds, against its cap`,
      height: 48,
      holder,
      data: once(() => storeData(trace, holder)),
    };
  });
}

/** The lane of one node. O(hints). */
export function storeData(trace: Trace, holder: number): StoreData {
  const series = storeSeries(trace, holder);
  return {
    bytes: steps(series.at, series.bytes),
    maxBytes: trace.scenario.policy.hints.maxBytes,
    refusedAt: trace.refusals.at.filter((_, i) => trace.refusals.holder[i] === holder),
  };
}
