/**
 * Room for a message of a coordinator: in the channel of its link, or at the coordinator's own backend, which has no
 * channel but may have a bounded queue. A message without room is never sent (after `try_send`, handoff-systems §1.2);
 * what becomes of its request is the caller's to decide.
 */
import type { CoordinatorWorld } from './coordinator-world.ts';

/** What room is looked for in, and counted by. */
export type Rooms = Pick<CoordinatorWorld, 'links' | 'backends' | 'topology' | 'recorder'>;

/** A message may leave; if not, it is counted as refused. @param to another node, or the coordinator itself */
export function hasRoom({ links, backends, topology, recorder }: Rooms, coordinator: number, to: number): boolean {
  const isOwn = to === coordinator;
  if (isOwn ? backends.admits(to) : links.hasRoom(topology.link(coordinator, to))) return true;
  recorder.counters.refused++;
  return false;
}
