/**
 * Runs a scenario and says what it violates: the oracle of every hunt, of the reducer and of the corpus.
 *
 * A violation is told apart by property and cause, so that ten runs that lose writes to the TTL count as one find, and
 * the reducer never slips from one failure to another.
 */
import { assert } from '../../core/index.ts';
import { examine, isFailure } from '../check/index.ts';
import type { Ledger, LedgerRow, MissingCause, PropertyResult } from '../check/index.ts';
import { run } from '../cluster/index.ts';
import type { RunLimit } from '../cluster/index.ts';
import { parseScenario, scenarioOfValue } from '../scenario/index.ts';
import type { Problem, Scenario } from '../scenario/index.ts';
import { hashText } from '../engine/index.ts';
import { LOG_KINDS, NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { textOfTree } from './scenario-tree.ts';
import type { ScenarioTree } from './scenario-tree.ts';

/** Causes that files kept by older versions do not know: without a copy they are no part of an outcome, so it stays theirs. */
const LATER_CAUSES: ReadonlySet<string> = new Set<MissingCause>(['overloaded']);

/** What went wrong, whoever it happened to. */
export interface ViolationKind {
  /** Id of the property, such as `I1`. */
  readonly property: string;
  /** Why, in one word: see {@link causeOf}. */
  readonly cause: string;
}

/** A violation of a run: the first one of its property. */
export interface RunViolation extends ViolationKind {
  readonly result: PropertyResult;
}

/** A run that was looked at, or why there was none. */
export type Judgement =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'limit'; readonly limit: RunLimit }
  | ({ readonly kind: 'judged' } & JudgedRun);

/** A run and all that was found in it. */
export interface JudgedRun {
  readonly scenario: Scenario;
  readonly trace: Trace;
  readonly results: readonly PropertyResult[];
  readonly ledger: Ledger;
  readonly violations: readonly RunViolation[];
}

/** Runs the scenario of a tree at level `full` and checks it for every property. `file` is what problems call it. */
export function judge(tree: ScenarioTree, file = 'scenario'): Judgement {
  const wanted = { ...tree, record: 'full' };
  const scenario = scenarioOfValue(wanted, file);
  if (scenario !== undefined) return judgeScenario(scenario);
  const parsed = parseScenario(textOfTree(wanted), { file });
  return parsed.kind === 'invalid' ? parsed : judgeScenario(parsed.scenario);
}

/** Runs a scenario, which is at level `full`, and checks it for every property. O(events · log events). */
export function judgeScenario(scenario: Scenario): Exclude<Judgement, { readonly kind: 'invalid' }> {
  const finished = run(scenario);
  if (finished.kind === 'limit') return finished;
  const { trace } = finished;
  const { properties, ledger } = examine(trace);
  assert(ledger !== undefined, 'a trace at level full has a ledger', trace.level);
  const violations = properties
    .filter(isFailure)
    .map((result) => ({ property: result.id, cause: causeOf(trace, ledger, result), result }));
  return { kind: 'judged', scenario, trace, results: properties, ledger, violations };
}

/** The violation of that kind, or undefined if the run shows none. */
export function violationOf(judged: JudgedRun, { property, cause }: ViolationKind): RunViolation | undefined {
  return judged.violations.find((violation) => violation.property === property && violation.cause === cause);
}

/**
 * Why a property was violated, in one word: if it is about a write, the cause in the ledger of the copy that it is about,
 * which is that of its hint if it names one, and the first one that the write misses if it names no replica; or else
 * the kind of the event that did it (`hintApplied`, `readAnswered`); or else `end`: something failed to happen.
 */
export function causeOf(trace: Trace, { missing }: Ledger, result: PropertyResult): string {
  const { write, event } = result;
  const copy = result.copy ?? copyOfHint(trace, result.hint);
  const isIts = (row: LedgerRow): boolean => (copy === undefined ? row.write === write : row.copy === copy);
  const missed = write === null ? undefined : missing.find(isIts);
  if (missed?.cause !== undefined) return missed.cause;
  return event === null ? 'end' : (LOG_KINDS[trace.log.kind[event] ?? 0] ?? 'end');
}

/** The copy that a hint stands for; undefined if there is no hint, or its peer is no replica of its write. */
function copyOfHint({ hints, copies, writes }: Trace, hint: number | null): number | undefined {
  if (hint === null) return undefined;
  const write = hints.write[hint] ?? NONE;
  for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
    if (copies.replica[copy] === hints.peer[hint]) return copy;
  }
  return undefined;
}

/** What the outcome of a run is, whatever the order of events in it: verdicts, causes and the ledger, as 16 hex digits. */
export function outcomeDigest({ results, violations, ledger: { totals } }: JudgedRun): string {
  const verdicts = results.map(({ id, verdict, violations: count }) => [id, verdict, count]);
  const known = Object.entries(totals.missing).filter(([cause, count]) => count > 0 || !LATER_CAUSES.has(cause));
  const book = { ...totals, missing: Object.fromEntries(known) };
  return hashText(JSON.stringify([verdicts, violations.map(({ cause }) => cause), book]));
}
