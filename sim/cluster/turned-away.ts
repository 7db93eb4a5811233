/**
 * Requests that no coordinator takes, because none is up: the client fails to connect. The request is recorded as sent
 * and failed, at the coordinator that it would have asked.
 */
import { OPERATIONS } from '../scenario/model/workload.ts';
import type { Operation } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import type { RequestOrigin } from './request-origin.ts';
import type { World } from './world.ts';

/** What {@link turnAway} writes to. */
export type FrontDoor = Pick<World, 'kernel' | 'recorder' | 'clocks' | 'versions'>;

/** Records a request that fails at once. Answers with its write id or read id. */
export function turnAway(
  { kernel, recorder, clocks, versions }: FrontDoor,
  node: number,
  operation: Operation,
  key: number,
  bytes: number,
  origin: RequestOrigin,
): number {
  if (operation === 'get') {
    const read = recorder.readIssued(kernel.now, node, key, recorder.newestAcked(key), origin.probeOf);
    recorder.readFailed(kernel.now, node, read);
    return read;
  }
  const code = OPERATIONS.indexOf(operation);
  const timestamp = clocks.wall(node);
  const write = recorder.writeIssued(kernel.now, node, key, bytes, code, timestamp, origin.retryOf);
  versions.add(write, code, timestamp, NONE);
  recorder.writeFailed(kernel.now, node, write);
  return write;
}
