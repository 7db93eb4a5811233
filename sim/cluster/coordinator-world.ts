/**
 * What a coordinator acts through, beside the world: where hints go, and the backends. Shared by the parts that it is
 * made of.
 */
import type { Backends } from './backends.ts';
import type { Handoff } from './handoff.ts';
import type { World } from './world.ts';

/** The world of a coordinator. */
export interface CoordinatorWorld extends World {
  readonly handoff: Handoff;
  readonly backends: Backends;
}
