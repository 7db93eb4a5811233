/**
 * From a checked document to a Scenario: names become positions, presets fill what is not said, files that are named
 * are imported, and what values mean together is checked. Everything that is wrong is reported; what comes back is
 * only worth anything if nothing was.
 */
import { bytes, days, duration as span } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { DEFAULT_LIMITS, HARD_CEILINGS } from '../bounds.ts';
import { checkLimits, fittingLevel } from '../limits.ts';
import { PRESETS } from '../presets.ts';
import { SCENARIO_SCHEMA } from '../scenario.ts';
import type { Limits, Scenario } from '../scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import { resolveFaults } from './faults.ts';
import { importedDuration, importedNodes, resolveImports } from './imports.ts';
import { resolveNodes } from './nodes.ts';
import { resolveNetwork, resolvePolicy } from './policy.ts';
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
    workloads: resolveWorkloads(document, duration, peers, resolution),
    faults: resolveFaults(document, imports, duration, peers, resolution),
    limits,
    record: record === 'auto' ? 'full' : record,
  };
  if (given === undefined) return scenario;
  const recorded = record === 'auto' ? { ...scenario, record: fittingLevel(scenario) } : scenario;
  checkLimits(recorded, resolution);
  return recorded;
}

function limitsOf({ limits = {} }: ScenarioDocument): Limits {
  return {
    nodes: limits.nodes ?? DEFAULT_LIMITS.nodes,
    events: limits.events ?? DEFAULT_LIMITS.events,
    duration: span(limits.duration ?? DEFAULT_LIMITS.duration),
    traceBytes: bytes(limits.traceBytes ?? DEFAULT_LIMITS.traceBytes),
  };
}
