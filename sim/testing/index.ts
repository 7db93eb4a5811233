/** `hintlab/testing`: what other projects' tests need: an assertion, scenarios, properties, and files that are kept. */
export { checkProperties, ledger, PROPERTIES } from '../check/index.ts';
export type { Ledger, Property, PropertyResult } from '../check/index.ts';
export { failureReport, judge, keptText, reduce, replay, textOfTree, treeOfText } from '../explore/index.ts';
export type { JudgedRun, Judgement, Reduction, Replay, ScenarioTree, ViolationKind } from '../explore/index.ts';
export { PROFILE_NAMES } from '../explore/profiles.ts';
export type { ProfileName } from '../explore/profiles.ts';
export { parseScenario, SYSTEM_NAMES } from '../scenario/index.ts';
export type { Scenario, SystemName } from '../scenario/index.ts';
export { expectNoViolation, ViolationError } from './expect-no-violation.ts';
export type { Expectation } from './expect-no-violation.ts';
export { scenarios } from './scenarios.ts';
export type { ScenarioChoice } from './scenarios.ts';
