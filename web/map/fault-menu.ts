/**
 * What the context menu of the map offers: faults of a node or a link, from the playhead on, for a twentieth of the run or
 * so. They become lines of the scenario, where their times and figures can be changed.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { briefLabel, tickStep } from '../draw/ticks.ts';
import type { NewFault } from '../state/new-fault.ts';
import type { MenuItem, MenuOffer } from '../state/menu.svelte.ts';
import type { LinkEnds } from './link-line.ts';
import { linkName, nameOf } from './words.ts';

/** What a menu does when something is chosen. */
export interface MenuActs {
  readonly addFault: (fault: NewFault) => void;
  /** Looks at the node or link more closely; left out where it is looked at already. */
  readonly inspect?: () => void;
}

/** The part of a run that a fault from the menu lasts. */
const SHARE = 20;
/** Others that a node can be cut off from one by one; beyond, the menu offers all of them and the other racks. */
const MOST_NAMED = 6;

/** What can be broken at a node. */
export function nodeOffer(trace: Trace, node: number, moment: number, acts: MenuActs): MenuOffer {
  const target = nameOf(trace, node);
  const span = spanOf(trace, moment);
  const words = `for ${briefLabel(span.for)}`;
  const add = (label: string, fault: NewFault): MenuItem => ({
    kind: 'action',
    label,
    run: () => acts.addFault(fault),
  });
  const kill = (item: MenuItem): MenuItem =>
    item.kind === 'action' && isDownDuring(trace, node, span)
      ? { ...item, unavailable: 'it is down then anyway' }
      : item;
  return {
    label: `${target} at the playhead`,
    items: [
      ...inspection(`Inspect ${target}`, acts),
      { kind: 'divider', label: `From the playhead, ${words}` },
      kill(add(`Crash ${target}`, { kind: 'crash', target, ...span })),
      kill(add(`Stop ${target} gracefully`, { kind: 'stop', target, ...span })),
      add('Stall its backend', { kind: 'stall', target, ...span }),
      add('Slow ×10', { kind: 'slow', target, factor: 10, ...span }),
      add('Loading backend: errors', { kind: 'loading', target, ...span }),
      add('Clock 5 s ahead', { kind: 'clock', target, step: 5_000_000, ...span }),
      add('Hint disk full', { kind: 'diskFull', target, ...span }),
      add('Pause its drain', { kind: 'pauseDrain', target, ...span }),
      { kind: 'divider', label: 'Cut it off from' },
      ...partitions(trace, node).map(({ label, others }) =>
        add(label, { kind: 'partition', sides: [[target], others], ...span }),
      ),
    ],
  };
}

/** What can be broken between two nodes. */
export function linkOffer(trace: Trace, { sender, receiver }: LinkEnds, moment: number, acts: MenuActs): MenuOffer {
  const from = [nameOf(trace, sender)];
  const to = [nameOf(trace, receiver)];
  const name = linkName(trace, sender, receiver);
  const span = spanOf(trace, moment);
  const add = (label: string, fault: NewFault): MenuItem => ({
    kind: 'action',
    label,
    run: () => acts.addFault(fault),
  });
  return {
    label: `${name} at the playhead`,
    items: [
      ...inspection(`Inspect ${name}`, acts),
      { kind: 'divider', label: `From the playhead, for ${briefLabel(span.for)}` },
      add('Partition, both ways', { kind: 'partition', sides: [from, to], ...span }),
      add(`Partition, only ${name}`, { kind: 'partition', sides: [from, to], oneWay: true, ...span }),
      add(`Lose 10% of ${name}`, { kind: 'loss', share: 0.1, from, to, ...span }),
      add(`Lose half of ${name}`, { kind: 'loss', share: 0.5, from, to, ...span }),
    ],
  };
}

function inspection(label: string, { inspect }: MenuActs): MenuItem[] {
  return inspect ? [{ kind: 'action', label, run: inspect }] : [];
}

/** From the playhead, for a round part of the run. In microseconds. */
function spanOf(trace: Trace, moment: number): { readonly at: number; readonly for: number } {
  return { at: Math.round(moment), for: tickStep(trace.endedAt / SHARE) };
}

/** A node cannot die twice: the scenario would be refused. */
function isDownDuring({ outages }: Trace, node: number, span: { readonly at: number; readonly for: number }): boolean {
  return outages.node.some((each, row) => {
    const [from, until] = [outages.from[row] ?? 0, outages.until[row] ?? 0];
    return each === node && from < span.at + span.for && until > span.at;
  });
}

function partitions(trace: Trace, node: number): readonly { readonly label: string; readonly others: string[] }[] {
  const { nodes } = trace.scenario;
  const own = nodes[node];
  const others = nodes.filter((_, other) => other !== node);
  const elsewhere = others.filter(({ datacentre }) => datacentre !== own?.datacentre);
  const all = { label: 'All other nodes', others: others.map(({ name }) => name) };
  const far = { label: 'The other datacentres', others: elsewhere.map(({ name }) => name) };
  const single = others.length > MOST_NAMED ? [] : others.map(({ name }) => ({ label: name, others: [name] }));
  const isFar = elsewhere.length > 0 && elsewhere.length < others.length;
  return [...single, ...(isFar ? [far] : []), ...(others.length > 1 ? [all] : [])];
}
