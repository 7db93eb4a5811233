/**
 * The peer table: from a count, a list of names, or datacentres of racks of nodes, then the proxies; and each node's
 * clock. A node's position is its identity.
 */
import { peerIndex } from '../../../core/index.ts';
import type { PeerIndex } from '../../../core/index.ts';
import { MAX_RACKS } from '../bounds.ts';
import type { NodeSpec } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import { namedProxies } from './proxies.ts';
import { nodeIn, refuseManyRacks } from './racks.ts';
import type { Named } from './racks.ts';
import type { Resolution } from './resolution.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DEFAULT_COUNT = 3;
const DATACENTRE = 'dc1';
/** Ten years: a clock that was never set. */
export const MAX_CLOCK_OFFSET = 315_360_000_000_000;

/** The nodes of a scenario, in peer-table order, and their positions by name. */
export interface PeerTable {
  readonly nodes: readonly NodeSpec[];
  readonly indexOf: ReadonlyMap<string, PeerIndex>;
}

/**
 * The peer table of a document.
 *
 * @param fallback the nodes of an imported cluster, for a document that names none
 * @param most the limit on nodes that is in force
 */
export function resolveNodes(
  document: ScenarioDocument,
  resolution: Resolution,
  fallback: readonly NodeSpec[] | undefined,
  most: number,
): PeerTable {
  const owners = namedNodes(document, resolution, fallback);
  const named = [...owners, ...namedProxies(document, owners, resolution)];
  if (named.length > most) {
    const expected = `at most ${most} nodes (raise limits.nodes for more)`;
    resolution.problem([placeOfNodes(document)], { code: 'limit', expected, found: `${named.length} nodes` });
  }
  const nodes: NodeSpec[] = [];
  const indexOf = new Map<string, PeerIndex>();
  for (const { node, path } of named) {
    if (indexOf.has(node.name)) {
      resolution.problem(path, { code: 'duplicateName', expected: 'every node once', found: `${node.name} again` });
      continue;
    }
    indexOf.set(node.name, peerIndex(nodes.length));
    nodes.push(node);
  }
  refuseManyRacks(nodes, document, resolution);
  return { nodes: withClocks(nodes, indexOf, document, resolution), indexOf };
}

function namedNodes(
  document: ScenarioDocument,
  resolution: Resolution,
  fallback: readonly NodeSpec[] | undefined,
): readonly Named[] {
  const { nodes, datacentres } = document;
  if (nodes !== undefined && datacentres !== undefined) {
    const expected = 'nodes or datacentres, not both';
    resolution.problem(['datacentres'], { code: 'conflict', expected, found: 'both' });
  }
  if (datacentres !== undefined) return nodesOfRacks(datacentres, resolution);
  if (typeof nodes === 'object') {
    if (nodes.length === 0) resolution.problem(['nodes'], { code: 'range', expected: 'at least one node' });
    return nodes.map((name, index) => ({ node: inOwnRack(name, index), path: ['nodes', index] }));
  }
  if (nodes === undefined && fallback !== undefined) return fallback.map((node) => ({ node, path: [] }));
  return lettered(nodes ?? DEFAULT_COUNT, resolution);
}

/** a, b, c …: a count needs names, and there are 26. Racks end sooner: every one of them is a replica. */
function lettered(count: number, resolution: Resolution): readonly Named[] {
  if (count > MAX_RACKS) {
    const expected = `a count from 1 to ${MAX_RACKS}, each node a rack of its own; for more, datacentres with racks of nodes`;
    resolution.problem(['nodes'], { code: 'range', expected });
  }
  const names = [...LETTERS].slice(0, Math.min(count, MAX_RACKS));
  return names.map((name, index) => ({ node: inOwnRack(name, index), path: ['nodes'] }));
}

function nodesOfRacks(
  datacentres: NonNullable<ScenarioDocument['datacentres']>,
  resolution: Resolution,
): readonly Named[] {
  const named: Named[] = [];
  let hasRack = false;
  for (const [datacentre, racks] of Object.entries(datacentres)) {
    for (const [rack, names] of Object.entries(racks)) {
      hasRack = true;
      const path = ['datacentres', datacentre, rack];
      if (names.length === 0) resolution.problem(path, { code: 'range', expected: 'a rack of at least one node' });
      names.forEach((name, index) => named.push({ node: nodeIn(datacentre, rack, name), path: [...path, index] }));
    }
  }
  if (!hasRack) resolution.problem(['datacentres'], { code: 'range', expected: 'at least one rack with a node' });
  return named;
}

/** The nodes with what their wall clocks say. */
function withClocks(
  nodes: readonly NodeSpec[],
  indexOf: PeerTable['indexOf'],
  { clocks = {} }: ScenarioDocument,
  resolution: Resolution,
): readonly NodeSpec[] {
  for (const [name, { offset = 0 }] of Object.entries(clocks)) {
    if (!indexOf.has(name)) resolution.unknownName(['clocks', name], name, 'a node', indexOf);
    if (Math.abs(offset) > MAX_CLOCK_OFFSET)
      resolution.problem(['clocks', name, 'offset'], { code: 'range', expected: 'an offset of at most 10y' });
  }
  const known = new Map(Object.entries(clocks));
  return nodes.map((node) => {
    const { offset = 0, drift = 0 } = known.get(node.name) ?? {};
    return { ...node, clockOffset: offset, clockDrift: drift };
  });
}

function placeOfNodes(document: ScenarioDocument): string {
  return document.datacentres === undefined ? 'nodes' : 'datacentres';
}

function inOwnRack(name: string, index: number): NodeSpec {
  return nodeIn(DATACENTRE, `r${index + 1}`, name);
}
