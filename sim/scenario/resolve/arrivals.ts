/**
 * When a class of clients sends: at a rate, after gaps of any law, or as so many clients that each wait for their answer.
 */
import { MICROS_PER_SECOND } from '../../../core/index.ts';
import type { Arrivals } from '../model/workload.ts';
import { meanOf } from '../model/moments.ts';
import type { WorkloadDocument } from '../schema/workload.ts';
import { MAX_RATE } from '../text/quantities.ts';
import type { Path } from '../text/source-tree.ts';
import { resolveDistribution } from './distribution.ts';
import type { Domain } from './distribution.ts';
import type { Resolution } from './resolution.ts';

const DEFAULT_RATE = 50;
/** A year: longer gaps and thoughts than that are longer than most runs. */
const GAPS: Domain = { min: 0, max: 31_536_000_000_000, bounds: 'a time of at most 365d' };

/** The arrivals of a class of clients. `profileRate` stands in for a rate that the document does not say. */
export function resolveArrivals(
  document: WorkloadDocument,
  profileRate: number | undefined,
  path: Path,
  resolution: Resolution,
): Arrivals {
  const { clients, gap, think, arrivals = 'steady', rate = profileRate ?? DEFAULT_RATE } = document;
  refuseBeside(document, path, resolution);
  if (clients !== undefined) {
    const spec = resolveDistribution(think ?? 0, [...path, 'think'], GAPS, resolution);
    return { kind: 'closed', clients, think: spec };
  }
  if (gap !== undefined) {
    const spec = resolveDistribution(gap, [...path, 'gap'], GAPS, resolution);
    const perSecond = MICROS_PER_SECOND / meanOf(spec);
    if (perSecond > MAX_RATE)
      resolution.problem([...path, 'gap'], { code: 'range', expected: 'gaps of at least 1us on average' });
    return { kind: 'gaps', gap: spec, rate: Math.min(perSecond, MAX_RATE) };
  }
  if (arrivals === 'steady') return { kind: 'steady', rate };
  return { kind: 'gaps', gap: { kind: 'exponential', mean: MICROS_PER_SECOND / rate }, rate };
}

/** A class has a rate, or a gap, or clients; each excludes what belongs to the others. */
function refuseBeside(document: WorkloadDocument, path: Path, resolution: Resolution): void {
  const refuse = (keys: readonly (keyof WorkloadDocument)[], beside: string): void => {
    for (const key of keys) {
      if (document[key] === undefined) continue;
      resolution.problem([...path, key], { code: 'conflict', expected: `no ${key} beside ${beside}`, found: 'both' });
    }
  };
  if (document.clients !== undefined)
    refuse(['rate', 'arrivals', 'gap'], 'clients, who send when they have their answer');
  else {
    if (document.gap !== undefined) refuse(['rate', 'arrivals'], 'gap, which says when requests arrive');
    if (document.think === undefined) return;
    const expected = 'clients beside think, who are to think so long';
    resolution.problem([...path, 'think'], { code: 'conflict', expected, found: 'think alone' });
  }
}
