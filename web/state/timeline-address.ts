/**
 * The timeline in a link: `by=event`, `fold=queues.links`, and a `note=41000000.text` for each marked moment.
 * Parsing is as forgiving as that of the rest of the address: what is broken is named and left out.
 */

/** A marked moment. */
export interface Note {
  /** Microseconds. */
  readonly at: number;
  readonly text: string;
}

export interface TimelineAddress {
  readonly byEvent: boolean;
  /** Kinds of groups that are folded where by default they are not, or the other way round. */
  readonly turned: readonly string[];
  /** Ascending by moment, each moment once. */
  readonly notes: readonly Note[];
}

/** More notes than this are not kept. */
export const MOST_NOTES = 40;
/** Characters of a note. */
export const LONGEST_NOTE = 200;

/** The fields of a link. */
export function writeTimeline({ byEvent, turned, notes }: TimelineAddress): readonly (readonly [string, string])[] {
  return [
    ...(byEvent ? [['by', 'event'] as const] : []),
    ...(turned.length > 0 ? [['fold', turned.join('.')] as const] : []),
    ...notes.map(({ at, text }) => ['note', `${at}.${text}`] as const),
  ];
}

/** What a link says, and what of it could not be read. */
export function parseTimeline(fields: URLSearchParams): {
  readonly address: TimelineAddress | undefined;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const by = fields.get('by');
  if (by !== null && by !== 'event')
    problems.push(`In the link, by should be event; found '${by.slice(0, 40)}', left out.`);
  const fold = fields.get('fold') ?? '';
  const turned = fold.split('.').filter((kind) => /^[a-z]{1,20}$/.test(kind));
  const notes = new Map<number, string>();
  for (const each of fields.getAll('note').slice(0, MOST_NOTES)) {
    const [, at, text = ''] = /^(\d{1,15})\.(.*)$/s.exec(each) ?? [];
    if (at === undefined)
      problems.push(`In the link, note should be a moment and a text; found '${each.slice(0, 40)}', left out.`);
    else notes.set(Number(at), text.slice(0, LONGEST_NOTE));
  }
  const inOrder = [...notes].sort(([a], [b]) => a - b).map(([at, text]) => ({ at, text }));
  const isPlain = by !== 'event' && turned.length === 0 && inOrder.length === 0;
  return { address: isPlain ? undefined : { byEvent: by === 'event', turned, notes: inOrder }, problems };
}
