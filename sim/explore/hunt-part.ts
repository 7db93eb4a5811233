/**
 * Which runs of a hunt a report is about. A shard is a part of the hunt and says which one, so that a merge neither
 * counts a run twice nor takes a part for the whole.
 */

/** Runs [from, to) of a hunt. */
export interface RunSpan {
  readonly from: number;
  readonly to: number;
}

/** The runs that were made of those that were asked for. */
export interface HuntPart {
  /** In the order of runs, none of them empty; spans that touch are one. */
  readonly spans: readonly RunSpan[];
  /** Runs of the whole hunt. */
  readonly of: number;
}

/** The part of one stretch, which may be empty. */
export function stretch(from: number, to: number, of: number): HuntPart {
  return { spans: from < to ? [{ from, to }] : [], of };
}

/** All parts as one, in whatever order they come; or the first span that two of them have. They are of one hunt. */
export function joinedParts(first: HuntPart, others: readonly HuntPart[]): HuntPart | RunSpan {
  const spans: RunSpan[] = [];
  const sorted = [first, ...others].flatMap((part) => part.spans).toSorted((a, b) => a.from - b.from);
  for (const span of sorted) {
    const last = spans.at(-1);
    if (last !== undefined && span.from < last.to) return { from: span.from, to: Math.min(span.to, last.to) };
    if (last?.to === span.from) spans[spans.length - 1] = { from: last.from, to: span.to };
    else spans.push(span);
  }
  return { spans, of: first.of };
}

/** The runs that were asked for and not made, in order. */
export function missingRuns({ spans, of }: HuntPart): readonly RunSpan[] {
  const ends = [0, ...spans.map(({ to }) => to)];
  const beginnings = [...spans.map(({ from }) => from), of];
  return ends.flatMap((from, index) => stretch(from, beginnings[index] ?? of, of).spans);
}

/** Whether a part that was read is one that a hunt can have made, of so many runs. */
export function isPartOf(part: HuntPart, runs: number): boolean {
  const sum = part.spans.reduce((total, { from, to }) => total + to - from, 0);
  const isOrdered = part.spans.every(({ from, to }, index) => from < to && from > (part.spans[index - 1]?.to ?? -1));
  return isOrdered && sum === runs && (part.spans.at(-1)?.to ?? 0) <= part.of;
}
