/**
 * Store lanes: all the bytes one node holds in hints, against its cap. A cap per peer limits no node and is only named.
 */
import { REFUSAL_REASONS, storeSeries, type Trace } from '../../sim/trace/index.ts';
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
  const { capScope, maxBytes } = trace.scenario.policy.hints;
  return {
    bytes: steps(series.at, series.bytes),
    maxBytes: capScope === 'node' ? maxBytes : 0,
    maxBytesPerPeer: capScope === 'peer' ? maxBytes : 0,
    refusedAt: refusals(trace, holder),
  };
}

/** The window is a matter of the peer, not of the store, and left out. */
function refusals({ refusals: { at, holder: by, reason } }: Trace, holder: number): Float64Array {
  const window = REFUSAL_REASONS.indexOf('window');
  return at.filter((_, i) => by[i] === holder && reason[i] !== window);
}
