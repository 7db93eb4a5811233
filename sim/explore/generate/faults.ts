/**
 * Faults of a drawn scenario. They are drawn without regard to each other, and one that the schema does not allow beside
 * those before it is left out: of one kind on one node or link there is one in force at a time.
 */
import fc from 'fast-check';
import { FAULT_WORDS, writeDuration } from '../../scenario/index.ts';
import type { FaultWord } from '../../scenario/index.ts';
import type { TreeMap } from '../scenario-tree.ts';
import { chance, listOf, oneOf, pick, whole } from './draws.ts';
import type { Weighted } from './draws.ts';
import { instantOf, lengthOf, moment } from './moments.ts';
import type { Moment, Stretch, Timeline } from './moments.ts';

/** How often each kind is drawn beside the others; those left out, never. */
export type FaultWeights = Readonly<Partial<Record<FaultWord, number>>>;

/** A fault, before it is known which nodes and times there are. */
export interface FaultDraft {
  readonly what: FaultWord;
  /** Which node, and which other one. */
  readonly node: number;
  readonly other: number;
  readonly from: Moment;
  readonly length: Moment;
  /** It never ends. */
  readonly forEver: boolean;
  /** A second aspect: power, one way, the other direction, a torn tail. */
  readonly variant: number;
  /** It comes so many times. */
  readonly times: number;
}

/** A fault of a tree, and when it is. */
export interface DrawnFault extends Stretch {
  readonly tree: TreeMap;
}

const SECOND = 1_000_000;
const STEPS = ['-20s', '20s', '-2s', '5s', '-1h', '1h'];
const SHARES = ['5%', '30%', '60%', '100%'];
const FLAPS: readonly TreeMap[] = [
  { up: '3s', down: '1s' },
  { up: { exponential: '5s' }, down: { exponential: '2s' } },
  { up: '8s', down: { uniform: ['1s', '6s'] } },
  { up: '500ms', down: '400ms' },
];

/** @param boundary percent of times that are at a landmark. */
export function faultDrafts(
  weights: FaultWeights,
  boundary: number,
  [min, max]: readonly [number, number],
): fc.Arbitrary<FaultDraft[]> {
  const choices = FAULT_WORDS.map((name): Weighted<FaultWord> => [weights[name] ?? 0, name]);
  const draft = fc.record({
    what: oneOf(...choices),
    // The first nodes coordinate most, and two faults of one node are worth more than one of each of two.
    node: oneOf([4, 0], [4, 1], [2, 2], [1, 3], [1, 4], [1, 5]),
    other: whole(1, 5),
    from: moment(boundary),
    length: moment(boundary),
    forEver: chance(4),
    variant: whole(0, 5),
    times: oneOf([8, 1], [1, 2], [1, 4]),
  });
  return listOf(draft, min, max);
}

/** The faults that the drafts mean in a cluster of `names`, those that cannot be beside earlier ones left out. */
export function faultsOf(
  drafts: readonly FaultDraft[],
  names: readonly string[],
  timeline: Omit<Timeline, 'faults'>,
): readonly DrawnFault[] {
  const taken = new Taken();
  const drawn: DrawnFault[] = [];
  for (const draft of drafts) {
    const stretch = stretchOf(draft, { ...timeline, faults: drawn });
    const node = pick(names, draft.node, 'a');
    const other = pick(names, draft.node + 1 + (draft.other % Math.max(names.length - 1, 1)), node);
    const period = 2 * (stretch.until - stretch.from) + SECOND;
    const times = repeats(draft) && Number.isFinite(period) ? draft.times : 1;
    const whole = { from: stretch.from, until: stretch.until + (times > 1 ? period * (times - 1) : 0) };
    if (!taken.take(placesOf(draft, node, other, names), whole)) continue;
    const cycle: TreeMap = times > 1 ? { every: writeDuration(period), times } : {};
    drawn.push({ ...stretch, tree: { ...bodyOf(draft, node, other, names), ...timesOf(draft, stretch), ...cycle } });
  }
  return drawn;
}

