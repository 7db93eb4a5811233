/**
 * What views share beside the workbench: the theme, the frame loop, the turns and the context menu, reached by context.
 */
import { createContext } from 'svelte';
import type { FrameLoop } from './frame-loop.ts';
import type { Menu } from './menu.svelte.ts';
import type { ThemeState } from './theme.svelte.ts';
import type { Turns } from './turns.ts';

export interface PageParts {
  readonly theme: ThemeState;
  readonly frames: FrameLoop;
  readonly turns: Turns;
  readonly menu: Menu;
}

export const [getPage, setPage] = createContext<PageParts>();
