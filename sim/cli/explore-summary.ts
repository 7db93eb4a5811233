/**
 * What a hunt has to say, as text: what it found, by property, and what it did not exercise.
 */
import { formatCount, formatCountOf, PROPERTIES } from '../index.ts';
import { missingRuns } from '../explore/hunt-part.ts';
import type { RunSpan } from '../explore/hunt-part.ts';
import { LEAST_RUNS } from '../explore/hunt-report.ts';
import type { HuntReport } from '../explore/hunt-report.ts';
import type { Caught } from '../explore/shrink-sighting.ts';
import type { Sighting } from '../explore/tally.ts';
import type { Paint } from './paint.ts';
import { left, right, tableLines } from './table.ts';

/** A kind that was found: how often, and what it came to if it was reduced and saved. */
export interface FoundKind {
  readonly sighting: Sighting;
  readonly caught: Caught | undefined;
  /** Where it was saved, or empty. */
  readonly file: string;
}

/** The lines of a hunt's report. */
export function huntLines(report: HuntReport, found: readonly FoundKind[], paint: Paint): string[] {
  const { plan, tally, unexercised } = report;
  const systems = plan.systems.length === 0 ? 'any system' : plan.systems.join(', ');
  const violating = tally.profiles.reduce((sum, profile) => sum + profile.violating, 0);
  return [
    `${formatCount(tally.runs)} runs of ${systems}, seed ${plan.seed}: ${formatCount(violating)} violate something, in ${formatCount(found.length)} ways.`,
    ...(tally.stopped === 0 ? [] : [`${formatCount(tally.stopped)} runs were stopped by a limit and say nothing.`]),
    ...missingLines(report),
    ...foundLines(found, paint),
    ...unexercisedLines(unexercised),
    ...wayOnLines(found),
  ];
}

/** `2 500 to 4 999`: runs from the first to the last. */
export function spanText({ from, to }: RunSpan): string {
  return to - from === 1 ? formatCount(from) : `${formatCount(from)} to ${formatCount(to - 1)}`;
}

/** What the report does not speak of: runs that are elsewhere or were never made, and properties of a short hunt. */
function missingLines({ part, tally: { runs } }: HuntReport): string[] {
  const missing = missingRuns(part).map(spanText).join(', ');
  return [
    ...(missing === '' ? [] : [`Not in it: runs ${missing} of ${formatCount(part.of)}.`]),
    ...(runs >= LEAST_RUNS
      ? []
      : [`Too few runs to say what was not exercised: that takes ${formatCount(LEAST_RUNS)}.`]),
  ];
}

/** How one of the files is looked at, and what goes on with one that may get smaller. */
function wayOnLines(found: readonly FoundKind[]): string[] {
  const saved = found.filter(({ file }) => file !== '');
  const [first] = saved;
  if (first === undefined) return [];
  const unfinished = saved.find(({ caught }) => caught?.minimal === false);
  return [
    '',
    `The report of one, with a link into the page: hintlab replay ${first.file}`,
    ...(unfinished === undefined ? [] : [`One that is not minimal may get smaller: hintlab shrink ${unfinished.file}`]),
  ];
}

function foundLines(found: readonly FoundKind[], paint: Paint): string[] {
  const violated = new Set(found.map(({ sighting }) => propertyOf(sighting)));
  const columns = [left('cause'), right('runs'), right('first'), left('smallest'), left('file')];
  return PROPERTIES.filter(({ id }) => violated.has(id)).flatMap(({ id, sentence }) => {
    const rows = found.filter(({ sighting }) => propertyOf(sighting) === id).map(rowOf);
    return ['', paint.strong(`${id}  ${sentence}`), ...tableLines(columns, rows).map((line) => `  ${line}`)];
  });
}

function rowOf({ sighting, caught, file }: FoundKind): string[] {
  const [, cause = ''] = sighting.id.split(' ');
  return [cause, formatCount(sighting.runs), formatCount(sighting.first), sizeText(sighting, caught), file];
}

function sizeText({ smallest: [seen] }: Sighting, caught: Caught | undefined): string {
  if (caught === undefined) return `${formatCountOf(seen?.events ?? 0, 'event')}, not reduced`;
  const size = `${formatCountOf(caught.events, 'event')}, ${formatCountOf(caught.nodes, 'node')}`;
  return caught.minimal ? size : `${size}, not minimal`;
}

function unexercisedLines(unexercised: HuntReport['unexercised']): string[] {
  if (unexercised.length === 0) return [];
  const columns = [left('met in less than 1 % of runs'), right('runs'), left('')];
  const rows = unexercised.map(({ property, runs, reason }) => [
    property,
    formatCount(runs),
    reason === undefined ? 'not exercised enough' : `cannot come up: ${reason}`,
  ]);
  return ['', ...tableLines(columns, rows)];
}

function propertyOf({ id }: Sighting): string {
  return id.split(' ', 1)[0] ?? id;
}
