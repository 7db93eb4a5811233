/**
 * A comparison as text and as one JSON object: the table of outcomes, and where each column parts from the first.
 */
import {
  areTimesApart,
  compareOutcomes,
  type ComparisonRow,
  type Divergence,
  formatCount,
  formatDuration,
  formatInstant,
  OUTCOME_GROUPS,
  type OutcomeGroup,
  type OutcomeValue,
  plainOutcome,
} from '../index.ts';
import type { ComparedColumn } from './compare-columns.ts';
import type { Paint } from './paint.ts';
import { left, right, tableLines } from './table.ts';
import { wrapText } from './wrap-text.ts';

/** The version of the object that `compare --json` prints; fields may be added within a version, never renamed. */
export const COMPARISON_SCHEMA = 1;

const WIDTH = 96;
const DIFFERS = '≠';
const VERDICTS = { holds: 'holds', violated: 'violated', notExercised: '-' } as const;

type Ran = ComparedColumn & { readonly kind: 'ran' };

/** The object of `--json`. Times are in microseconds; null is what a run does not tell, or did not do. */
export function comparisonJson(columns: readonly ComparedColumn[]): object {
  const [first] = ranOf(columns);
  return {
    schema: COMPARISON_SCHEMA,
    scenario: first?.scenario.name,
    seed: first?.scenario.seed,
    columns: columns.map((column) => ({
      name: column.name,
      system: column.system,
      sets: column.sets,
      ...(column.kind === 'ran' ? { digest: column.digest, record: column.level } : { problems: column.lines }),
    })),
    rows: rowsOf(columns).map(({ group, name, differs, values }) => ({
      group,
      name,
      unit: values.find((value) => value !== undefined)?.kind ?? null,
      differs,
      values: values.map((value) => (value === undefined ? null : plainOutcome(value))),
    })),
    divergences: ranOf(columns).flatMap(({ name, divergence }) =>
      divergence === undefined ? [] : [{ column: name, from: first?.name, ...divergence }],
    ),
  };
}

/** The lines for people: rows that are 0 everywhere and properties that no run violated are left out of the table. */
export function comparisonLines(columns: readonly ComparedColumn[], paint: Paint): string[] {
  const [first, ...others] = ranOf(columns);
  if (first === undefined) return [];
  const rows = rowsOf(columns);
  return [
    `${paint.strong(first.scenario.name)}, seed ${first.scenario.seed}`,
    ...wrapText(first.scenario.about, WIDTH),
    '',
    ...table(columns, rows),
    ...unviolated(rows),
    ...others.flatMap((column) => ['', ...divergenceLines(first, column, paint)]),
    ...columns.flatMap((column) => (column.kind === 'ran' ? [] : ['', ...refusal(column, paint)])),
  ];
}

function ranOf(columns: readonly ComparedColumn[]): readonly Ran[] {
  return columns.filter((column) => column.kind === 'ran');
}

function rowsOf(columns: readonly ComparedColumn[]): readonly ComparisonRow[] {
  return compareOutcomes(columns.map((column) => (column.kind === 'ran' ? column.outcomes : undefined)));
}

function table(columns: readonly ComparedColumn[], rows: readonly ComparisonRow[]): string[] {
  const heads = [left(''), left(''), ...columns.map(({ name }) => right(name))];
  const told = rows.filter((row) => !row.isBlank && (row.group !== 'properties' || isViolatedIn(row)));
  const body = OUTCOME_GROUPS.flatMap((group) => groupRows(group, told));
  return tableLines(heads, body);
}

function groupRows(group: OutcomeGroup, rows: readonly ComparisonRow[]): string[][] {
  const own = rows.filter((row) => row.group === group);
  if (own.length === 0) return [];
  return [
    ['', group],
    ...own.map(({ name, differs, values }) => [differs ? DIFFERS : '', `  ${name}`, ...values.map(cellText)]),
  ];
}

function isViolatedIn({ values }: ComparisonRow): boolean {
  return values.some((value) => value?.kind === 'verdict' && value.verdict === 'violated');
}

/** The properties that no run violated: those that some run put to the test, and those that none did. */
function unviolated(rows: readonly ComparisonRow[]): string[] {
  const kept = rows.filter((row) => row.group === 'properties' && !isViolatedIn(row));
  const line = (title: string, of: readonly ComparisonRow[]): string[] =>
    of.length === 0 ? [] : wrapText(`${title}: ${of.map(({ name }) => name).join(', ')}`, WIDTH);
  return [
    ...line(
      'hold wherever exercised',
      kept.filter(({ isBlank }) => !isBlank),
    ),
    ...line(
      'not exercised under any',
      kept.filter(({ isBlank }) => isBlank),
    ),
  ];
}

function cellText(value: OutcomeValue | undefined): string {
  if (value === undefined) return '-';
  switch (value.kind) {
    case 'count':
      return formatCount(value.count);
    case 'time':
      return formatDuration(value.micros);
    case 'verdict':
      return VERDICTS[value.verdict];
  }
}

function divergenceLines(first: Ran, column: Ran, paint: Paint): string[] {
  const { name, divergence } = column;
  const isTold = first.level === 'full' && column.level === 'full';
  if (divergence === undefined) {
    const why = isTold ? 'every request went the same way at the same times' : 'told at level full only';
    return [paint.strong(`${name}: no divergence from ${first.name}`), `  ${why}`];
  }
  return [paint.strong(divergenceTitle(first.name, name, divergence)), ...sideLines(first.name, name, divergence)];
}

function divergenceTitle(first: string, name: string, { at, kind }: Divergence): string {
  const parts = `${name} parts from ${first} at ${formatInstant(at)}`;
  return kind === 'deed' ? parts : `${parts}, in times alone`;
}

function sideLines(first: string, name: string, divergence: Divergence): string[] {
  const isTimed = areTimesApart(divergence);
  const line = (column: string, { at, text }: Divergence['first']): string[] => {
    const when = isTimed ? `${formatInstant(at)}, ` : '';
    const [head = '', ...rest] = wrapText(`${column}: ${when}${text}`, WIDTH - 4);
    return [`  ${head}`, ...rest.map((more) => `    ${more}`)];
  };
  return [...line(first, divergence.first), ...line(name, divergence.other)];
}

function refusal({ name, lines }: ComparedColumn & { readonly kind: 'refused' }, paint: Paint): string[] {
  return [paint.strong(`${name} cannot run this`), ...lines.map((line) => `  ${line}`)];
}
