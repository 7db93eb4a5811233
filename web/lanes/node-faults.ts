/**
 * The faults of a node: what the scenario breaks at it, as bars with a mark and a few words per kind. A partition or a
 * loss lies on every node it touches. Plain crashes are left out: the lane shows them as outages.
 *
 * Faults of one node that overlap lie in rows below each other.
 */
import type { Fault, LossFault, PartitionFault } from '../../sim/scenario/index.ts';
import { formatBytes, formatDuration, type Trace } from '../../sim/trace/index.ts';
import { unreachable } from '../../core/index.ts';
import type { Span } from '../draw/time-scale.ts';

/** A fault as one node has it. */
export interface NodeFault extends Span {
  readonly kind: Fault['kind'];
  /** What is broken, in a few words: `slow ×10`, `cut off from c`. */
  readonly label: string;
  /** From 0 on, downward. */
  readonly row: number;
}

/** Rows of a lane; what overlaps more often than that shares the last one. */
export const MOST_FAULT_ROWS = 3;
/** More nodes than this on the other side are counted, not named. */
const MOST_NAMED = 2;

/** What each kind is called in a legend. */
export const FAULT_NAMES: Readonly<Record<Fault['kind'], string>> = {
  crash: 'power loss, torn write',
  stop: 'graceful stop',
  loading: 'loading',
  stall: 'stall',
  slow: 'slow',
  partition: 'partition',
  loss: 'lossy links',
  clock: 'clock step',
  diskFull: 'hint disk full',
  pauseDrain: 'drain paused',
  reindex: 're-indexed',
  replace: 'replaced',
  collect: 'tombstones collected',
  flap: 'flapping',
};

/** The faults of each node that lie within the run, in order of time. O(n log n) in the faults, times nodes touched. */
export function faultsByNode({ scenario, endedAt }: Trace): readonly (readonly NodeFault[])[] {
  const nameOf = (node: number) => scenario.nodes[node]?.name ?? `#${node}`;
  const byNode: Omit<NodeFault, 'row'>[][] = scenario.nodes.map(() => []);
  for (const fault of scenario.faults) {
    if (fault.from > endedAt || isPlainCrash(fault)) continue;
    const span = { kind: fault.kind, from: fault.from, until: Math.min(fault.until, endedAt) };
    for (const node of nodesOf(fault)) byNode[node]?.push({ ...span, label: labelOf(fault, node, nameOf) });
  }
  return byNode.map((faults) => inRows(faults.toSorted((a, b) => a.from - b.from)));
}

/** Each goes to the first row that is free by then. */
function inRows(faults: readonly Omit<NodeFault, 'row'>[]): NodeFault[] {
  const freeAt: number[] = [];
  return faults.map((fault) => {
    const free = freeAt.findIndex((at) => at <= fault.from);
    const row = free >= 0 ? free : Math.min(freeAt.length, MOST_FAULT_ROWS - 1);
    freeAt[row] = Math.max(freeAt[row] ?? 0, fault.until, fault.from + 1);
    return { ...fault, row };
  });
}

function isPlainCrash(fault: Fault): boolean {
  return fault.kind === 'crash' && !fault.power && fault.tornBytes === 0;
}

function nodesOf(fault: Fault): readonly number[] {
  const isBetweenNodes = fault.kind === 'partition' || fault.kind === 'loss';
  return isBetweenNodes ? [...new Set([...fault.sources, ...fault.targets])] : [fault.node];
}

function labelOf(fault: Fault, node: number, nameOf: NameOf): string {
  switch (fault.kind) {
    case 'crash':
      return fault.power ? 'power loss' : `torn write, ${formatBytes(fault.tornBytes)}`;
    case 'slow':
      return `slow ×${fault.factor}`;
    case 'partition':
      return partitionLabel(fault, node, nameOf);
    case 'loss':
      return `loses ${Number((100 * fault.share).toPrecision(3))}% ${lossyWay(fault, node, nameOf)}`;
    case 'clock':
      return `clock ${fault.step < 0 ? '−' : '+'}${formatDuration(Math.abs(fault.step))}`;
    case 'flap':
      return fault.what === 'crash' ? 'flapping' : 'flapping: stalls';
    case 'stop':
    case 'loading':
    case 'stall':
    case 'diskFull':
    case 'pauseDrain':
    case 'reindex':
    case 'replace':
    case 'collect':
      return FAULT_NAMES[fault.kind];
    default:
      return unreachable(fault);
  }
}

type NameOf = (node: number) => string;

function partitionLabel(fault: PartitionFault, node: number, nameOf: NameOf): string {
  const { sends, hears, across } = sidesOf(fault, node);
  const others = named(across, nameOf);
  if (fault.isTwoWay || (sends && hears)) return `cut off from ${others}`;
  return sends ? `cannot reach ${others}` : `cannot hear ${others}`;
}

function lossyWay(fault: LossFault, node: number, nameOf: NameOf): string {
  const { sends, hears, across } = sidesOf(fault, node);
  return `${sends && hears ? 'to and from' : sends ? 'to' : 'from'} ${named(across, nameOf)}`;
}

/** Which way the trouble goes for a node, and the nodes at the other end of it. */
function sidesOf({ sources, targets }: Pick<PartitionFault | LossFault, 'sources' | 'targets'>, node: number) {
  const [sends, hears] = [sources.some((each) => each === node), targets.some((each) => each === node)];
  const across = [...new Set([...(sends ? targets : []), ...(hears ? sources : [])])].filter((other) => other !== node);
  return { sends, hears, across };
}

function named(nodes: readonly number[], nameOf: NameOf): string {
  return nodes.length > MOST_NAMED ? `${nodes.length} nodes` : nodes.map(nameOf).join(', ');
}