function stretchOf(draft: FaultDraft, timeline: Timeline): Stretch {
  const from = instantOf(draft.from, timeline);
  if (draft.what === 'collect') return { from, until: from };
  // A crash that never ends is one that nobody repairs; the other kinds end, or the run has no sequel to look at.
  const isEndless = draft.what === 'reindex' || (draft.forEver && draft.what === 'crash');
  return { from, until: isEndless ? Infinity : from + lengthOf(draft.length, timeline) };
}

function repeats({ what }: FaultDraft): boolean {
  return what === 'crash' || what === 'restart' || what === 'stall' || what === 'stop' || what === 'partition';
}

/** `at`, and `for` where it lasts and ends. */
function timesOf({ what }: FaultDraft, { from, until }: Stretch): TreeMap {
  const at = { at: writeDuration(from) };
  const lasts = what !== 'collect' && Number.isFinite(until);
  return lasts ? { ...at, for: writeDuration(until - from) } : at;
}

function bodyOf(draft: FaultDraft, node: string, other: string, names: readonly string[]): TreeMap {
  const { what, variant } = draft;
  switch (what) {
    case 'crash':
      if (variant === 0) return { crash: node, power: true };
      return variant <= 2 ? { crash: node, torn: '6B' } : { crash: node };
    case 'slow':
      return { slow: node, factor: pick([20, 200], variant, 20) };
    case 'partition': {
      const sides = { partition: [[node], names.length > 2 && variant < 3 ? rest(names, node) : [other]] };
      return variant % 2 === 0 ? { ...sides, oneWay: true } : sides;
    }
    case 'loss': {
      const loss = { loss: pick(SHARES, variant, '30%') };
      return variant < 2 ? loss : { ...loss, from: [node], to: [other] };
    }
    case 'clock':
      return { clock: node, step: pick(STEPS, variant, '20s') };
    case 'reindex':
      return { reindex: node, order: swapped(names, draft.other, variant) };
    case 'flap':
      return { flap: node, ...pick(FLAPS, variant, {}), ...(draft.times > 1 ? { what: 'stall' } : {}) };
    default:
      return { [what]: node };
  }
}

/** What a fault has to itself while it lasts. */
function placesOf(
  { what, variant, times }: FaultDraft,
  node: string,
  other: string,
  names: readonly string[],
): string[] {
  switch (what) {
    case 'crash':
    case 'restart':
    case 'stop':
    case 'replace':
      return [`presence ${node}`];
    case 'flap':
      return [times > 1 ? `stall ${node}` : `presence ${node}`];
    case 'partition':
      return (names.length > 2 && variant < 3 ? rest(names, node) : [other]).flatMap((each) => [
        `partition ${node} ${each}`,
        `partition ${each} ${node}`,
      ]);
    case 'loss':
      return variant < 2 ? names.flatMap((a) => names.map((b) => `loss ${a} ${b}`)) : [`loss ${node} ${other}`];
    case 'clock':
    case 'reindex':
    case 'collect':
      return [];
    default:
      return [`${what} ${node}`];
  }
}

function rest(names: readonly string[], node: string): string[] {
  return names.filter((name) => name !== node);
}

/** The names with two of them in each other's place. */
function swapped(names: readonly string[], first: number, second: number): string[] {
  const a = first % names.length;
  const b = second % names.length === a ? (a + 1) % names.length : second % names.length;
  return names.map((name, at) => names[at === a ? b : at === b ? a : at] ?? name);
}

/** What is in force when. */
class Taken {
  readonly #spans = new Map<string, Stretch[]>();

  /** Takes all places for a span, or none of them, if one is taken; spans that touch are in each other's way. */
  take(places: readonly string[], span: Stretch): boolean {
    const isFree = places.every((place) =>
      (this.#spans.get(place) ?? []).every(({ from, until }) => span.until < from || until < span.from),
    );
    if (!isFree) return false;
    for (const place of places) this.#spans.set(place, [...(this.#spans.get(place) ?? []), span]);
    return true;
  }
}
