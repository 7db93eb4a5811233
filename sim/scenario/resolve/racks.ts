/**
 * Racks: every one of them holds the whole ring, so each is a replica of every key, and there are only so many votes.
 */
import { MAX_RACKS, MAX_REPLICAS } from '../bounds.ts';
import type { NodeSpec } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { Path } from '../text/source-tree.ts';
import type { Resolution } from './resolution.ts';

/** A node and where the document names it. */
export interface Named {
  readonly node: NodeSpec;
  readonly path: Path;
}

/** A node of a rack, with a clock that is right; a proxy is in none. */
export function nodeIn(datacentre: string, rack: string, name: string): NodeSpec {
  return { name, datacentre, rack, clockOffset: 0, clockDrift: 0 };
}

/** The racks of each datacentre, as far as they hold keys. */
export function racksByDatacentre(nodes: readonly NodeSpec[]): ReadonlyMap<string, ReadonlySet<string>> {
  const racks = new Map<string, Set<string>>();
  for (const { datacentre, rack } of nodes) {
    if (rack !== '') racks.set(datacentre, (racks.get(datacentre) ?? new Set<string>()).add(rack));
  }
  return racks;
}

/** Reports datacentres, or a whole cluster, with more racks than a key may have replicas. */
export function refuseManyRacks(nodes: readonly NodeSpec[], document: ScenarioDocument, resolution: Resolution): void {
  const racks = racksByDatacentre(nodes);
  let replicas = 0;
  for (const [datacentre, { size }] of racks) {
    replicas += size;
    if (size <= MAX_RACKS) continue;
    const path = document.datacentres === undefined ? ['nodes'] : ['datacentres', datacentre];
    const expected = `at most ${MAX_RACKS} racks in a datacentre, because each holds a replica of every key`;
    resolution.problem(path, { code: 'limit', expected, found: `${size} racks` });
  }
  if (replicas <= MAX_REPLICAS || racks.size === 1) return;
  const expected = `at most ${MAX_REPLICAS} racks over all datacentres, because each holds a replica of every key`;
  resolution.problem(['datacentres'], { code: 'limit', expected, found: `${replicas} racks` });
}
