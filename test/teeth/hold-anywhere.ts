/**
 * What no correct design breaks, whatever fails in it: of these a violation in our own code is a bug of the model or of the
 * check (§9 names a design for each of the other properties).
 */
import { AUDIT_RULES } from '../../sim/check/index.ts';
import { parseScenario } from '../../sim/scenario/index.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { textOfTree } from '../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../sim/explore/index.ts';
import { AGAIN, ASSERTIONS, IN_PIECES } from './cluster/judge-cluster.ts';

/** Properties that hold in every design, the rules of the audit, our assertions and the twins of a run. */
export const HOLD_ANYWHERE: readonly string[] = [
  ...['C1', 'C2', 'C7', 'C8', 'C10', 'C15'],
  ...AUDIT_RULES.map(({ id }) => id),
  ...[ASSERTIONS, AGAIN, IN_PIECES],
];

/**
 * And those that hold wherever something can be relied on; elsewhere a violation is a find, about a design of which somebody
 * should know.
 *
 * C11 says that a crash takes what is volatile, by the age of a hint. A queue on disk that puts something back is written
 * anew, so where records wait for a flush, old hints become volatile again (n01 of the corpus).
 *
 * C12 says that a read returns nothing older than what was acknowledged before it was sent, and older means earlier
 * acknowledged, not a smaller timestamp. So where the last arrival wins, a late hint takes an acknowledged write from the
 * quorum that had it (H1). Where the newest timestamp wins, a wall clock that is off hides an
 * acknowledged write for good (n02). Where a replaced node comes back with nothing, it votes all the same: of the two that
 * had the write a majority need not meet the other one (n07). And where a tombstone is reaped, whatever a late hint or a
 * repair brings is newer than nothing (n04, n08).
 *
 * L5 says that a failed delivery is tried again in time, and lets every peer have its turn. Where a node has fewer places
 * than peers, two that fail and come back before a look has found a third can keep it waiting for good.
 */
export const HOLD_WHERE: ReadonlyMap<string, (scenario: Scenario) => boolean> = new Map([
  ['C11', isFlushedAtOnce],
  ['L5', hasPlaces],
  [
    'C12',
    (scenario) => goesByVersions(scenario) && areClocksTrue(scenario) && keepsData(scenario) && keepsDeletes(scenario),
  ],
]);

/** Whether a property, by its id, holds in every correct design: a violation of it is a find by itself. */
export function holdsAnywhere(property: string): boolean {
  return HOLD_ANYWHERE.includes(property);
}

/** Whether a violation in that scenario is one that no correct design shows. */
export function isFalsePositive({ property }: ViolationKind, tree: ScenarioTree): boolean {
  if (holdsAnywhere(property)) return true;
  const isReliable = HOLD_WHERE.get(property);
  if (isReliable === undefined) return false;
  const parsed = parseScenario(textOfTree(tree), { file: 'scenario' });
  return parsed.kind !== 'invalid' && isReliable(parsed.scenario);
}

/** A replica keeps what is newer by its version, whatever comes last. */
function goesByVersions({ policy }: Scenario): boolean {
  return policy.receiver.conflict !== 'arrival';
}

/** Deliveries wait for each other nowhere: a node has a place for one to each of its peers. */
function hasPlaces({ policy, nodes }: Scenario): boolean {
  const { sessions } = policy.drain;
  return sessions === 0 || sessions >= nodes.length - 1;
}

/** No wall clock is ever off. */
function areClocksTrue({ nodes, faults }: Scenario): boolean {
  return (
    nodes.every(({ clockOffset, clockDrift }) => clockOffset === 0 && clockDrift === 0) &&
    faults.every(({ kind }) => kind !== 'clock')
  );
}

/** No node loses what it has applied. */
function keepsData({ faults }: Scenario): boolean {
  return faults.every(({ kind }) => kind !== 'replace');
}

/** Nothing is deleted, or no tombstone is reaped before the run ends. */
function keepsDeletes({ policy, duration, requests, workloads }: Scenario): boolean {
  const deletes =
    requests.some(({ operation }) => operation === 'delete') || workloads.some(({ deleteShare }) => deleteShare > 0);
  return !deletes || policy.receiver.gcGrace >= duration;
}

/** No crash finds a record that was written and not flushed. */
function isFlushedAtOnce({ policy, faults }: Scenario): boolean {
  const { durability } = policy.hints.disk;
  const losesPower = faults.some((fault) => fault.kind === 'crash' && fault.power);
  return durability === 'ram' || durability === 'synced' || (durability === 'written' && !losesPower);
}
