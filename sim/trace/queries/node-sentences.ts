/**
 * What happens to nodes, in sentences: crashes, beliefs, sweeps, sessions.
 */
import { cell } from '../cell.ts';
import { formatCount, formatCountOf, formatDuration } from '../format.ts';
import type { Detector } from '../../scenario/model/detector.ts';
import type { Trace } from '../trace.ts';
import { departedAt } from './departures.ts';
import { faultsAt } from './faults-at.ts';
import { countAt, peersAt } from './happening.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { nodeName } from './names.ts';
import { hasMovedPeers } from './peer-table.ts';

/** A node died: the cause that the scenario gives, and the hints that were lost with it. */
export function crashed(trace: Trace, { at, node }: Happening): string {
  const lost = countAt(trace, 'hintLost', node, at);
  const what =
    trace.scenario.policy.hints.disk.durability === 'ram'
      ? `hints live in RAM only, so it lost ${formatCount(lost)}`
      : `it lost ${formatCountOf(lost, 'hint')}`;
  return `${nodeName(trace, node)} crashed${causeOf(trace, node, at)}${lost === 0 ? '' : `: ${what}`}`;
}

/** A node stopped of its own will. */
export function stopped(trace: Trace, { at, node }: Happening): string {
  return `${nodeName(trace, node)} said goodbye and stopped${causeOf(trace, node, at)}: its peers take it for Down at once`;
}

/** A node came back with what its disk had kept, or an empty one under its name. */
export function restarted(trace: Trace, { at, node }: Happening): string {
  const name = nodeName(trace, node);
  if (wasReplaced(trace, node, at)) {
    return `an empty node started in the place of ${name}, with no hints and no word from anyone yet`;
  }
  const { durability } = trace.scenario.policy.hints.disk;
  const hints = durability === 'ram' ? 'no hints' : 'the hints that its disk had kept';
  const moved = hasMovedPeers(trace, node, at) ? 'its peers at other positions, ' : '';
  return `${name} restarted, with ${moved}${hints} and no word from anyone yet`;
}

/** The machine was replaced in the outage that ends at an instant. */
function wasReplaced({ outages, scenario }: Trace, node: number, at: number): boolean {
  const from = outages.from.find((_, row) => outages.node[row] === node && outages.until[row] === at) ?? at;
  return scenario.faults.some(
    (fault) => fault.kind === 'replace' && fault.node === node && from <= fault.from && fault.from < at,
  );
}

/** An observer changed its mind about a peer for the worse: by which rule, and whether it was right. */
export function believedDown(trace: Trace, { at, node, peer }: Happening): string {
  const observer = nodeName(trace, node);
  const name = nodeName(trace, peer);
  if (startsDown(trace) && hasJustStarted(trace, node, at))
    return `${observer} started and took ${name} for Down until it hears otherwise`;
  const because = isByGoodbye(trace, node, peer, at) ? 'it had said goodbye' : ruleForDown(trace);
  const mistake = isDown(trace, peer, at) ? '' : ', but it was up';
  return `${observer} took ${name} for Down: ${because}${mistake}`;
}

/** An observer changed its mind about a peer for the better: by which rule. */
export function believedUp(trace: Trace, happening: Happening): string {
  const { detector } = trace.scenario.policy;
  const took = `${nodeName(trace, happening.node)} took ${nodeName(trace, happening.peer)} for Normal`;
  if (detector.kind === 'fixed') return `${took}: both had been up for ${formatDuration(detector.upAfter)}`;
  return `${took}: ${whyUp(trace, happening, detector)}`;
}

/** A heartbeat, at first hand or not; or a look at the table, which knows of silence alone and of no goodbye (H17). */
function whyUp(
  trace: Trace,
  { at, node, peer }: Happening,
  { gossipTo, threshold }: Exclude<Detector, { readonly kind: 'fixed' }>,
): string {
  const quiet = `its silence had not passed phi ${threshold}, which undoes its goodbye`;
  if (trace.level !== 'full') return isDown(trace, peer, at) ? quiet : 'it had a heartbeat from it';
  const senders = peersAt(trace, 'heartbeat', node, at);
  if (senders.has(peer)) return 'it had a heartbeat from it';
  return gossipTo === 'one' && senders.size > 0 ? 'others had heard of it' : quiet;
}

