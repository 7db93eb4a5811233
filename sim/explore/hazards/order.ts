/**
 * Hazards of order: an older write arrives after a newer one and takes its place (handoff-systems §9: H1 to H5, H24).
 */
import { COPY_ROUTES, NEVER, NONE } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import type { Evidence, HintFacts, Setback } from './evidence.ts';
import type { Hazard } from './hazard.ts';

const DIRECT = COPY_ROUTES.indexOf('direct');

/** H1 to H5 and H24. */
export const ORDER_HAZARDS: readonly Hazard[] = [
  {
    id: 'H1',
    name: 'late hint',
    sentence: 'A late hint takes the place of a newer write that went to the replica directly.',
    breaks: ['C3', 'I2', 'I1', 'I3'],
    recognise: (evidence) => lateHints(evidence).some(({ newer }) => evidence.operationOf(newer) !== 'delete'),
  },
  {
    id: 'H2',
    name: 'majority reversal',
    sentence: 'Late hints make an old value the majority, and read repair writes it over the last newer copy.',
    breaks: ['I1', 'I2', 'C3'],
    recognise: spreads,
  },
  {
    id: 'H3',
    name: 'zombie',
    sentence: 'A late hint brings a deleted key back.',
    breaks: ['C3', 'I2', 'I1'],
    recognise: (evidence) =>
      lateHints(evidence).some(
        ({ newer, older }) => evidence.operationOf(newer) === 'delete' && evidence.operationOf(older) !== 'delete',
      ),
  },
  {
    id: 'H4',
    name: 'blind start',
    sentence:
      'A coordinator restarts, hints a write for a healthy peer it has not heard from yet, and undoes the next one.',
    breaks: ['C3', 'I2', 'I1'],
    recognise: (evidence) =>
      lateHints(evidence).some(({ hint }) => {
        const facts = evidence.hints[hint];
        return facts !== undefined && isOfBlindStart(facts, evidence);
      }),
  },
  {
    id: 'H5',
    name: 'tail requeue',
    sentence: 'A hint that went back to the tail of its queue is applied after one that was stored later.',
    breaks: ['I3'],
    recognise: overtakesRequeued,
  },
  {
    id: 'H24',
    name: 'counted twice',
    sentence: 'An increment is delivered twice, and counts twice.',
    breaks: ['C4', 'I2'],
    recognise: (evidence) =>
      evidence.trace.copies.repeats.some(
        (repeats, copy) =>
          repeats > 0 && evidence.operationOf(evidence.trace.copies.write[copy] ?? NONE) === 'increment',
      ),
  },
];

/**
 * Setbacks by a hint, of an acknowledged write that the replica had directly. Where the older write has the newer
 * timestamp it is the clocks that are at fault, and not the hint.
 */
function lateHints(evidence: Evidence): readonly Setback[] {
  const { copies, writes } = evidence.trace;
  return evidence.setbacks.filter(({ by, older, newer, replica }) => {
    if (by !== 'hint' || !evidence.isAcked(newer)) return false;
    const isDirect = copies.route[evidence.copyOf(newer, replica)] === DIRECT;
    return isDirect && (writes.timestamp[older] ?? 0) <= (writes.timestamp[newer] ?? 0);
  });
}

/** A repair set a replica back to a write that late hints had brought to two others before. */
function spreads(evidence: Evidence): boolean {
  const late = lateHints(evidence);
  return evidence.setbacks.some((repair) => {
    if (repair.by !== 'repair' || !evidence.isAcked(repair.newer)) return false;
    const brought = late.filter(({ older, at }) => older === repair.older && at <= repair.at);
    return new Set(brought.map(({ replica }) => replica)).size >= 2;
  });
}

/** Stored by a holder that had taken its peer for Down since its own start, while the peer was up all that time. */
function isOfBlindStart({ holder, peer, reason, storedAt }: HintFacts, evidence: Evidence): boolean {
  if (reason !== 'peerDown') return false;
  const started = lastStart(holder, storedAt, evidence);
  if (started === undefined || evidence.wasDown(peer, started, storedAt)) return false;
  const { beliefs } = evidence.trace;
  return beliefs.observer.some((observer, row) => {
    const isPair = observer === holder && beliefs.peer[row] === peer;
    return isPair && (beliefs.from[row] ?? NEVER) <= started && (beliefs.until[row] ?? NEVER) > storedAt;
  });
}

function lastStart(node: number, before: number, { trace: { log } }: Evidence): number | undefined {
  let found: number | undefined;
  for (let entry = 0; entry < log.at.length && (log.at[entry] ?? NEVER) <= before; entry++) {
    if (log.kind[entry] === LOG.restarted && log.node[entry] === node) found = log.at[entry];
  }
  return found;
}

/** Of the hints of one holder for one peer, one that was requeued was first applied after one that was stored later. */
function overtakesRequeued({ hints, trace }: Evidence): boolean {
  const newest = new Map<number, number>();
  const applied = hints
    .filter(({ fate }) => fate === 'delivered')
    .toSorted((a, b) => a.endedAt - b.endedAt || a.id - b.id);
  return applied.some(({ id, holder, peer, requeues }) => {
    const pair = holder * trace.scenario.nodes.length + peer;
    const before = newest.get(pair) ?? NONE;
    newest.set(pair, Math.max(before, id));
    return id < before && requeues > 0;
  });
}
