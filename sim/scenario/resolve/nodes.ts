/**
 * The peer table: from a count, a list of names, or datacentres of racks of nodes. A node's position is its identity.
 */
import { peerIndex } from '../../../core/index.ts';
import type { PeerIndex } from '../../../core/index.ts';
import { MAX_RACKS } from '../bounds.ts';
import type { NodeSpec } from '../scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { Path } from '../text/source-tree.ts';
import type { Resolution } from './resolution.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DEFAULT_COUNT = 3;
const DATACENTRE = 'dc1';

/** The nodes of a scenario, in peer-table order, and their positions by name. */
export interface PeerTable {
  readonly nodes: readonly NodeSpec[];
  readonly indexOf: ReadonlyMap<string, PeerIndex>;
}

/** A node and where the document names it. */
interface Named {
  readonly node: NodeSpec;
  readonly path: Path;
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
  const named = namedNodes(document, resolution, fallback);
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
  return { nodes, indexOf };
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
      names.forEach((name, index) => named.push({ node: { name, datacentre, rack }, path: [...path, index] }));
    }
  }
  if (!hasRack) resolution.problem(['datacentres'], { code: 'range', expected: 'at least one rack with a node' });
  return named;
}

function refuseManyRacks(nodes: readonly NodeSpec[], document: ScenarioDocument, resolution: Resolution): void {
  const racks = new Map<string, Set<string>>();
  for (const { datacentre, rack } of nodes)
    racks.set(datacentre, (racks.get(datacentre) ?? new Set<string>()).add(rack));
  for (const [datacentre, names] of racks) {
    if (names.size <= MAX_RACKS) continue;
    const path = document.datacentres === undefined ? ['nodes'] : ['datacentres', datacentre];
    const expected = `at most ${MAX_RACKS} racks in a datacentre, because each holds a replica of every key`;
    resolution.problem(path, { code: 'limit', expected, found: `${names.size} racks` });
  }
}

function placeOfNodes(document: ScenarioDocument): string {
  return document.datacentres === undefined ? 'nodes' : 'datacentres';
}

function inOwnRack(name: string, index: number): NodeSpec {
  return { name, datacentre: DATACENTRE, rack: `r${index + 1}` };
}
