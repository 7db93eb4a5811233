/**
 * The matrix in the report: each bug with the runs it took, the properties that saw it, and the smallest scenario.
 */
import { INEXPRESSIBLE } from './bugs/inexpressible.ts';
import { quantile } from './matrix/statistics.ts';
import { holdsAnywhere } from './hold-anywhere.ts';
import type { MatrixResult, RowResult } from './results.ts';

/** Bugs that no hunt found, those that one property alone saw, and those that two saw, but not two of ours. */
export interface WeakSpots {
  readonly missed: readonly RowResult[];
  readonly single: readonly RowResult[];
  readonly indirect: readonly RowResult[];
  /** What of that is a failure, a line each. */
  readonly failures: readonly string[];
}

/** Where a matrix is weak. */
export function weakIn({ rows }: MatrixResult): WeakSpots {
  const missed = rows.filter(({ runs }) => runs.length === 0);
  const single = rows.filter(({ properties }) => properties.length === 1);
  const indirect = rows.filter(({ properties }) => properties.length > 1 && properties.filter(isDirect).length < 2);
  return {
    ...{ missed, single, indirect },
    failures: [
      ...missed.map(({ id, sentence }) => `bug ${id} was not found: ${sentence}`),
      ...single.map(({ id, sentence }) => `bug ${id} was seen by one property alone: ${sentence}`),
    ],
  };
}

/** A section of the report. */
export function matrixText(title: string, matrix: MatrixResult | undefined): readonly string[] {
  if (matrix === undefined) return ['', `### ${title}`];
  const { rows, seeds, maxRuns } = matrix;
  const { missed, single, indirect } = weakIn(matrix);
  const isStore = title === 'The store';
  const hunts = isStore
    ? `${seeds} hunts for each bug, through the six profiles in turn, ${maxRuns} lives of each at most.`
    : `${seeds} hunts for each bug, through the portfolio of \`hintlab explore\` and two profiles more, ${maxRuns} runs at most. A` +
      ' property in bold holds in every correct run, so breaking it is a find by itself (`B…` is a rule of the audit); any other' +
      ' counts only where the same scenario does not violate it on the code as it is.';
  return [
    '',
    `### ${title}`,
    '',
    hunts,
    `Found: **${rows.length - missed.length} of ${rows.length}**; by one property alone: ${listed(single.map(({ id }) => id))};`,
    `not found: ${listed(missed.map(({ id }) => id))}; by fewer than two in bold: ${listed(indirect.map(({ id }) => id))}.`,
    'Behind each property and profile: in how many finds.',
    '',
    '| bug | what is wrong | found | runs: median, p95 | properties | profiles | smallest |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(rowText),
    ...(isStore ? [] : leftOut()),
  ];
}

function rowText({ id, sentence, runs, hunts, properties, profiles, shrunk }: RowResult): string {
  const took = runs.length === 0 ? '–' : `${quantile(runs, 0.5)}, ${quantile(runs, 0.95)}`;
  const seenBy = properties.map(([property, count]) => `${named(property)} ${count}`).join(' · ');
  const foundBy = profiles.filter(({ found }) => found > 0).map(({ profile, found }) => `${profile} ${found}`);
  const size =
    shrunk === undefined
      ? '–'
      : `${shrunk.size}${shrunk.nodes === undefined ? '' : `, ${shrunk.nodes} nodes`} (${shrunk.property})`;
  return `| ${id} | ${sentence} | ${runs.length}/${hunts} | ${took} | ${seenBy} | ${foundBy.join(' · ')} | ${size} |`;
}

function leftOut(): readonly string[] {
  return [
    '',
    '### Bugs of the catalogue that are not seeded',
    '',
    ...[...INEXPRESSIBLE].map(([number, why]) => `- **${number}** ${why}`),
  ];
}

function named(property: string): string {
  return isDirect([property]) ? `**${property}**` : property;
}

/** No correct run breaks it, so a violation is a find without the run beside it: so are all laws of the store. */
function isDirect([property]: readonly [string, ...unknown[]]): boolean {
  return holdsAnywhere(property) || /^[SMP]/.test(property);
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}
