/**
 * A whole scenario to draw: topology, policy, clients, faults and clocks, drawn apart and put together to the tree of a
 * scenario file. What refers to something else, a node, a deadline, another fault, does so by a number that is taken
 * modulo what there is, so that every combination of draws is a scenario.
 */
import fc from 'fast-check';
import { writeDuration } from '../../scenario/index.ts';
import type { SystemName } from '../../scenario/index.ts';
import type { ScenarioTree, Tree, TreeMap } from '../scenario-tree.ts';
import { clientsDraft, clientsOf } from './clients.ts';
import type { ClientsDraft, ClientWeights } from './clients.ts';
import { chance, maybe, pick, whole } from './draws.ts';
import { faultDrafts, faultsOf } from './faults.ts';
import type { FaultDraft, FaultWeights } from './faults.ts';
import { policyDraft, policyOf } from './policy.ts';
import type { Landmarks, PolicyDraft, PolicyWeights } from './policy.ts';
import { topology } from './topology.ts';
import type { Topology } from './topology.ts';

/** What a profile says of the scenarios it draws. */
export interface ScenarioWeights extends PolicyWeights {
  /** Looks at the queues that a run lasts for, and 20 s. */
  readonly looks: number;
  /** Percent of runs as long as the window or the life of a hint, where that is not too long. */
  readonly long: number;
  /** Percent of fault times at landmarks. */
  readonly boundary: number;
  readonly faults: FaultWeights;
  /** How many faults. */
  readonly count: readonly [min: number, max: number];
  readonly clients: ClientWeights;
  /** Percent of scenarios with clocks that are off. */
  readonly clocks: number;
}

interface Draft {
  readonly seed: number;
  readonly system: SystemName;
  readonly topology: Topology;
  readonly policy: PolicyDraft;
  readonly isLong: boolean;
  readonly faults: readonly FaultDraft[];
  readonly clients: ClientsDraft;
  readonly areClocksOff: boolean;
  readonly clocks: readonly (Tree | undefined)[];
  readonly detector: Tree | undefined;
  readonly level: number | undefined;
}

const SECOND = 1_000_000;
const SHORTEST = 40 * SECOND;
/** Gossip in runs longer than this is most of what they do. */
const LONGEST_WITH_GOSSIP = 150 * SECOND;
/** Looks at the queues that a run can afford. */
const MOST_SWEEPS = 3_000;

const DYNOMITE_LEVELS: readonly Tree[] = [
  'DC_ONE',
  'DC_QUORUM',
  'DC_SAFE_QUORUM',
  { write: 'DC_ONE', read: 'DC_QUORUM' },
];
const LEVELS: readonly Tree[] = [
  'ANY',
  'ONE',
  'QUORUM',
  'ALL',
  'LOCAL_QUORUM',
  { write: 'ANY', read: 'ONE' },
  { write: 'ONE', read: 'ALL' },
  { write: 'ALL', read: 'ONE' },
];

/** Detectors that know at once, or late. What a process takes its peers for when it starts is a mechanism. */
const DETECTORS: readonly Tree[] = [{ fixed: { down: '0s', up: '0s' } }, { fixed: { down: '2s', up: '1s' } }];
const SWARM_DETECTORS: readonly Tree[] = [
  ...DETECTORS,
  { fixed: { down: '2s', up: '1s', start: 'up' } },
  { fixed: { down: '2s', up: '1s', start: 'down' } },
];

/** So many nodes may have clocks that are off. */
const NAMES_WITH_CLOCKS = [0, 1, 2] as const;
const CLOCKS: readonly Tree[] = [{ offset: '3s' }, { offset: '-3s' }, { drift: '200ppm' }, { offset: '-1h' }];

/** Scenarios by these weights, of any of the systems, which are at least one. */
export function scenarioTree(weights: ScenarioWeights, systems: readonly SystemName[]): fc.Arbitrary<ScenarioTree> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    seed: whole(0, 9_999),
    system: fc.constantFrom(...systems),
    topology,
    policy: policyDraft(weights),
    isLong: chance(weights.long),
    faults: faultDrafts(weights.faults, weights.boundary, weights.count),
    clients: clientsDraft(weights.clients),
    areClocksOff: chance(weights.clocks),
    clocks: fc.tuple(...NAMES_WITH_CLOCKS.map(() => maybe<Tree>(1, ...CLOCKS))),
    detector: maybe<Tree>(3, ...(weights.mechanisms ? SWARM_DETECTORS : DETECTORS)),
    level: maybe(4, 0, 1, 2, 3, 4, 5, 6),
  });
  return draft.map((drawn) => treeOf(drawn, weights.looks));
}

function treeOf(draft: Draft, looks: number): ScenarioTree {
  const {
    seed,
    system,
    topology: { sections: nodes, all },
  } = draft;
  const { sections, landmarks } = policyOf(draft.policy, system);
  const horizon = horizonOf(looks, draft.isLong, landmarks);
  const timeline = { landmarks, horizon };
  const faults = faultsOf(draft.faults, all, timeline);
  const clients = clientsOf(draft.clients, all, { ...timeline, faults });
  return {
    hintlab: 1,
    seed,
    system,
    duration: writeDuration(horizon),
    ...nodes,
    ...clocksOf(draft, all),
    ...sections,
    ...detectorOf(draft, horizon),
    ...levelOf(draft),
    ...clients,
    ...(faults.length === 0 ? {} : { faults: faults.map(({ tree }) => tree) }),
  };
}

/** As long as some looks at the queues; or as the window, or the life of a hint, if that is not too long to run. */
function horizonOf(looks: number, isLong: boolean, { interval, ttl, window }: Landmarks): number {
  const short = Math.max(looks * interval + 20 * SECOND, SHORTEST);
  const long = [window, ttl].filter((span) => span > 0).map((span) => tidy(span + span / 4 + 2 * interval));
  const affordable = long.filter((span) => span > short && span / interval <= MOST_SWEEPS);
  return isLong ? (affordable[0] ?? short) : short;
}

function tidy(micros: number): number {
  return Math.ceil(micros / SECOND) * SECOND;
}

function clocksOf({ areClocksOff, clocks }: Draft, names: readonly string[]): TreeMap {
  if (!areClocksOff) return {};
  const entries = clocks.flatMap((clock, at): [string, Tree][] => {
    const name = names[at];
    return clock === undefined || name === undefined ? [] : [[name, clock]];
  });
  return entries.length === 0 ? {} : { clocks: Object.fromEntries(entries) };
}

/** Long runs are without gossip, as those that people write are. */
function detectorOf({ detector }: Draft, horizon: number): TreeMap {
  if (detector !== undefined) return { detector };
  return horizon > LONGEST_WITH_GOSSIP ? { detector: { fixed: {} } } : {};
}

/** Of the levels that the system's clients know. */
function levelOf({ level, system }: Draft): TreeMap {
  if (level === undefined) return {};
  return { consistency: pick(system.startsWith('dynomite') ? DYNOMITE_LEVELS : LEVELS, level, 'ONE') };
}
