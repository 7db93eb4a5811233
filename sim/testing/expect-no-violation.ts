/**
 * The assertion for other people's tests: a scenario must violate nothing. One that does is reduced first, and the
 * error's message is the whole report: property, event, script, ledger, file, link.
 */
import { PROPERTIES } from '../check/index.ts';
import {
  explain,
  failureReport,
  isMap,
  judge,
  keptText,
  lifted,
  pageLink,
  reduce,
  textOfTree,
  treeOfText,
  withoutFind,
} from '../explore/index.ts';
import type { JudgedRun, RunViolation, ScenarioTree } from '../explore/index.ts';
import { didYouMean, formatProblem, nearestName, parseScenario } from '../scenario/index.ts';
import type { Problem } from '../scenario/index.ts';

/** Runs that shrinking may take: seconds, within the patience of a test. */
const DEFAULT_RUNS = 500;
/** Runs for the notes of a report, on what is small by then. */
const EXPLAIN_RUNS = 200;

/** What is asked of a scenario. */
export interface Expectation {
  /** The properties that must hold, by their ids; default all (`hintlab list --properties`). */
  readonly properties?: readonly string[];
  /** Properties that may be violated, because this design is known to break them. */
  readonly except?: readonly string[];
  /** Runs that shrinking may take, 500 by default; 0 reports the scenario as it is. */
  readonly runs?: number;
  /** Where the page is, for the link in the report; default the local preview of hintlab. */
  readonly page?: string;
}

/** A scenario that violates what it must not, with the smallest one that does. The message is the report. */
export class ViolationError extends Error {
  override readonly name = 'ViolationError';
  readonly property: string;
  override readonly cause: string;
  /** A file of the corpus: keep it, run it with `hintlab replay`. */
  readonly file: string;

  constructor(message: string, { property, cause }: RunViolation, file: string) {
    super(message);
    this.property = property;
    this.cause = cause;
    this.file = file;
  }
}

/**
 * Runs a scenario; throws a {@link ViolationError} if it violates a property, and an Error that lists every problem if it
 * is no scenario. Synchronous; a second or two where it fails. Returns nothing, so that it may be all that a property of
 * fast-check does, which would take a value for a failure; for the run there is `judge`.
 *
 * @param scenario the text of a scenario file, or a tree as {@link scenarios} makes them
 *
 * @example
 * expectNoViolation('hintlab: 1\nduration: 5m\nfaults: [{ crash: b, at: 1m, for: 2m }]', { except: ['I6'] });
 */
export function expectNoViolation(scenario: string | ScenarioTree, expectation: Expectation = {}): void {
  for (const id of [...(expectation.properties ?? []), ...(expectation.except ?? [])]) refuseUnknown(id);
  const tree = treeOf(scenario);
  const judged = judge(tree);
  if (judged.kind === 'invalid') throw noScenario(judged.problems);
  if (judged.kind === 'limit') throw new Error(`the scenario outgrows the simulator (${judged.limit}): shorten it`);
  const violation = judged.violations.find(({ property }) => mustHold(property, expectation));
  if (violation !== undefined) throw violationError(tree, judged, violation, expectation);
}

/** The problems of a text are told with their places in it, which the tree has not. */
function treeOf(scenario: string | ScenarioTree): ScenarioTree {
  if (isMap(scenario)) return withoutFind(lifted(scenario));
  const parsed = parseScenario(scenario, { file: 'scenario' });
  if (parsed.kind === 'invalid') throw noScenario(parsed.problems);
  return withoutFind(lifted(treeOfText(scenario) ?? {}));
}

function mustHold(property: string, { properties, except = [] }: Expectation): boolean {
  return (properties === undefined || properties.includes(property)) && !except.includes(property);
}

/** A property that is misspelt would be left out without a word. */
function refuseUnknown(id: string): void {
  const known = PROPERTIES.map((property) => property.id);
  if (known.includes(id)) return;
  const nearest = nearestName(id, known);
  throw new Error(`no property is called ${id}${didYouMean(nearest)}`);
}

function noScenario(problems: readonly Problem[]): Error {
  return new Error(`expected a scenario, found problems:\n${problems.map(formatProblem).join('\n')}`);
}

function violationError(
  tree: ScenarioTree,
  judged: JudgedRun,
  found: RunViolation,
  { runs = DEFAULT_RUNS, page }: Expectation,
): ViolationError {
  const reduction = runs === 0 ? undefined : reduce(tree, found, { maxRuns: runs });
  const smallest = reduction ?? { tree, judged, violation: found, minimal: false };
  const { violation, minimal } = smallest;
  const { at, event } = violation.result;
  const explained = reduction === undefined ? {} : { explanation: explain(smallest.tree, found, EXPLAIN_RUNS) };
  const link = pageLink(page, { text: textOfTree(smallest.tree), at, event });
  const report = failureReport({ ...smallest, ...explained, link });
  const file = keptText(smallest.tree, violation, smallest.judged, { minimal });
  return new ViolationError(`${report}\n\nkeep it as a file:\n${file}`, violation, file);
}
