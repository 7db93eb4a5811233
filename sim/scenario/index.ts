/** The public names of sim/scenario: the Scenario, the parser of scenario files, its limits, and the importers. */
export { DEFAULT_LIMITS, HARD_CEILINGS } from './bounds.ts';
export { canonicalText } from './canonical.ts';
export { estimateRun } from './estimate.ts';
export type { RunEstimate } from './estimate.ts';
export { importLanl } from './import/lanl.ts';
export type { InvalidImport, LanlOptions, LanlOutage, LanlOutages } from './import/lanl.ts';
export { lanlScenario } from './import/lanl-scenario.ts';
export type { LanlScenarioOptions, ScenarioText } from './import/lanl-scenario.ts';
export { recogniseFile } from './import/recognise.ts';
export type { FileKind } from './import/recognise.ts';
export { importTwitter } from './import/twitter.ts';
export type { Figure, TwitterOptions, TwitterProfile } from './import/twitter.ts';
export { twitterScenario } from './import/twitter-scenario.ts';
export type { TwitterScenarioOptions } from './import/twitter-scenario.ts';
export { scenarioJsonSchema } from './json-schema.ts';
export { parseScenario } from './parse.ts';
export type { ParseOptions, ParseResult } from './parse.ts';
export { PRESETS } from './presets.ts';
export type { Preset } from './presets.ts';
export { formatNote, formatProblem, nearestName } from './problem.ts';
export type { Note, Place, Problem, ProblemCode } from './problem.ts';
export { CONSISTENCY_LEVELS, SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from './scenario.ts';
export type {
  ChannelPolicy,
  ConsistencyLevel,
  CrashFault,
  Detector,
  DistributionSpec,
  DrainPolicy,
  Fault,
  FixedDetector,
  HintPolicy,
  Limits,
  Network,
  NodeSpec,
  PhiDetector,
  Policy,
  RequestSize,
  Scenario,
  SystemName,
  TraceLevel,
  Workload,
} from './scenario.ts';
export {
  readDuration,
  readRate,
  readShare,
  readSize,
  writeDuration,
  writeRate,
  writeShare,
  writeSize,
} from './text/quantities.ts';
export type { Misreading, Reading } from './text/reading.ts';
