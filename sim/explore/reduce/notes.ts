/**
 * An explanation in words: `fails from 5.2s to 51.9s` behind a value, `without it: nothing is violated` behind an event.
 */
import { formatDuration } from '../../trace/index.ts';
import type { FieldRange } from '../find.ts';
import { leafOf } from '../quantity.ts';
import type { Quantity } from '../quantity.ts';
import { pathText } from '../tree-paths.ts';
import type { ElementEffect, FieldInterval } from './explain.ts';

/** What a range says where there is no end. */
const NO_END = 'any';

/** The intervals as a file keeps them. */
export function fieldRanges(fields: readonly FieldInterval[]): readonly FieldRange[] {
  return fields.map(({ path, from, to, isUnbounded }) => ({
    path: pathText(path),
    from: String(leafOf(from)),
    to: isUnbounded ? NO_END : String(leafOf(to)),
  }));
}

/** `faults.0.for 45s: fails from 38.5s to 57.1s`. */
export function fieldNote({ path, value, from, to, isUnbounded }: FieldInterval): string {
  return `${pathText(path)} ${amount(value)}: ${rangeText({ from, to, isUnbounded })}`;
}

/** `fails from 38.5s to 57.1s`; where nothing bounds it, it says so. */
export function rangeText({ from, to, isUnbounded }: Pick<FieldInterval, 'from' | 'to' | 'isUnbounded'>): string {
  if (isUnbounded) return from.value <= 0 ? 'fails whatever it is' : `fails from ${amount(from)} on`;
  if (from.value === to.value) return 'fails at this value alone';
  return `fails from ${amount(from)} to ${amount(to)}`;
}

/** `without it: nothing is violated`, or what is violated instead. */
export function effectNote({ without }: ElementEffect): string {
  if (without.length === 0) return 'without it nothing is violated';
  return `without it: ${without.map(({ property, cause }) => `${property} (${cause})`).join(', ')}`;
}

function amount(quantity: Quantity): string {
  const isTime = quantity.kind === 'duration' && quantity.value >= 0;
  return isTime ? formatDuration(quantity.value) : String(leafOf(quantity));
}
