/**
 * I5 and I8: the cap. A store stays within it, and what it keeps for one peer does not take the room of another.
 */
import { formatBytes, formatInstant, NEVER, NONE, REFUSAL_REASONS } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { nodeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import { inOrderOfLeaving } from '../lanes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const CAP = REFUSAL_REASONS.indexOf('cap');

/**
 * Payload bytes per holder, or per holder and peer, as the cap is scoped, after each hint that was stored. In an
 * instant, what leaves goes first. At the end the stores' own figures are held against the cap too: a restart may have
 * restored more than it.
 */
export const I5: Property = {
  id: 'I5',
  kind: 'always',
  sentence: 'The bytes of hints in a store, or in a queue where the cap is per peer, never exceed the cap.',
  source: 'handoff-systems §9, I5 (§1.1, H20)',
  level: 'hints',
  check: staysWithin,
};

/**
 * Violated by a hint refused at a cap over all peers of a node while its own peer's queue, with it, would have been
 * within an equal share: the cap divided by the other nodes. In an instant, what was stored counts, and what left does
 * too.
 */
export const I8: Property = {
  id: 'I8',
  kind: 'always',
  sentence: "No hint is refused at the cap while its own peer's queue is within an equal share of it.",
  source: 'handoff-systems §9, I8 (H20)',
  level: 'hints',
  check: sharesRoom,
};

const UNCAPPED = 'the scenario has no cap';

/** What the cap is over: a position for a holder, or for a holder and a peer. */
function scopeOf({ scenario }: Trace): (holder: number, peer: number) => number {
  const nodes = scenario.nodes.length;
  return scenario.policy.hints.capScope === 'node' ? (holder) => holder : (holder, peer) => holder * nodes + peer;
}

function staysWithin({ trace }: CheckContext): Finding {
  const { hints, stores, scenario } = trace;
  const cap = scenario.policy.hints.maxBytes;
  if (cap === 0) return notExercised(UNCAPPED);
  const cases = new Cases();
  const scope = scopeOf(trace);
  const used = new Map<number, number>();
  const leaving = inOrderOfLeaving(trace);
  const add = (hint: number, sign: number): number => {
    // One that leaves in the instant it came in was never there.
    const by = hints.storedAt[hint] === hints.leftAt[hint] ? 0 : sign * (hints.bytes[hint] ?? 0);
    const place = scope(hints.holder[hint] ?? 0, hints.peer[hint] ?? 0);
    const bytes = (used.get(place) ?? 0) + by;
    used.set(place, bytes);
    return bytes;
  };
  let left = 0;
  for (let hint = 0; hint < hints.storedAt.length; hint++) {
    const at = hints.storedAt[hint] ?? 0;
    while ((hints.leftAt[leaving[left] ?? NONE] ?? NEVER) <= at) add(leaving[left++] ?? NONE, -1);
    cases.came();
    const bytes = add(hint, 1);
    if (bytes > cap) exceeded(trace, hint, bytes, cases);
  }
  for (const { node, bytes, maxBytes } of stores) {
    if (scenario.policy.hints.capScope === 'peer' || bytes <= maxBytes) continue;
    cases.failed(trace.endedAt, () => ({
      event: NONE,
      detail: `in the end ${node} holds ${formatBytes(bytes)} of hints, above the cap of ${formatBytes(maxBytes)}`,
    }));
  }
  return cases.finding('hints stored under a cap', 'no hint was stored');
}

function exceeded(trace: Trace, hint: number, bytes: number, cases: Cases): void {
  const { hints, scenario } = trace;
  const at = hints.storedAt[hint] ?? 0;
  const isOfPeer = scenario.policy.hints.capScope === 'peer';
  const queue = isOfPeer ? ` for ${nodeName(trace, hints.peer[hint] ?? NONE)}` : '';
  const cap = formatBytes(scenario.policy.hints.maxBytes);
  cases.failed(at, () => ({
    event: entryOf(trace, ['hintStored'], at, hint),
    hint,
    write: hints.write[hint] ?? NONE,
    detail: `${nodeName(trace, hints.holder[hint] ?? NONE)} held ${formatBytes(bytes)} of hints${queue} at ${formatInstant(at)}, above the cap of ${cap}`,
  }));
}

function sharesRoom({ trace }: CheckContext): Finding {
  const { hints, refusals, scenario } = trace;
  const { maxBytes, capScope } = scenario.policy.hints;
  if (maxBytes === 0) return notExercised(UNCAPPED);
  if (capScope === 'peer') return notExercised('each peer has a cap of its own');
  const cases = new Cases();
  const nodes = scenario.nodes.length;
  const share = maxBytes / Math.max(1, nodes - 1);
  const queued = new Map<number, number>();
  const leaving = inOrderOfLeaving(trace);
  const add = (hint: number, sign: number): void => {
    const lane = (hints.holder[hint] ?? 0) * nodes + (hints.peer[hint] ?? 0);
    queued.set(lane, (queued.get(lane) ?? 0) + sign * (hints.bytes[hint] ?? 0));
  };
  let [stored, left] = [0, 0];
  for (let row = 0; row < refusals.at.length; row++) {
    if (refusals.reason[row] !== CAP) continue;
    const at = refusals.at[row] ?? 0;
    while ((hints.storedAt[stored] ?? NEVER) <= at) add(stored++, 1);
    while ((hints.leftAt[leaving[left] ?? NONE] ?? NEVER) < at) add(leaving[left++] ?? NONE, -1);
    cases.came();
    const [holder, peer] = [refusals.holder[row] ?? 0, refusals.peer[row] ?? 0];
    const queue = queued.get(holder * nodes + peer) ?? 0;
    if (queue + (refusals.bytes[row] ?? 0) <= share) crowdedOut(trace, row, queue, share, cases);
  }
  return cases.finding('hints refused at the cap', 'no hint was refused at the cap');
}

function crowdedOut(trace: Trace, row: number, queue: number, share: number, cases: Cases): void {
  const { refusals } = trace;
  const at = refusals.at[row] ?? 0;
  const write = refusals.write[row] ?? NONE;
  const [holder, peer] = [refusals.holder[row] ?? 0, refusals.peer[row] ?? 0];
  const kept = `it kept ${formatBytes(queue)} for it, of an equal share of ${formatBytes(Math.floor(share))}`;
  cases.failed(at, () => ({
    event: entryOf(trace, ['hintRefused'], at, write, peer),
    write,
    detail: `${nodeName(trace, holder)} refused a hint for ${nodeName(trace, peer)} at ${formatInstant(at)}, while ${kept}`,
  }));
}
