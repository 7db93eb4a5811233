/**
 * The lanes of a group in blocks: what the page lays out, watches for being on screen and keeps up to date at a time,
 * since to do that lane by lane costs a crowd of them more than drawing does.
 */
import type { Lane } from './lane.ts';

/** Lanes of a block: about as many as a screen is high. */
export const LANES_PER_BLOCK = 16;

/** The lanes in their order, {@link LANES_PER_BLOCK} at a time; the last block may be shorter. */
export function blocksOf(lanes: readonly Lane[]): (readonly Lane[])[] {
  const blocks: (readonly Lane[])[] = [];
  for (let from = 0; from < lanes.length; from += LANES_PER_BLOCK)
    blocks.push(lanes.slice(from, from + LANES_PER_BLOCK));
  return blocks;
}
