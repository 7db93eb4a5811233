/**
 * From a checked document to a Scenario: names become positions, presets fill what is not said, files that are named
 * are imported, and what values mean together is checked. Everything that is wrong is reported; what comes back is
 * only worth anything if nothing was.
 */
import { bytes, days, instant, duration as span } from '../../../core/index.ts';
import type { Duration, Instant } from '../../../core/index.ts';
import { DEFAULT_LIMITS, HARD_CEILINGS } from '../bounds.ts';
import { checkLimits, fittingLevel } from '../limits.ts';
import { meanOf } from '../model/moments.ts';
import { PRESETS } from '../presets/presets.ts';
import { SCENARIO_SCHEMA } from '../model/scenario.ts';
import type { Limits, Scenario } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import { writeDuration } from '../text/quantities.ts';
import { resolveFaults } from './faults.ts';
import { importedDuration, importedNodes, resolveImports } from './imports.ts';
import { resolveNodes } from './nodes.ts';
import { resolveNetwork } from './network.ts';
import { resolvePolicy } from './policy.ts';
import { noteUnreachableLevels } from './reachable-levels.ts';
import { resolveRequests } from './requests.ts';
import type { Resolution } from './resolution.ts';
import { resolveWorkloads } from './workloads.ts';

const DEFAULT_SEED = 1;
/** Stands in for a duration that is missing, so that no time in the scenario seems too late. */
const ANY_DURATION: Duration = days(36_500);

/** The scenario that a document says, called `name` unless it says otherwise. Problems go to the resolution. */
export function resolveScenario(document: ScenarioDocument, name: string, resolution: Resolution): Scenario {
  const { system = 'dynomite', seed = DEFAULT_SEED, about = '', record = 'auto' } = document;
  const preset = PRESETS[system];
  const limits = limitsOf(document);
  const imports = resolveImports(document, resolution);
  const given = document.duration ?? importedDuration(imports);
  const duration = given === undefined ? ANY_DURATION : span(given);
  const isImported = (document.faults ?? []).some((fault) => 'lanl' in fault);
  if (given === undefined && !isImported && resolution.lacks('duration')) {
    const expected = 'the key duration (virtual time to run), unless a lanl import gives it';
    resolution.problem([], { code: 'missingKey', expected, found: 'nothing' });
  }
  const most = Math.min(limits.nodes, HARD_CEILINGS.nodes);
  const peers = resolveNodes(document, resolution, importedNodes(imports), most);
  const workloads = resolveWorkloads(document, duration, peers, resolution);
  const scenario: Scenario = {
    schema: SCENARIO_SCHEMA,
    name: document.name ?? name,
    about,
    seed,
    system,
    duration,
    nodes: peers.nodes,
    policy: resolvePolicy(document, preset, peers.nodes.length, resolution),
    network: resolveNetwork(document, preset, resolution),
    workloads,
    ...resolveRequests(document, duration, workloads, peers, resolution),
    faults: resolveFaults(document, imports, duration, peers, resolution),
    measureFrom: measureFrom(document, duration, resolution),
    limits,
    record: record === 'auto' ? 'full' : record,
  };
  refuseStandstill(scenario, resolution);
  noteUnreachableLevels(document, peers.nodes, resolution);
  if (given === undefined) return scenario;
  const recorded = record === 'auto' ? { ...scenario, record: fittingLevel(scenario) } : scenario;
  checkLimits(recorded, resolution);
  return recorded;
}

/** A client that waits for nothing sends endlessly at one instant. */
function refuseStandstill({ workloads, network, policy }: Scenario, resolution: Resolution): void {
  if (meanOf(network.local) + meanOf(policy.service.time) > 0) return;
  for (const [index, { arrivals }] of workloads.entries()) {
    if (arrivals.kind !== 'closed' || meanOf(arrivals.think) > 0) continue;
    const path = resolution.has(['workload', 'clients']) ? ['workload'] : ['workload', index];
    const expected = 'a think time above 0, where neither network.latency.local nor service.time takes any';
    resolution.problem([...path, 'think'], { code: 'conflict', expected, found: 'an endless loop at one instant' });
  }
}

/** The end of the warm-up, which has to leave something to measure. */
function measureFrom({ measure = {} }: ScenarioDocument, duration: Duration, resolution: Resolution): Instant {
  const { from = 0 } = measure;
  if (from > duration) {
    const expected = `a time within the run, which ends at ${writeDuration(duration)}`;
    resolution.problem(['measure', 'from'], { code: 'order', expected });
  }
  return instant(from);
}

function limitsOf({ limits = {} }: ScenarioDocument): Limits {
  return {
    nodes: limits.nodes ?? DEFAULT_LIMITS.nodes,
    events: limits.events ?? DEFAULT_LIMITS.events,
    duration: span(limits.duration ?? DEFAULT_LIMITS.duration),
    traceBytes: bytes(limits.traceBytes ?? DEFAULT_LIMITS.traceBytes),
  };
}
