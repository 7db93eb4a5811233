/**
 * What a failing property prints: everything that somebody needs who has only this text. In this order: the property in
 * a sentence, the first violating event, the script, the row of the ledger, what identifies the run, the saved file,
 * the command that runs it again and the link that opens it at the event. Pure text; files and links are handed in.
 */
import { PROPERTIES, MISSING_CAUSE_NAMES } from '../check/index.ts';
import type { LedgerRow } from '../check/index.ts';
import { describeEntry, formatCountOf, formatInstant } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import { keyName, nodeName, writeName } from '../trace/queries/names.ts';
import { PAGE_FINDER } from './find.ts';
import type { FoundBy } from './find.ts';
import { outcomeDigest } from './judge.ts';
import type { JudgedRun, RunViolation } from './judge.ts';
import type { Explanation } from './reduce/explain.ts';
import { sizeOf } from './reduce/find-size.ts';
import type { ScenarioTree } from './scenario-tree.ts';
import { scriptLines } from './script-lines.ts';

/** A violation and all that is known about it. */
export interface Failure {
  readonly tree: ScenarioTree;
  readonly judged: JudgedRun;
  readonly violation: RunViolation;
  /** Every part was tried alone, and none can go. */
  readonly minimal: boolean;
  /** Runs that the reduction took; undefined if the scenario is as it was given. */
  readonly runs?: number;
  readonly explanation?: Explanation;
  readonly foundBy?: FoundBy;
  /** The file that it was saved in just now. */
  readonly saved?: string;
  /** What `hintlab replay` takes to show it again, if it is nowhere else: a file that was there before, or a story. */
  readonly source?: string;
  /** What opens the page at the event. */
  readonly link?: string;
}

const INDENT = '  ';

/** The report, without a final newline. */
export function failureReport(failure: Failure): string {
  const { tree, explanation, violation } = failure;
  const script = scriptLines(tree, explanation).map((line) => INDENT + line);
  return [
    ...propertyLines(failure),
    '',
    sizeLine(failure),
    ...script,
    '',
    ledgerLine(failure.judged, violation),
    ...identityLines(failure),
  ].join('\n');
}

function propertyLines({ judged: { trace }, violation }: Failure): readonly string[] {
  const { property, cause, result } = violation;
  const promise = PROPERTIES.find(({ id }) => id === property)?.sentence ?? '';
  const times = result.violations > 1 ? `, ${result.violations} times` : '';
  const when = result.at === null ? '' : `at ${formatInstant(result.at)}: `;
  const event =
    result.event === null
      ? 'no event did it: something failed to happen'
      : `event ${result.event}: ${describeEntry(trace, result.event)}`;
  return [
    `${property} violated (${cause}${times}): ${promise}`,
    `${INDENT}${when}${result.detail}`,
    `${INDENT}${event}`,
  ];
}

function sizeLine({ judged, minimal, runs }: Failure): string {
  const { requests, faults, nodes } = sizeOf(judged);
  const parts = [formatCountOf(requests, 'request'), formatCountOf(faults, 'fault'), formatCountOf(nodes, 'node')];
  const effort = runs === undefined ? '' : `, after ${formatCountOf(runs, 'run')}`;
  return `${minimal ? 'the smallest scenario' : 'the scenario'} (${parts.join(', ')}${effort}):`;
}

/** What the victim's copies should be, and what the first that is missing is. */
function ledgerLine({ ledger, trace }: JudgedRun, { result }: RunViolation): string {
  const row = ledger.missing.find(({ write }) => write === result.write) ?? ledger.missing[0];
  if (row === undefined) return 'ledger: every acknowledged write is at all of its replicas';
  return `ledger: ${copyName(trace, row)}: expected present or superseded, found ${standing(row)}`;
}

function copyName(trace: Trace, { write, replica }: LedgerRow): string {
  const { writes } = trace;
  const coordinator = nodeName(trace, writes.coordinator[write] ?? 0);
  return `${writeName(write)} (${keyName(trace, writes.key[write] ?? 0)}, acknowledged by ${coordinator}) at ${nodeName(trace, replica)}`;
}

function standing({ cause }: LedgerRow): string {
  return cause === undefined ? 'nothing' : `missing, ${MISSING_CAUSE_NAMES[cause]}`;
}

function identityLines({ judged, foundBy, saved, source = saved, link }: Failure): readonly string[] {
  const finder = foundBy === undefined ? '' : finderText(foundBy);
  return [
    `seed ${judged.scenario.seed}, trace digest ${judged.trace.digest}, outcome ${outcomeDigest(judged)}`,
    ...(finder === '' ? [] : [finder]),
    ...(saved === undefined ? [] : [`saved as ${saved}`]),
    ...(source === undefined ? [] : [`again: hintlab replay ${source}`]),
    ...(link === undefined ? [] : [`open it at the event: ${link}`]),
  ];
}

/** `found by profile flapping, seed 7, run 812`; empty if nothing is known. */
function finderText({ seed, profile, run }: FoundBy): string {
  if (profile === PAGE_FINDER) return 'pinned on the page';
  const hunt = [
    profile === undefined ? '' : `profile ${profile}`,
    seed === undefined ? '' : `seed ${seed}`,
    run === undefined ? '' : `run ${run}`,
  ].filter((part) => part !== '');
  return hunt.length === 0 ? '' : `found by ${hunt.join(', ')}`;
}
