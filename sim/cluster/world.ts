/**
 * The world of a run: the parts that other parts act through. Built once by the simulation; a part keeps what it was
 * handed and owns only its own state.
 */
import type { Beliefs } from './beliefs.ts';
import type { Clocks } from './clocks.ts';
import type { Links } from './links.ts';
import type { Versions } from './versions.ts';
import type { Wires } from './wires.ts';

/** What every part that sends, believes or records is handed. */
export interface World extends Wires {
  readonly clocks: Clocks;
  readonly beliefs: Beliefs;
  readonly links: Links;
  readonly versions: Versions;
}
