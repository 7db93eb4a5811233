/**
 * Pins a violation, as the page asks for it: the simulator runs the scenario once more and writes the file. Bundled with
 * the worker and never with the page; a worker in a page of one file can import nothing later.
 */
import { pin } from '../../sim/explore/pin.ts';
import type { PinRequest, Reply } from './protocol.ts';

/** Answers with the file, or with why there is none. */
export function pinFile({
  id,
  text,
  file,
  sets,
  property,
}: PinRequest): Extract<Reply, { kind: 'pinned' | 'unpinned' }> {
  return { ...pin({ text, file, sets, property }), id };
}
