/**
 * What views share beside the workbench: the theme and the frame loop, reached by context.
 */
import { createContext } from 'svelte';
import type { FrameLoop } from './frame-loop.ts';
import type { ThemeState } from './theme.svelte.ts';

export interface PageParts {
  readonly theme: ThemeState;
  readonly frames: FrameLoop;
}

export const [getPage, setPage] = createContext<PageParts>();
