/**
 * Spans of time, half-open [from, until), in ascending lists without overlap: cutting one list out of another, and
 * where two have time in common.
 */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What is left of `whole` when every span of `holes`, in any order, is cut out. O(n log n). */
export function without(whole: Span, holes: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let from = whole.from;
  for (const hole of holes.toSorted((one, other) => one.from - other.from)) {
    if (hole.from > from) left.push({ from, until: Math.min(hole.from, whole.until) });
    from = Math.max(from, hole.until);
    if (from >= whole.until) break;
  }
  if (from < whole.until) left.push({ from, until: whole.until });
  return left.filter((span) => span.from < span.until);
}

/** The time that two ascending lists have in common. O(n). */
export function common(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const both: Span[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [one[i], other[j]];
    if (a === undefined || b === undefined) return both;
    const [from, until] = [Math.max(a.from, b.from), Math.min(a.until, b.until)];
    if (from < until) both.push({ from, until });
    if (a.until < b.until) i++;
    else j++;
  }
}

/** When at least two of the spans, in any order, are in force at once. O(n log n). */
export function overlaps(spans: readonly Span[]): readonly Span[] {
  const begins = Float64Array.from(spans, ({ from }) => from).sort();
  const ends = Float64Array.from(spans, ({ until }) => until).sort();
  const crowded: Span[] = [];
  let depth = 0;
  let from = 0;
  let [begun, ended] = [0, 0];
  while (ended < ends.length) {
    const [begin, end] = [begins[begun] ?? Infinity, ends[ended] ?? Infinity];
    if (end <= begin) {
      if (depth-- === 2 && from < end) crowded.push({ from, until: end });
      ended++;
    } else {
      if (++depth === 2) from = begin;
      begun++;
    }
  }
  return crowded;
}
