/**
 * The timeline of a trace, top to bottom: nodes, queues, bytes, expiries, clients. What a trace does not record is an
 * empty group with a sentence that says why.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { expiryLane } from './expiry-lane.ts';
import type { LaneGroup } from './lane.ts';
import { nodeLanes } from './node-lane.ts';
import { clientLanes } from './outcome-lane.ts';
import { queueLanes } from './queue-lane.ts';
import { storeLanes } from './store-lane.ts';

export function laneGroups(trace: Trace): readonly LaneGroup[] {
  const noHints =
    trace.level === 'counters'
      ? 'This run records counters only. Set record: hints to see single hints.'
      : 'No hint was stored in this run.';
  const queues = queueLanes(trace);
  return [
    { kind: 'nodes', title: 'Nodes', empty: '', lanes: nodeLanes(trace) },
    { kind: 'queues', title: 'Hints waiting', empty: noHints, lanes: queues },
    { kind: 'stores', title: 'Bytes against the cap', empty: noHints, lanes: storeLanes(trace) },
    { kind: 'expiries', title: 'Expiries', empty: noHints, lanes: queues.length > 0 ? [expiryLane(trace)] : [] },
    { kind: 'clients', title: 'Clients', empty: '', lanes: clientLanes(trace) },
  ];
}
