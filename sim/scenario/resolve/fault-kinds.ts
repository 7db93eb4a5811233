/**
 * What a fault does, without its times: names of nodes become positions, and what its values mean together is checked.
 */
import { bytes, peerIndex } from '../../../core/index.ts';
import type { PeerIndex } from '../../../core/index.ts';
import { meanOf } from '../model/moments.ts';
import type { DistributionSpec } from '../model/distribution.ts';
import type { Fault, FaultSpan } from '../model/fault.ts';
import type { Path } from '../text/source-tree.ts';
import { resolveDistribution } from './distribution.ts';
import type { Domain } from './distribution.ts';
import type { WrittenFault } from './fault-times.ts';
import { MAX_CLOCK_OFFSET } from './nodes.ts';
import type { PeerTable } from './nodes.ts';
import type { Resolution } from './resolution.ts';

/** A year up or down at a time is no flapping. */
const STRETCHES: Domain = { min: 0, max: 31_536_000_000_000, bounds: 'a time of at most 365d' };

/** A fault without its times. */
export type FaultKind = Fault extends infer Each ? (Each extends Fault ? Omit<Each, keyof FaultSpan> : never) : never;

/** What an entry breaks, or undefined if it names nodes that there are not; that has been reported. */
export function faultKind(
  document: WrittenFault,
  path: Path,
  peers: PeerTable,
  resolution: Resolution,
): FaultKind | undefined {
  if ('partition' in document) return partition(document, path, peers, resolution);
  if ('loss' in document) {
    const { loss: share, from, to } = document;
    const sources = side(from, [...path, 'from'], peers, resolution);
    return { kind: 'loss', sources, targets: side(to, [...path, 'to'], peers, resolution), share };
  }
  if ('flap' in document) return flap(document, path, peers, resolution);
  const [key, name] = nodeOf(document);
  const node = peers.indexOf.get(name);
  if (node === undefined) resolution.unknownName([...path, key], name, 'a node', peers.indexOf);
  const order = 'order' in document ? orderOf(document.order, [...path, 'order'], peers, resolution) : [];
  if ('step' in document && Math.abs(document.step) > MAX_CLOCK_OFFSET)
    resolution.problem([...path, 'step'], { code: 'range', expected: 'a step of at most 10y' });
  return node === undefined ? undefined : kindOf(document, node, order);
}

type FlapDocument = Extract<WrittenFault, { readonly flap: unknown }>;
type NodeFault = Exclude<WrittenFault, { readonly partition: unknown } | { readonly loss: unknown } | FlapDocument>;

function kindOf(document: NodeFault, node: PeerIndex, order: readonly PeerIndex[]): FaultKind {
  if ('crash' in document || 'restart' in document) {
    const { power = false, torn = 0 } = document;
    return { kind: 'crash', node, power, tornBytes: bytes(torn) };
  }
  if ('slow' in document) return { kind: 'slow', node, factor: document.factor };
  if ('clock' in document) return { kind: 'clock', node, step: document.step };
  if ('reindex' in document) return { kind: 'reindex', node, order };
  if ('stop' in document) return { kind: 'stop', node };
  if ('loading' in document) return { kind: 'loading', node };
  if ('stall' in document) return { kind: 'stall', node };
  if ('diskFull' in document) return { kind: 'diskFull', node };
  if ('pauseDrain' in document) return { kind: 'pauseDrain', node };
  return 'replace' in document ? { kind: 'replace', node } : { kind: 'collect', node };
}

/** The key that names a fault's node, and its name. */
function nodeOf(document: NodeFault): readonly [key: string, name: string] {
  if ('crash' in document) return ['crash', document.crash];
  if ('restart' in document) return ['restart', document.restart];
  if ('stop' in document) return ['stop', document.stop];
  if ('loading' in document) return ['loading', document.loading];
  if ('stall' in document) return ['stall', document.stall];
  if ('slow' in document) return ['slow', document.slow];
  if ('clock' in document) return ['clock', document.clock];
  if ('diskFull' in document) return ['diskFull', document.diskFull];
  if ('pauseDrain' in document) return ['pauseDrain', document.pauseDrain];
  if ('reindex' in document) return ['reindex', document.reindex];
  return 'replace' in document ? ['replace', document.replace] : ['collect', document.collect];
}

function flap(document: FlapDocument, path: Path, peers: PeerTable, resolution: Resolution): FaultKind | undefined {
  const { flap: name, what = 'crash' } = document;
  const node = peers.indexOf.get(name);
  if (node === undefined) resolution.unknownName([...path, 'flap'], name, 'a node', peers.indexOf);
  const stretches = (key: 'up' | 'down'): DistributionSpec => {
    const spec = resolveDistribution(document[key], [...path, key], STRETCHES, resolution);
    if (meanOf(spec) < 1)
      resolution.problem([...path, key], { code: 'range', expected: 'stretches of at least 1us on average' });
    return spec;
  };
  const [up, down] = [stretches('up'), stretches('down')];
  return node === undefined ? undefined : { kind: 'flap', node, what, up, down };
}

function partition(
  { partition: [first, second], oneWay = false }: Extract<WrittenFault, { readonly partition: unknown }>,
  path: Path,
  peers: PeerTable,
  resolution: Resolution,
): FaultKind {
  const inner = [...path, 'partition'];
  const sources = side(first, [...inner, 0], peers, resolution);
  const targets = side(second, [...inner, 1], peers, resolution);
  for (const [position, name] of second.entries()) {
    if (!first.includes(name)) continue;
    const expected = 'a node on one side of a partition';
    resolution.problem([...inner, 1, position], { code: 'conflict', expected, found: `${name} on both` });
  }
  return { kind: 'partition', sources, targets, isTwoWay: !oneWay };
}

/** The nodes of a list, each once; all of them if there is none. */
function side(
  names: readonly string[] | undefined,
  path: Path,
  peers: PeerTable,
  resolution: Resolution,
): readonly PeerIndex[] {
  if (names === undefined) return peers.nodes.map((_, index) => peerIndex(index));
  if (names.length === 0) resolution.problem(path, { code: 'range', expected: 'at least one node' });
  const chosen = new Set<PeerIndex>();
  for (const [position, name] of names.entries()) {
    const index = peers.indexOf.get(name);
    const at = [...path, position];
    if (index === undefined) resolution.unknownName(at, name, 'a node', peers.indexOf);
    else if (chosen.has(index)) resolution.problem(at, { code: 'duplicateName', expected: 'every node once' });
    else chosen.add(index);
  }
  return [...chosen];
}

/** The order of a peer table: every node, once. */
function orderOf(names: readonly string[], path: Path, peers: PeerTable, resolution: Resolution): readonly PeerIndex[] {
  const order = side(names, path, peers, resolution);
  const missing = peers.nodes.filter((_, index) => !order.includes(peerIndex(index))).map(({ name }) => name);
  if (missing.length > 0 && order.length === names.length && names.length > 0) {
    const found = `none of ${missing.slice(0, 12).join(', ')}`;
    resolution.problem(path, { code: 'conflict', expected: 'all nodes, in another order', found });
  }
  return order;
}
