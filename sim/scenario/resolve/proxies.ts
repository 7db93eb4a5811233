/**
 * Proxies: nodes that coordinate and hold hints, but own no key. They come after the other nodes in the peer table.
 */
import type { ScenarioDocument } from '../schema.ts';
import type { Path } from '../text/source-tree.ts';
import { nodeIn } from './racks.ts';
import type { Named } from './racks.ts';
import type { Resolution } from './resolution.ts';

/** The proxies of a document: in the datacentre they stand under, or in that of the first of the `owners` of keys. */
export function namedProxies(
  { proxies = [] }: ScenarioDocument,
  owners: readonly Named[],
  resolution: Resolution,
): readonly Named[] {
  const datacentres = new Map(owners.map(({ node }) => [node.datacentre, node]));
  const [first = ''] = datacentres.keys();
  if (Array.isArray(proxies)) return inDatacentre(first, proxies, ['proxies']);
  return Object.entries(proxies).flatMap(([datacentre, names]) => {
    const path = ['proxies', datacentre];
    if (!datacentres.has(datacentre)) resolution.unknownName(path, datacentre, 'a datacentre with nodes', datacentres);
    return inDatacentre(datacentre, names, path);
  });
}

function inDatacentre(datacentre: string, names: readonly string[], path: Path): readonly Named[] {
  return names.map((name, index) => ({ node: nodeIn(datacentre, '', name), path: [...path, index] }));
}
