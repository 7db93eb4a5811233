/**
 * Reducing, as searches that ask: each yields a candidate and is told whether that still fails. Who finds out, at once or
 * over a pipe, is no concern of a search, so the same passes serve a function call and a process in another language.
 *
 * A search returns the last candidate that failed, or what it began with.
 */

/** Yields candidates, is resumed with `true` for one that still fails, and returns the smallest that did. */
export type Search<Candidate, Result = Candidate> = Generator<Candidate, Result, boolean>;

/** Runs a search to its end where the answer is at hand. */
export function decide<Candidate, Result>(
  search: Search<Candidate, Result>,
  fails: (candidate: Candidate) => boolean,
): Result {
  let step = search.next();
  while (step.done !== true) step = search.next(fails(step.value));
  return step.value;
}

/** A search for a part of something, as a search for the whole. */
export function* within<Part, Whole>(search: Search<Part>, whole: (part: Part) => Whole): Search<Whole, Part> {
  let step = search.next();
  while (step.done !== true) step = search.next(yield whole(step.value));
  return step.value;
}

/**
 * Leaves out runs of items, from halves down to single ones, until none of the rest can go: the list is then 1-minimal.
 * After ddmin (Zeller and Hildebrandt 2002), complements only. O(n log n) candidates when most items can go, O(n²) at worst.
 */
export function* shorten<Item>(items: readonly Item[]): Search<readonly Item[]> {
  let kept = items;
  let width = Math.max(1, kept.length >> 1);
  while (kept.length > 0) {
    let dropped = false;
    // From the end: what comes last depends on what came before, and seldom the other way round.
    for (let end = kept.length; end > 0; end -= width) {
      const rest = [...kept.slice(0, Math.max(0, end - width)), ...kept.slice(end)];
      if (!(yield rest)) continue;
      kept = rest;
      dropped = true;
    }
    if (width === 1 && !dropped) break;
    width = dropped ? width : Math.max(1, width >> 1);
    width = Math.min(width, Math.max(1, kept.length));
  }
  return kept;
}

/** Leaves out two items at a time: what only goes together, such as a hint and its take. O(n²) candidates. */
export function* dropPairs<Item>(items: readonly Item[]): Search<readonly Item[]> {
  let kept = items;
  for (let first = 0; first < kept.length; first += 1) {
    for (let second = first + 1; second < kept.length;) {
      const [a, b] = [first, second];
      const rest = kept.filter((_item, index) => index !== a && index !== b);
      if (yield rest) kept = rest;
      else second += 1;
    }
  }
  return kept;
}

/**
 * The least value from `floor` on that fails: `floor` itself, or one whose predecessor was tried and passed. Bisects, so
 * of several such values it finds one. O(log(value − floor)) candidates.
 */
export function* lowest(value: number, floor: number): Search<number> {
  if (value <= floor) return value;
  if (yield floor) return floor;
  let passes = floor;
  let fails = value;
  while (fails - passes > 1) {
    const middle = passes + Math.floor((fails - passes) / 2);
    if (yield middle) fails = middle;
    else passes = middle;
  }
  return fails;
}
