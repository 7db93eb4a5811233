/**
 * The columns of a comparison: which systems, and which variants of the first of them, with what changed in each.
 */
import { InvalidArgumentError } from 'commander';
import {
  type Divergence,
  didYouMean,
  nearestName,
  type Outcome,
  type Scenario,
  SYSTEM_NAMES,
  type TraceLevel,
} from '../index.ts';

/** A variant of the first system, as `--with "name: path=value, path=value"` asks for it. */
export interface Variant {
  readonly name: string;
  /** `path=value` each, as of `--set`. */
  readonly sets: readonly string[];
}

/** One run to make. */
export interface ColumnPlan extends Variant {
  readonly system: string;
}

/** A run and what came of it, or why there was none. */
export type ComparedColumn =
  | (ColumnPlan & {
      readonly kind: 'ran';
      readonly scenario: Scenario;
      readonly level: TraceLevel;
      readonly digest: string;
      readonly outcomes: readonly Outcome[];
      /** Where it parts from the first column that ran; undefined for that one, and where they do not part. */
      readonly divergence: Divergence | undefined;
    })
  | (ColumnPlan & { readonly kind: 'refused'; readonly lines: readonly string[] });

/** Columns at most: a table that is wider is no table. */
const MAX_COLUMNS = 16;
const VARIANT_FORM = '"name: path=value, path=value", such as "guarded: hints.on.queued=true, drain.ack=each"';

/** `a,b,c`, each the name of a preset. */
export function systemNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (SYSTEM_NAMES.some((known) => known === name)) continue;
    throw new InvalidArgumentError(
      `Expected names of ${SYSTEM_NAMES.join(', ')}, found '${name}'${didYouMean(nearestName(name, SYSTEM_NAMES))}`,
    );
  }
  return names;
}

/** Collects variants over repeated options. A comma parts two settings where another `path=` follows it. */
export function variant(text: string, before: readonly Variant[] = []): readonly Variant[] {
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(colon, 0)).trim();
  const sets = text
    .slice(colon + 1)
    .split(/,(?=\s*[\w.]+=)/)
    .map((set) => set.trim());
  if (name === '' || !sets.every((set) => /^[^=\s]+=/.test(set))) {
    throw new InvalidArgumentError(`Expected ${VARIANT_FORM}, found '${text}'.`);
  }
  return [...before, { name, sets }];
}

/** The runs to make, in the order of the table, or why there is nothing to compare. */
export function planColumns(
  systems: readonly string[],
  variants: readonly Variant[],
):
  | { readonly kind: 'columns'; readonly columns: readonly ColumnPlan[] }
  | { readonly kind: 'refused'; readonly why: string } {
  const [first] = systems;
  const columns = [
    ...systems.map((system): ColumnPlan => ({ name: system, system, sets: [] })),
    ...(first === undefined ? [] : variants.map((each): ColumnPlan => ({ ...each, system: first }))),
  ];
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    return { kind: 'refused', why: `expected columns with different names, found ${twice} twice` };
  if (columns.length < 2)
    return { kind: 'refused', why: `expected at least two systems or variants, found ${names.join(', ')}` };
  if (columns.length > MAX_COLUMNS)
    return { kind: 'refused', why: `expected at most ${MAX_COLUMNS} systems and variants, found ${columns.length}` };
  return { kind: 'columns', columns };
}
