/**
 * The world of a run: the parts that other parts act through. Built once by the simulation; a part keeps what it was
 * handed and owns only its own state.
 */
import type { Recorder } from '../trace/recorder.ts';
import type { Beliefs } from './beliefs.ts';
import type { Kernel } from './kernel.ts';
import type { Links } from './links.ts';
import type { Messages } from './messages.ts';
import type { Nodes } from './nodes.ts';
import type { Topology } from './topology.ts';

export interface World {
  readonly kernel: Kernel;
  readonly topology: Topology;
  readonly nodes: Nodes;
  readonly beliefs: Beliefs;
  readonly links: Links;
  readonly messages: Messages;
  readonly recorder: Recorder;
}
