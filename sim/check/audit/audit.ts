/**
 * The audit: goes through the log of a run once, from the first row to the last, and asks each rule of the book whether
 * the step was legal. A second opinion on the simulator that shares nothing with it but the trace.
 *
 * Correct code gives no occasion for a find; so tests ask it of random runs, and our own seeded bugs are caught by it
 * (`test/teeth`). Whoever reads a trace from a file may ask it whether that can be the trace of a run at all.
 */
import type { Trace } from '../../trace/index.ts';
import { notExercised } from '../cases.ts';
import { resultOf } from '../check.ts';
import type { Finding } from '../finding.ts';
import type { PropertyResult } from '../property.ts';
import { reached, TWIN } from '../twin.ts';
import { AUDIT_RULES } from './catalogue.ts';
import { rowAt } from './row.ts';
import { Book } from './rule.ts';
import type { Auditor, AuditRule } from './rule.ts';
import { Stage } from './stage.ts';

/**
 * Every rule in the order of the book, each followed by its `sometimes` twin: did the situation come up. Below level
 * `full` no rule is exercised. O(rows · rules), and O(length of a queue) for each hint that leaves one.
 */
export function audit(trace: Trace): readonly PropertyResult[] {
  const stage = new Stage(trace);
  const followed = AUDIT_RULES.map((rule) => ({ rule, ...follow(rule, trace, stage) }));
  const auditors = followed.flatMap(({ auditor }) => auditor ?? []);
  for (let index = 0; index < trace.log.at.length; index++) {
    const row = rowAt(trace, index);
    for (const auditor of auditors) auditor.row(row);
    stage.apply(row);
  }
  for (const auditor of auditors) auditor.end?.();
  return followed.flatMap(({ rule, finding }) => resultsOf(rule, finding()));
}

interface Followed {
  /** Undefined where the run gives no occasion. */
  readonly auditor: Auditor | undefined;
  /** Asked at the end. */
  readonly finding: () => Finding;
}

function follow({ idle, begin, looked, otherwise }: AuditRule, trace: Trace, stage: Stage): Followed {
  const why = trace.level === 'full' ? idle?.(trace.scenario) : 'it takes a trace of level full';
  if (why !== undefined) return { auditor: undefined, finding: () => notExercised(why) };
  const book = new Book(trace, stage);
  return { auditor: begin(book), finding: () => book.cases.finding(looked, otherwise) };
}

function resultsOf({ id }: AuditRule, finding: Finding): readonly PropertyResult[] {
  return [
    resultOf({ id, kind: 'always' }, finding),
    resultOf({ id: `${id}${TWIN}`, kind: 'sometimes' }, reached(finding)),
  ];
}
