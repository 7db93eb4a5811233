/**
 * What carries messages: the part of the world that links are made from, before there are links and beliefs.
 */
import type { Recorder } from '../trace/recorder.ts';
import type { Kernel } from './kernel.ts';
import type { Messages } from './messages.ts';
import type { Nodes } from './nodes.ts';
import type { Topology } from './topology.ts';

/** What links are handed. */
export interface Wires {
  readonly kernel: Kernel;
  readonly topology: Topology;
  readonly nodes: Nodes;
  readonly messages: Messages;
  readonly recorder: Recorder;
}
