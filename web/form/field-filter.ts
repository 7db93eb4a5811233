/**
 * Which places of the form are shown: those that what is typed into the search finds, by path or by meaning, and of
 * those, if asked for, only what the text sets.
 */
import { fitOf } from '../palette/fuzzy.ts';
import { childrenOf, isInner, pathText, type FormSource, type Place } from './place.ts';

/** What is searched for. */
export interface FieldFilter {
  /** Empty: anything. */
  readonly wanted: string;
  readonly onlySet: boolean;
}

/** Points for each letter that a path must have to be near to what is searched for: letters scattered about are not. */
const NEAR = 3;

/** Whether anything is left out. */
export function isFiltering({ wanted, onlySet }: FieldFilter): boolean {
  return onlySet || wanted.trim() !== '';
}

/** Whether a place is shown, for itself or for something in it. O(places below it). */
export function isShown(place: Place, filter: FieldFilter, source: FormSource): boolean {
  if (!isFiltering(filter) || (isAsked(place, filter) && isFound(place, filter))) return true;
  const isList = place.chosen?.build.kind === 'list';
  return !isList && childrenOf(place, source).some((child) => isShown(child, filter, source));
}

/**
 * The places within a place that are shown. What the key of its kind holds counts as held by the place itself; what is
 * below a place that was searched for is of interest with it.
 */
export function shownWithin(place: Place, filter: FieldFilter, source: FormSource): readonly Place[] {
  const all = childrenOf(place, source).flatMap((child) =>
    isInner(place, child) ? childrenOf(child, source) : [child],
  );
  const isWanted = filter.wanted.trim() !== '' && isFound(place, filter);
  return all.filter((child) => isShown(child, filter, source) || (isWanted && isAsked(child, filter)));
}

function isAsked({ node }: Place, { onlySet }: FieldFilter): boolean {
  return node !== undefined || !onlySet;
}

function isFound({ path, meaning }: Place, { wanted }: FieldFilter): boolean {
  const words = wanted.trim().toLowerCase();
  return words === '' || meaning.toLowerCase().includes(words) || isNear(words, pathText(path));
}

function isNear(wanted: string, path: string): boolean {
  return (fitOf(wanted, path) ?? 0) >= NEAR * wanted.replaceAll(/\s/g, '').length;
}
