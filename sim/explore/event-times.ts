/**
 * The times of requests and faults in a tree: when one begins and when it is over, in microseconds.
 */
import { readDuration } from '../scenario/index.ts';
import { isMap } from './scenario-tree.ts';
import type { Tree } from './scenario-tree.ts';

/** A duration of a tree in microseconds; 0 for what is none. */
export function microsOf(leaf: Tree | undefined): number {
  const reading = typeof leaf === 'string' || typeof leaf === 'number' ? readDuration(leaf) : undefined;
  return reading?.kind === 'read' ? reading.value : 0;
}

/** When a request is sent, or a fault begins. */
export function beginningOf(event: Tree): number {
  return isMap(event) ? microsOf(event.at) : 0;
}

/** When a fault is over for the first time; its beginning for what does not last, or lasts for good. */
export function endOf(event: Tree): number {
  if (!isMap(event)) return 0;
  return event.until === undefined ? microsOf(event.at) + microsOf(event.for) : microsOf(event.until);
}
