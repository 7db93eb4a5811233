/**
 * Conditions to run until, or to find the last time of: what is asked, and the instants at which it begins to hold.
 *
 * A run is recorded, so "run until" is a search in a sorted column and "last time" the same search the other way.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import {
  COPY_ROUTES,
  WRITE_OUTCOMES,
  queueLanes,
  queueSeries,
  staleReads,
  storeSeries,
  HINT_FATES,
  NEVER,
  NONE,
  type Trace,
} from '../../sim/trace/index.ts';
import { unreachable } from '../../core/index.ts';

/** What the builder asks for, each with what it needs to know. */
export type Condition =
  /** All hints waiting for a peer, whoever holds them. */
  | { readonly kind: 'queue'; readonly node: number; readonly atLeast: number }
  /** Bytes of hints that a node holds. */
  | { readonly kind: 'bytes'; readonly node: number; readonly atLeast: number }
  | { readonly kind: 'down'; readonly node: number }
  /** Somebody takes the node for Down. */
  | { readonly kind: 'believedDown'; readonly node: number }
  /** Somebody is wrong about the node: takes it for Down while it is up, or the other way round. */
  | { readonly kind: 'misjudged'; readonly node: number }
  | { readonly kind: 'writeFailed' | 'copyLost' | 'hintExpired' | 'hintRefused' | 'readStale' };

/** What kind of thing is asked. */
export type ConditionKind = Condition['kind'];

/** What each is called in the builder. */
export const CONDITION_WORDS: Readonly<Record<ConditionKind, string>> = {
  queue: 'hints waiting for',
  bytes: 'bytes held by',
  down: 'a crash or stop of',
  believedDown: 'somebody takes for Down:',
  misjudged: 'somebody is wrong about',
  writeFailed: 'a write fails',
  copyLost: 'a copy of an acknowledged write is lost',
  hintExpired: 'a hint expires',
  hintRefused: 'a hint is refused',
  readStale: 'a read is stale',
};

/** The instants at which a condition begins to hold, ascending and distinct. Costs a walk over a table or two. */
export function beginnings(trace: Trace, condition: Condition): Float64Array {
  switch (condition.kind) {
    case 'queue':
      return crossings(waitingFor(trace, condition.node), condition.atLeast);
    case 'bytes': {
      const { at, bytes } = storeSeries(trace, condition.node);
      return crossings({ at, value: bytes }, condition.atLeast);
    }
    case 'down':
      return distinct(trace.outages.from.filter((_, row) => trace.outages.node[row] === condition.node));
    case 'believedDown': {
      const { from, peer } = trace.beliefs;
      return distinct(from.filter((_, row) => peer[row] === condition.node));
    }
    case 'misjudged':
      return misjudgements(trace, condition.node);
    case 'writeFailed':
      return distinct(trace.writes.resolvedAt.filter((_, write) => trace.writes.outcome[write] === FAILED));
    case 'copyLost':
      return lostCopies(trace);
    case 'hintExpired':
      return distinct(trace.hints.endedAt.filter((_, hint) => trace.hints.fate[hint] === EXPIRED));
    case 'hintRefused':
      return distinct(trace.refusals.at);
    case 'readStale':
      return distinct(Float64Array.from(staleReads(trace).stale, (read) => trace.reads.resolvedAt[read] ?? NEVER));
    default:
      return unreachable(condition);
  }
}

/** The first beginning after an instant; undefined: there is none. */
export function nextTime(ats: Float64Array, after: number): number | undefined {
  return ats[bisectRight(ats, after)];
}

/** The last beginning before an instant; undefined: there is none. */
export function lastTime(ats: Float64Array, before: number): number | undefined {
  return ats[bisectLeft(ats, before) - 1];
}

/** What a trace must record for a condition to be asked; undefined: it does. One sentence. */
export function unanswerable(trace: Trace, kind: ConditionKind): string | undefined {
  const needsAll = kind === 'writeFailed' || kind === 'copyLost' || kind === 'readStale';
  if (needsAll && trace.level !== 'full') return 'This run does not record single requests; record: full does.';
  const needsHints = kind === 'queue' || kind === 'bytes' || kind === 'hintExpired' || kind === 'hintRefused';
  if (needsHints && trace.level === 'counters') return 'This run records counters only; record: hints tells of hints.';
  return undefined;
}

