/**
 * What a hunt has to say, as text: what it found, by property, and what it did not exercise.
 */
import { formatCount, PROPERTIES } from '../index.ts';
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
export function huntLines(
  { plan, tally, unexercised }: HuntReport,
  found: readonly FoundKind[],
  paint: Paint,
): string[] {
  const systems = plan.systems.length === 0 ? 'any system' : plan.systems.join(', ');
  const violating = tally.profiles.reduce((sum, profile) => sum + profile.violating, 0);
  return [
    `${formatCount(tally.runs)} runs of ${systems}, seed ${plan.seed}: ${formatCount(violating)} violate something, in ${formatCount(found.length)} ways.`,
    ...(tally.stopped === 0 ? [] : [`${formatCount(tally.stopped)} runs were stopped by a limit and say nothing.`]),
    ...foundLines(found, paint),
    ...unexercisedLines(unexercised),
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
  if (caught === undefined) return `${formatCount(seen?.events ?? 0)} events, not reduced`;
  const size = `${caught.events} events, ${caught.nodes} nodes`;
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
