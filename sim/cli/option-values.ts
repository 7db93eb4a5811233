/**
 * What the values of options must look like; a wrong one says what was expected.
 */
import { InvalidArgumentError } from 'commander';
import { didYouMean, nearestName, PROPERTIES } from '../index.ts';

/** An integer from 0 to 2^53−1, as seeds and ids are. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError(`Expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}, found '${text}'.`);
}

/** An integer from 1 to 2^53−1: so many of something that is worth nothing at 0. */
export function countingNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError(`Expected an integer from 1 to ${Number.MAX_SAFE_INTEGER}, found '${text}'.`);
}

/** Digits as the number they are, anything else as a name. */
export function numberOrName(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** A number above 0, as a factor is. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+(e-?\d+)?$/i.test(text) && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`Expected a number above 0, such as 0.01, found '${text}'.`);
}

/** Collects `path=value` over repeated options. */
export function setting(text: string, before: readonly string[] = []): readonly string[] {
  if (/^[^=\s]+=/.test(text)) return [...before, text];
  throw new InvalidArgumentError(`Expected path=value, such as hints.ttl=3h, found '${text}'.`);
}

/** `I1,I6`: properties that can be violated, by their ids. */
export function propertyIds(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  const known = PROPERTIES.filter(({ kind }) => kind !== 'sometimes').map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw new InvalidArgumentError(
      `Expected ids such as I1,I6 (hintlab list --properties), found '${id}'${didYouMean(nearestName(id, known))}`,
    );
  }
  return ids;
}
