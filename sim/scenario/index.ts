/** The public names of sim/scenario: the Scenario, the parser of scenario files, its limits, and the importers. */
export { axesOf } from './axes.ts';
export type { Axis } from './axes.ts';
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
export { LEVEL_RULES, levelRule, votesNeeded } from './model/levels.ts';
export type { LevelRule } from './model/levels.ts';
export { meanOf } from './model/moments.ts';
export { editedDocument, parseScenario, scenarioOfValue } from './parse.ts';
export type { EditedDocument, ParseOptions, ParseResult } from './parse.ts';
export { FIND_CAUSES, FIND_PROPERTIES, FIND_RULES } from './schema/find.ts';
export { PRESETS } from './presets/presets.ts';
export type { Preset } from './presets/preset.ts';
export { didYouMean, formatNote, formatProblem, nearestName } from './problem.ts';
export type { Note, Place, Problem, ProblemCode } from './problem.ts';
export { CONSISTENCY_NAMES } from './model/levels.ts';
export { FAULT_WORDS } from './model/fault-words.ts';
export type { FaultWord } from './model/fault-words.ts';
export { CAP_SCOPES, CONFLICT_RULES, HINT_HOLDERS, HINT_VOTES } from './model/policy.ts';
export { MESSAGE_PURPOSES, SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from './model/scenario.ts';
export { OPERATIONS } from './model/workload.ts';
export type { Detector, FixedDetector, Gossip, NormalDetector, PhiDetector } from './model/detector.ts';
export type { DistributionSpec } from './model/distribution.ts';
export type {
  BackendFault,
  ClockFault,
  CollectFault,
  CrashFault,
  DiskFault,
  DrainFault,
  Fault,
  FaultSpan,
  FlapFault,
  LossFault,
  PartitionFault,
  ReindexFault,
  ReplaceFault,
  SlowFault,
  StopFault,
} from './model/fault.ts';
export type { ConsistencyLevel, ConsistencyName } from './model/levels.ts';
export type {
  CapScope,
  ChannelPolicy,
  ConflictRule,
  ConsistencyPolicy,
  DrainPolicy,
  HintDisk,
  HintHolder,
  HintPolicy,
  HintTriggers,
  HintVote,
  Policy,
  ReadPolicy,
  ReceiverPolicy,
  ServicePolicy,
} from './model/policy.ts';
export type { Limits, MessagePurpose, Network, NodeSpec, Scenario, SystemName, TraceLevel } from './model/scenario.ts';
export type { Arrivals, Operation, RequestSize, ScriptedRequest, Workload } from './model/workload.ts';
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
export { movesSince } from './text/migrations.ts';
export type { Move } from './text/migrations.ts';
export type { Misreading, Reading } from './text/reading.ts';