/** What a sweep did, from the log rows of its instant. */
export function swept(trace: Trace, { at, node }: Happening): string {
  // What is past its deadline while a message carries it leaves its store as well, though its fate is open.
  const departed = departedAt(trace, node, at);
  const due = departed.filter((hint) => cell(trace.hints.deadline, hint) <= at);
  const expired = countAt(trace, 'hintExpired', node, at) + due.length;
  const shipped = countAt(trace, 'hintShipped', node, at) - departed.length;
  const requeued = countRequeued(trace, node, at);
  const name = nodeName(trace, node);
  if (expired + shipped + requeued === 0) return `${name}'s sweep found nothing expired and nothing to send`;
  const counts = `${formatCount(expired)} expired, ${formatCount(shipped)} sent, ${formatCount(requeued)} requeued`;
  return `${name}'s sweep: ${counts}`;
}

/** Hints that the sweep of an instant put back: the log has a row for each queue of which it put some back. */
function countRequeued(trace: Trace, node: number, at: number): number {
  const { hints } = trace;
  const peers = peersAt(trace, 'hintRequeued', node, at);
  if (peers.size === 0) return 0;
  let requeued = 0;
  for (let hint = 0; hint < hints.holder.length && cell(hints.storedAt, hint) <= at; hint++) {
    const wasLeft = hints.holder[hint] === node && cell(hints.leftAt, hint) > at;
    if (wasLeft && peers.has(cell(hints.peer, hint))) requeued++;
  }
  return requeued;
}

/** A holder delivers to a peer from here on. */
export function sessionOpened(trace: Trace, { node, peer }: Happening): string {
  const name = nodeName(trace, peer);
  return `${nodeName(trace, node)} took ${name} for Normal and began to deliver its hints for ${name}`;
}

/** A holder delivers to a peer no more. */
export function sessionClosed(trace: Trace, { node, peer }: Happening): string {
  return `${nodeName(trace, node)} stopped delivering to ${nodeName(trace, peer)}`;
}

function ruleForDown({ scenario }: Trace): string {
  const { detector } = scenario.policy;
  switch (detector.kind) {
    case 'phi':
      return `its silence had passed phi ${detector.threshold}`;
    case 'normal':
      return `its silence had passed phi ${detector.threshold} of a normal law`;
    case 'fixed':
      return `that is known ${formatDuration(detector.downAfter)} after a crash`;
  }
}

/** The cause that the scenario gives for what happens to a node at an instant, as ` (disk)`; empty for none. */
function causeOf({ scenario }: Trace, node: number, at: number): string {
  const fault = scenario.faults.find((one) => 'node' in one && one.node === node && one.from === at);
  return fault === undefined || fault.cause === '' ? '' : ` (${fault.cause})`;
}

/** The first conviction after a graceful stop; where a look has undone that, the next one is for silence. */
function isByGoodbye(trace: Trace, observer: number, peer: number, at: number): boolean {
  const { beliefs } = trace;
  return faultsAt(trace, 'stop', peer, at).some(({ from: stoppedAt }) => {
    const wasConvicted = (from: number, row: number): boolean =>
      beliefs.observer[row] === observer && beliefs.peer[row] === peer && stoppedAt <= from && from < at;
    return !beliefs.from.some(wasConvicted);
  });
}

/** At the start of the run or right after a restart: a fresh process takes every peer for `Down`. */
export function startsDown({ scenario }: Trace): boolean {
  const { detector } = scenario.policy;
  return detector.kind !== 'fixed' || detector.start === 'down';
}

function hasJustStarted({ outages }: Trace, node: number, at: number): boolean {
  return at === 0 || outages.node.some((other, row) => other === node && outages.until[row] === at);
}
