/**
 * The event log as it is on screen: its filter, whether it follows the playhead, and the search that fills it. The search
 * runs in slices between frames, and a newer one ends an older one.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { EVERYTHING, type EventFilter } from './event-filter.ts';
import { EventSearch } from './event-search.ts';

/** Rows searched between two frames: by columns alone, or by sentences or causes, which cost hundreds of times as much. */
const SLICE = { columns: 400_000, sentences: 4_000, causes: 2_000 };

/** Calls back later, and answers with what calls that off. */
export type Later = (work: () => void) => () => void;

function afterThis(work: () => void): () => void {
  const timer = setTimeout(work, 0);
  return () => clearTimeout(timer);
}

export class EventLog {
  readonly #later: Later;
  #filter = $state.raw<EventFilter>(EVERYTHING);
  #search = $state.raw<EventSearch | undefined>();
  /** Of the search, which does not tell of its progress itself. */
  #count = $state(0);
  #share = $state(1);
  /** Whether the row of the playhead is kept in view. */
  follows = $state(true);

  constructor(later: Later = afterThis) {
    this.#later = later;
  }

  get filter(): EventFilter {
    return this.#filter;
  }

  set filter(filter: EventFilter) {
    this.#filter = filter;
  }

  /** Rows found so far. */
  get count(): number {
    return this.#count;
  }

  /** The part of the log that is searched, 0 … 1. */
  get share(): number {
    return this.#share;
  }

  /** What was found; its count is {@link count}. */
  get found(): EventSearch | undefined {
    return this.#search;
  }

  /** Searches a trace by the filter; answers with what stops it. For an effect, which runs it again when either changes. */
  search(trace: Trace): () => void {
    const search = new EventSearch(trace, this.#filter);
    const { from, text } = this.#filter;
    const rows = from !== undefined ? SLICE.causes : text ? SLICE.sentences : SLICE.columns;
    let stop = () => {};
    const go = () => {
      search.advance(rows);
      this.#count = search.count;
      this.#share = search.share;
      if (!search.isDone) stop = this.#later(go);
    };
    this.#search = search;
    go();
    return () => stop();
  }
}