const FAILED = WRITE_OUTCOMES.indexOf('failed');
const ACKED = WRITE_OUTCOMES.indexOf('acked');
const EXPIRED = HINT_FATES.indexOf('expired');
const DELIVERED = HINT_FATES.indexOf('delivered');
const PENDING = HINT_FATES.indexOf('pending');

interface Series {
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/** Where a series rises to a threshold from below it. */
function crossings({ at, value }: Series, atLeast: number): Float64Array {
  return at.filter((_, row) => (value[row] ?? 0) >= atLeast && (value[row - 1] ?? 0) < atLeast);
}

/** The queues of all holders for one peer, summed up: their changes merged in order of time. */
function waitingFor(trace: Trace, peer: number): Series {
  const queues = queueLanes(trace).filter((lane) => lane.peer === peer);
  const changes = queues.flatMap(({ holder }) => {
    const { at, depth } = queueSeries(trace, holder, peer);
    return Array.from(at, (when, row) => ({ when, by: (depth[row] ?? 0) - (depth[row - 1] ?? 0) }));
  });
  const at: number[] = [];
  const value: number[] = [];
  let sum = 0;
  for (const { when, by } of changes.sort((a, b) => a.when - b.when)) {
    sum += by;
    if (at.at(-1) !== when) at.push(when);
    value[at.length - 1] = sum;
  }
  return { at: Float64Array.from(at), value: Float64Array.from(value) };
}

/** When the number of observers that are wrong about a node rises from none. */
function misjudgements(trace: Trace, node: number): Float64Array {
  const { outages, beliefs, scenario } = trace;
  const changes: { readonly when: number; readonly observer: number | undefined; readonly isDown: boolean }[] = [];
  outages.node.forEach((of, row) => {
    if (of !== node) return;
    changes.push({ when: outages.from[row] ?? 0, observer: undefined, isDown: true });
    changes.push({ when: outages.until[row] ?? NEVER, observer: undefined, isDown: false });
  });
  beliefs.peer.forEach((of, row) => {
    if (of !== node) return;
    changes.push({ when: beliefs.from[row] ?? 0, observer: beliefs.observer[row], isDown: true });
    changes.push({ when: beliefs.until[row] ?? NEVER, observer: beliefs.observer[row], isDown: false });
  });
  changes.sort((a, b) => a.when - b.when);
  const believers = new Set<number>();
  const others = scenario.nodes.length - 1;
  let isDown = false;
  let wasWrong = false;
  const ats: number[] = [];
  changes.forEach(({ when, observer, isDown: down }, i) => {
    if (observer === undefined) isDown = down;
    else if (down) believers.add(observer);
    else believers.delete(observer);
    if (changes[i + 1]?.when === when || when === NEVER) return; // what changes at one instant is judged together
    const isWrong = isDown ? believers.size < others : believers.size > 0;
    if (isWrong && !wasWrong) ats.push(when);
    wasWrong = isWrong;
  });
  return Float64Array.from(ats);
}

/** When the fate of a copy of an acknowledged write was sealed without its replica ever applying it. */
function lostCopies({ copies, writes, hints }: Trace): Float64Array {
  const ats: number[] = [];
  copies.write.forEach((write, copy) => {
    if (writes.outcome[write] !== ACKED || copies.appliedAt[copy] !== NEVER) return;
    const hint = copies.hint[copy] ?? NONE;
    const fate = hints.fate[hint] ?? PENDING;
    if (hint === NONE) {
      const dropped = copies.droppedAt[copy] ?? NEVER;
      ats.push(dropped < NEVER ? dropped : copies.route[copy] === DIRECT ? NEVER : (writes.issuedAt[write] ?? NEVER));
    } else if (fate !== PENDING && fate !== DELIVERED) ats.push(hints.endedAt[hint] ?? NEVER);
  });
  return distinct(Float64Array.from(ats));
}

/** Sent, and so still on its way while nothing else is known. */
const DIRECT = COPY_ROUTES.indexOf('direct');

/** Ascending, each once, without what never happened. */
function distinct(ats: Float64Array): Float64Array {
  const ordered = ats.filter((at) => at < NEVER).sort();
  return ordered.filter((at, i) => i === 0 || at !== ordered[i - 1]);
}
