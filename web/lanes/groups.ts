/**
 * The timeline of a trace, top to bottom: nodes, beliefs, queues, bytes, expiries, clients, staleness, links. What a
 * trace does not record is an empty group with a sentence that says why.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { beliefLanes } from './belief-lane.ts';
import { linkLanes, staleLanes } from './count-lane.ts';
import { expiryLane } from './expiry-lane.ts';
import { once, type Lane, type LaneGroup } from './lane.ts';
import { nodeLanes } from './node-lane.ts';
import { clientLanes } from './outcome-lane.ts';
import { percentileLanes } from './percentile-lane.ts';
import { queueLanes } from './queue-lane.ts';
import { storeLanes } from './store-lane.ts';

export function laneGroups(trace: Trace): readonly LaneGroup[] {
  const noHints =
    trace.level === 'counters'
      ? 'This run records counters only. Set record: hints to see single hints.'
      : 'No hint was stored in this run.';
  const noLog = 'This run does not record single messages and writes. Set record: full to see them.';
  const queues = queueLanes(trace);
  return [
    { kind: 'nodes', title: 'Nodes', empty: '', lanes: nodeLanes(trace) },
    lazyGroup('beliefs', 'What each node believes', 'No node was ever down, or taken for it.', () =>
      beliefLanes(trace),
    ),
    { kind: 'queues', title: 'Hints waiting', empty: noHints, lanes: queues },
    { kind: 'stores', title: 'Bytes against the cap', empty: noHints, lanes: storeLanes(trace) },
    { kind: 'expiries', title: 'Expiries', empty: noHints, lanes: queues.length > 0 ? [expiryLane(trace)] : [] },
    { kind: 'clients', title: 'Clients', empty: '', lanes: [...clientLanes(trace), ...percentileLanes(trace)] },
    lazyGroup('stale', 'Keys behind, by replica', noLog, () => staleLanes(trace)),
    lazyGroup('links', 'On the way, by link', noLog, () => linkLanes(trace)),
  ];
}

function lazyGroup(kind: LaneGroup['kind'], title: string, empty: string, make: () => readonly Lane[]): LaneGroup {
  const lanes = once(make);
  return {
    kind,
    title,
    empty,
    get lanes() {
      return lanes();
    },
  };
}
