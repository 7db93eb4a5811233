/**
 * What happens to nodes, in sentences: crashes, beliefs, sweeps.
 */
import { formatCount, formatDuration } from '../format.ts';
import type { Trace } from '../trace.ts';
import { countAt } from './happening.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { nodeName } from './names.ts';

/** A node died: the cause that the scenario gives, and what was in its RAM. */
export function crashed(trace: Trace, { at, node }: Happening): string {
  const fault = trace.scenario.faults.find((one) => one.node === node && one.from === at);
  const cause = fault === undefined || fault.cause === '' ? '' : ` (${fault.cause})`;
  const lost = countAt(trace, 'hintLost', node, at);
  const hints = lost === 0 ? '' : `: hints live in RAM only, so it lost ${formatCount(lost)}`;
  return `${nodeName(trace, node)} crashed${cause}${hints}`;
}

/** A node came back, empty-handed. */
export function restarted(trace: Trace, { node }: Happening): string {
  return `${nodeName(trace, node)} restarted, with no hints and no word from anyone yet`;
}

/** An observer changed its mind about a peer for the worse: by which rule, and whether it was right. */
export function believedDown(trace: Trace, { at, node, peer }: Happening): string {
  const { detector } = trace.scenario.policy;
  const observer = nodeName(trace, node);
  const name = nodeName(trace, peer);
  if (hasJustStarted(trace, node, at)) return `${observer} started and took ${name} for Down until it hears otherwise`;
  const because =
    detector.kind === 'phi'
      ? `its silence had passed phi ${detector.threshold}`
      : `that is known ${formatDuration(detector.downAfter)} after a crash`;
  const mistake = isDown(trace, peer, at) ? '' : ', but it was up';
  return `${observer} took ${name} for Down: ${because}${mistake}`;
}

/** An observer changed its mind about a peer for the better: by which rule. */
export function believedUp(trace: Trace, { node, peer }: Happening): string {
  const { detector } = trace.scenario.policy;
  const observer = nodeName(trace, node);
  const name = nodeName(trace, peer);
  if (detector.kind === 'phi') return `${observer} took ${name} for Normal: it had a heartbeat from it`;
  return `${observer} took ${name} for Normal: both had been up for ${formatDuration(detector.upAfter)}`;
}

/** What a sweep did, from the log rows of its instant. */
export function swept(trace: Trace, { at, node }: Happening): string {
  const expired = countAt(trace, 'hintExpired', node, at);
  const shipped = countAt(trace, 'hintShipped', node, at);
  const requeued = countAt(trace, 'hintRequeued', node, at);
  const name = nodeName(trace, node);
  if (expired + shipped + requeued === 0) return `${name}'s sweep found nothing expired and nothing to send`;
  const counts = `${formatCount(expired)} expired, ${formatCount(shipped)} sent, ${formatCount(requeued)} requeued`;
  return `${name}'s sweep: ${counts}`;
}

/** At the start of the run or right after a restart: a fresh process takes every peer for `Down`. */
function hasJustStarted({ outages }: Trace, node: number, at: number): boolean {
  return at === 0 || outages.node.some((other, row) => other === node && outages.until[row] === at);
}
