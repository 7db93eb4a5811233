/**
 * The public names of sim/explore: judging a scenario, reducing it, and keeping what was found. The hunt itself, whose
 * generators a page does not need, is imported from its own files: hunt.ts, hunt-report.ts, shrink-sighting.ts.
 */
export { corpusFileName, isAsRecorded, keptText, pinned, replay } from './corpus.ts';
export type { FindDetails, FindStanding, Replay } from './corpus.ts';
export { failureReport } from './failure-report.ts';
export type { Failure } from './failure-report.ts';
export { findOf, lifted, withFind, withoutFind } from './find.ts';
export type { FieldRange, Find, FoundBy } from './find.ts';
export { causeOf, judge, judgeScenario, outcomeDigest, violationOf } from './judge.ts';
export type { Judgement, JudgedRun, RunViolation, ViolationKind } from './judge.ts';
export { DEFAULT_PAGE, pageLink } from './page-link.ts';
export type { Deflate, PageMoment } from './page-link.ts';
export { pin } from './pin.ts';
export type { Pin, PinOrder } from './pin.ts';
export { effectNote, explain, fieldNote, fieldRanges, rangeText, reduce, Reducer, sizeOf } from './reduce/index.ts';
export type {
  ElementEffect,
  Explanation,
  FieldInterval,
  FindSize,
  OtherFind,
  ReduceOptions,
  Reduction,
} from './reduce/index.ts';
export { isList, isMap, textOfTree, treeOfText } from './scenario-tree.ts';
export type { ScenarioTree, Tree, TreeMap } from './scenario-tree.ts';
