/**
 * The question of a sizing, and how a link says it: `x=hints.cap=64KiB..64MiB:6log&y=hints.ttl=5m,1h&of=lost&seeds=3`.
 * The axes are texts, read where they are used ({@link ../../sim/explore/sweep-axis.ts}); the rest is read here.
 */

/** What is swept, as typed. */
export interface SizingQuestion {
  /** `path=values` each: the columns, and the rows. */
  readonly x: string;
  readonly y: string;
  /** The metric on show, by its id. */
  readonly metric: string;
  /** Runs of each cell. */
  readonly seeds: number;
}

/** What the view opens with. */
export const OPENING_QUESTION: SizingQuestion = {
  x: 'hints.cap=64KiB..64MiB:6log',
  y: 'hints.ttl=5m,1h,3h',
  metric: 'lost',
  seeds: 3,
};

/** Runs of a cell on the page. More are for the command line. */
export const MOST_PAGE_SEEDS = 25;

/** The fields of a link. */
export function writeSizing({ x, y, metric, seeds }: SizingQuestion): readonly (readonly [string, string])[] {
  return [
    ['x', x],
    ['y', y],
    ['of', metric],
    ['seeds', String(seeds)],
  ];
}

/** What a link says, and what of it could not be read. A link without axes is about something else. */
export function parseSizing(fields: URLSearchParams): {
  readonly question: SizingQuestion | undefined;
  readonly problems: readonly string[];
} {
  const [x, y] = [fields.get('x'), fields.get('y')];
  if (x === null && y === null) return { question: undefined, problems: [] };
  const { seeds: usual, ...opening } = OPENING_QUESTION;
  const said = fields.get('seeds') ?? String(usual);
  const seeds = /^\d{1,3}$/.test(said) ? Number(said) : 0;
  const isSound = seeds >= 1 && seeds <= MOST_PAGE_SEEDS;
  const question = {
    x: x ?? opening.x,
    y: y ?? opening.y,
    metric: fields.get('of') ?? opening.metric,
    seeds: isSound ? seeds : usual,
  };
  const problem = `In the link, seeds should be 1 to ${MOST_PAGE_SEEDS}; found '${said.slice(0, 40)}', left out.`;
  return { question, problems: isSound ? [] : [problem] };
}
