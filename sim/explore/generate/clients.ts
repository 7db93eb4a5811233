/**
 * What clients of a drawn scenario do: a few requests written out at telling moments, or a class of clients, or both. Few
 * keys, so that writes meet.
 */
import fc from 'fast-check';
import { writeDuration } from '../../scenario/index.ts';
import type { Tree, TreeMap } from '../scenario-tree.ts';
import { chance, listOf, maybe, oneOf, pick, whole } from './draws.ts';
import { instantOf, moment } from './moments.ts';
import type { Moment, Timeline } from './moments.ts';

/** A request to be written out. */
interface RequestDraft {
  readonly operation: 'set' | 'delete' | 'increment' | 'get';
  readonly key: number;
  readonly at: Moment;
  readonly node: number;
  readonly size: string;
}

/** What is drawn of the clients. */
export interface ClientsDraft {
  readonly hasScript: boolean;
  readonly hasClass: boolean;
  readonly requests: readonly RequestDraft[];
  /** Requests of the class over the whole run. */
  readonly count: number;
  readonly arrivals: 'steady' | 'poisson' | 'closed' | 'bursts';
  readonly mix: TreeMap;
  readonly keys: Tree;
  readonly size: Tree;
  readonly coordinator: number | undefined;
  /** The class begins a microsecond late, and so comes just after whatever is due on the second. */
  readonly isOffBeat: boolean;
  readonly retries: number | undefined;
  readonly probes: readonly string[] | undefined;
}

/** How a profile draws them: percent of scenarios with a script and with a class; the others have both. */
export interface ClientWeights {
  readonly script: number;
  readonly class: number;
  /** Percent of times at landmarks. */
  readonly boundary: number;
  /** Percent of classes whose requests come just after whatever is due on the second; default 10. */
  readonly offBeat?: number;
  /** Most requests of a script, and of a class. */
  readonly most: readonly [script: number, ofClass: number];
}

const MIXES: readonly TreeMap[] = [
  {},
  { reads: '30%' },
  { reads: '60%' },
  { deletes: '30%' },
  { increments: '40%', reads: '10%' },
  { reads: '20%', deletes: '20%', increments: '20%' },
];
const KEYS: readonly Tree[] = [1, 2, 5, 20, { count: 50, zipf: 1 }, 1_000];
const SIZES: readonly Tree[] = ['100B', '100B', { uniform: ['20B', '300B'] }, '1KiB'];
const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

/** The drafts of a profile. */
export function clientsDraft({
  script,
  class: open,
  boundary,
  offBeat = 10,
  most,
}: ClientWeights): fc.Arbitrary<ClientsDraft> {
  const request = fc.record({
    operation: oneOf([5, 'set'], [2, 'delete'], [1, 'increment'], [3, 'get']),
    key: oneOf([4, 0], [2, 1], [1, 2]),
    at: moment(boundary),
    node: oneOf([3, 0], [1, 1], [1, 2]),
    size: oneOf([6, '100B'], [1, '20B'], [1, '300B']),
  });
  return fc.record({
    hasScript: chance(script),
    hasClass: chance(open),
    requests: listOf(request, 2, most[0]),
    count: whole(8, most[1]),
    arrivals: oneOf([4, 'steady'], [3, 'poisson'], [2, 'closed'], [1, 'bursts']),
    mix: fc.constantFrom(...MIXES),
    keys: fc.constantFrom(...KEYS),
    size: fc.constantFrom(...SIZES),
    coordinator: maybe(2, 0, 0, 1),
    isOffBeat: chance(offBeat),
    retries: maybe(6, 1, 3),
    probes: maybe(9, ['0ms', '50ms']),
  });
}

/** The `workload` and `requests` sections that a draft means. */
export function clientsOf(draft: ClientsDraft, nodes: readonly string[], timeline: Timeline): TreeMap {
  const isScripted = draft.hasScript || !draft.hasClass;
  const isClass = draft.hasClass || !draft.hasScript;
  return {
    ...(isClass ? { workload: classOf(draft, nodes, timeline) } : {}),
    ...(isScripted ? { requests: scriptOf(draft.requests, nodes, timeline) } : {}),
  };
}

/** In the order of their times, as people write them. */
function scriptOf(drafts: readonly RequestDraft[], nodes: readonly string[], timeline: Timeline): readonly TreeMap[] {
  return drafts
    .map((draft) => ({ draft, at: instantOf(draft.at, timeline) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ draft: { operation, key, node, size }, at }) => {
      const on = pick(nodes, node, 'a');
      const request = { at: writeDuration(at), [operation]: pick(['k', 'l', 'm'], key, 'k') };
      const sized = operation === 'get' ? request : { ...request, size };
      return on === nodes[0] ? sized : { ...sized, on };
    });
}

function classOf(draft: ClientsDraft, nodes: readonly string[], { horizon }: Timeline): TreeMap {
  const { mix, keys, size, coordinator, isOffBeat, retries, probes } = draft;
  return {
    ...arrivalsOf(draft, horizon),
    ...(isOffBeat ? { from: '1us' } : {}),
    ...mix,
    keys,
    payload: size,
    ...(coordinator === undefined ? {} : { coordinators: [pick(nodes, coordinator, 'a')] }),
    ...(retries === undefined ? {} : { retries }),
    ...(probes === undefined ? {} : { probes }),
  };
}

function arrivalsOf({ arrivals, isOffBeat, count }: ClientsDraft, horizon: number): TreeMap {
  const gap = Math.max(Math.floor(horizon / count), 1);
  switch (isOffBeat ? 'steady' : arrivals) {
    case 'steady':
      return { rate: rateOf(count, horizon) };
    case 'poisson':
      return { rate: rateOf(count, horizon), arrivals };
    case 'closed':
      return { clients: 2, think: { exponential: rounded(2 * gap) } };
    case 'bursts':
      // Most requests come on the heels of another, and then there is a pause.
      return {
        gap: {
          mixture: [
            { weight: 4, constant: '1ms' },
            { weight: 1, constant: rounded(5 * gap) },
          ],
        },
      };
  }
}

/** About so many requests over the run, as a rate of whole requests a second, or an hour in long runs. */
function rateOf(count: number, horizon: number): string {
  const perSecond = Math.round((count * SECOND) / horizon);
  return perSecond >= 1 ? `${perSecond}/s` : `${Math.max(Math.round((count * HOUR) / horizon), 1)}/h`;
}

/** A time of whole tenths of a second, or seconds if it is long. */
function rounded(micros: number): string {
  const grain = micros > 20 * SECOND ? SECOND : SECOND / 10;
  return writeDuration(Math.max(Math.round(micros / grain), 1) * grain);
}
