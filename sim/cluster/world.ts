/**
 * The world of a run: the parts that other parts act through. Built once by the simulation; a part keeps what it was
 * handed and owns only its own state.
 */
import type { Beliefs } from './beliefs.ts';
import type { Links, LinkWorld } from './links.ts';

/** What every part that sends, believes or records is handed. */
export interface World extends LinkWorld {
  readonly beliefs: Beliefs;
  readonly links: Links;
}
