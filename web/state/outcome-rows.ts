/**
 * The table of outcomes as the page shows it: the rows of a comparison in groups, each number with a word for how it
 * differs from the base and with the first case behind it.
 */
import { formatCount, formatDuration } from '../../sim/trace/index.ts';
// From its own file: by way of the index every property would come into the page, and they belong to the worker.
import { compareOutcomes, OUTCOME_GROUPS, plainOutcome } from '../../sim/check/comparison.ts';
import type { ComparisonRow, OutcomeGroup, OutcomeValue } from '../../sim/check/comparison.ts';
import type { Example } from '../worker/examples.ts';
import type { Study } from '../worker/study.ts';

/** One design's number. */
export interface OutcomeCell {
  /** Empty: its run does not tell. */
  readonly text: string;
  /** How it differs from the base, in words; empty if it does not. */
  readonly differs: string;
  /** Where a click on the number leads; undefined where there is nothing to see. */
  readonly example: Example | undefined;
}

/** One outcome of all designs. */
export interface OutcomeRow {
  readonly name: string;
  /** What a property promises; empty for other outcomes. */
  readonly promise: string;
  readonly differs: boolean;
  /** One per design, in their order. */
  readonly cells: readonly OutcomeCell[];
}

/** Outcomes that belong together. */
export interface OutcomeRows {
  readonly group: OutcomeGroup;
  readonly rows: readonly OutcomeRow[];
}

/** The order of rows within their groups: as the catalogue has them, or by the numbers of one design. */
export type OutcomeOrder =
  | { readonly by: 'name' }
  | { readonly by: 'design'; readonly place: number; readonly direction: 'ascending' | 'descending' };

const VERDICTS = { holds: 'holds', violated: 'violated', notExercised: 'not exercised' } as const;
const VERDICT_RANK = { notExercised: 0, holds: 1, violated: 2 } as const;

/** The rows that say something; with `onlyDifferences`, those in which two designs differ. */
export function outcomeRows(
  studies: readonly (Study | undefined)[],
  { onlyDifferences, order }: { readonly onlyDifferences: boolean; readonly order: OutcomeOrder },
): readonly OutcomeRows[] {
  const rows = compareOutcomes(studies.map((study) => study?.outcomes));
  const told = rows.filter((row) => !row.isBlank && (row.differs || !onlyDifferences));
  return OUTCOME_GROUPS.flatMap((group) => {
    const own = ordered(
      told.filter((row) => row.group === group),
      order,
    );
    return own.length === 0 ? [] : [{ group, rows: own.map((row) => rowOf(row, studies)) }];
  });
}

function ordered(rows: readonly ComparisonRow[], order: OutcomeOrder): readonly ComparisonRow[] {
  if (order.by === 'name') return rows;
  const sign = order.direction === 'ascending' ? 1 : -1;
  const number = ({ values }: ComparisonRow): number => sizeOf(values[order.place]);
  return rows.toSorted((a, b) => sign * (number(a) - number(b)));
}

/** What rows are ordered by: counts and times by size, verdicts from untested to violated, what is not told first. */
function sizeOf(value: OutcomeValue | undefined): number {
  if (value === undefined) return -1;
  return value.kind === 'verdict' ? VERDICT_RANK[value.verdict] : Number(plainOutcome(value));
}

function rowOf({ group, name, differs, values }: ComparisonRow, studies: readonly (Study | undefined)[]): OutcomeRow {
  const [base] = values;
  const cells = values.map((value, place): OutcomeCell => {
    const isSomething = value !== undefined && plainOutcome(value) !== 0;
    const example = studies[place]?.examples.find((each) => each.group === group && each.name === name);
    return { text: textOf(value), differs: differenceOf(base, value), example: isSomething ? example : undefined };
  });
  const promise = group === 'properties' ? promiseOf(name, studies) : '';
  return { name, promise, differs, cells };
}

function promiseOf(id: string, studies: readonly (Study | undefined)[]): string {
  const told = studies.find((study) => study !== undefined)?.promises ?? [];
  return told.find((each) => each.id === id)?.sentence ?? '';
}

function textOf(value: OutcomeValue | undefined): string {
  if (value === undefined) return '';
  switch (value.kind) {
    case 'count':
      return formatCount(value.count);
    case 'time':
      return formatDuration(value.micros);
    case 'verdict':
      return VERDICTS[value.verdict];
  }
}

/** `120 more`, `3s shorter`, or `unlike the base`. */
function differenceOf(base: OutcomeValue | undefined, value: OutcomeValue | undefined): string {
  if (base === undefined || value === undefined) return '';
  if (base.kind === 'count' && value.kind === 'count') {
    const by = value.count - base.count;
    return by === 0 ? '' : `${formatCount(Math.abs(by))} ${by > 0 ? 'more' : 'fewer'}`;
  }
  if (base.kind === 'time' && value.kind === 'time') {
    const by = value.micros - base.micros;
    return by === 0 ? '' : `${formatDuration(Math.abs(by))} ${by > 0 ? 'longer' : 'shorter'}`;
  }
  return plainOutcome(base) === plainOutcome(value) ? '' : 'unlike the base';
}
