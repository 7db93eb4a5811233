/**
 * What the scenario breaks, in sentences: faults when they begin and when they end.
 */
import { unreachable } from '../../../core/index.ts';
import type { Fault } from '../../scenario/model/fault.ts';
import { formatDuration } from '../format.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { nodeName, nodeNames } from './names.ts';

/** A fault began: what is broken from here on, and the cause that the scenario gives. */
export function faultBegan(trace: Trace, { subject }: Happening): string {
  const fault = trace.scenario.faults[subject];
  if (fault === undefined) return 'a fault began';
  const cause = fault.cause === '' ? '' : ` (${fault.cause})`;
  return `${whatBegan(trace, fault)}${cause}`;
}

/** A fault ended: what works again. */
export function faultEnded(trace: Trace, { subject }: Happening): string {
  const fault = trace.scenario.faults[subject];
  return fault === undefined ? 'a fault ended' : whatEnded(trace, fault);
}

function whatBegan(trace: Trace, fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
      return `${nodeName(trace, fault.node)}${fault.power ? ' lost power' : "'s process died"}`;
    case 'stop':
      return `${nodeName(trace, fault.node)} was told to stop`;
    case 'loading':
      return `${nodeName(trace, fault.node)}'s backend began to load and answers every request with an error`;
    case 'stall':
      return `${nodeName(trace, fault.node)}'s backend stalled: it answers nothing`;
    case 'slow':
      return `${nodeName(trace, fault.node)} became slow: it takes ${fault.factor} times as long`;
    case 'partition':
      return `a partition began: nothing gets from ${pairs(trace, fault)}${fault.isTwoWay ? ', nor back' : ''}`;
    case 'loss':
      return `messages from ${pairs(trace, fault)} are lost with probability ${fault.share}`;
    case 'clock': {
      const way = fault.step < 0 ? 'back' : 'ahead';
      return `${nodeName(trace, fault.node)}'s clock jumped ${way} by ${formatDuration(Math.abs(fault.step))}`;
    }
    case 'diskFull':
      return `${nodeName(trace, fault.node)}'s hint disk became full: it takes no append`;
    case 'pauseDrain':
      return `${nodeName(trace, fault.node)} stopped delivering hints: dispatch is paused`;
    case 'reindex':
      return `${nodeName(trace, fault.node)} will find its peers at other positions when it starts next`;
    case 'replace':
      return `${nodeName(trace, fault.node)} died for good, and an empty node will take its name`;
    case 'flap':
      return `${nodeName(trace, fault.node)} began to come and go`;
    case 'collect':
      return `${nodeName(trace, fault.node)} collected its tombstones, whatever their age`;
    default:
      return unreachable(fault);
  }
}

function whatEnded(trace: Trace, fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
    case 'stop':
      return `${nodeName(trace, fault.node)} may start again`;
    case 'loading':
      return `${nodeName(trace, fault.node)}'s backend had loaded and serves again`;
    case 'stall':
      return `${nodeName(trace, fault.node)}'s backend answers again`;
    case 'slow':
      return `${nodeName(trace, fault.node)} is as fast as before`;
    case 'partition':
      return `the partition between ${nodeNames(trace, fault.sources)} and ${nodeNames(trace, fault.targets)} healed`;
    case 'loss':
      return `no more messages from ${pairs(trace, fault)} are lost`;
    case 'clock':
      return `${nodeName(trace, fault.node)}'s clock jumped to where it would have been`;
    case 'diskFull':
      return `${nodeName(trace, fault.node)}'s hint disk takes appends again`;
    case 'pauseDrain':
      return `${nodeName(trace, fault.node)} delivers hints again`;
    case 'reindex':
      return `${nodeName(trace, fault.node)} will find its peers where they were`;
    case 'replace':
      return `an empty node took the name of ${nodeName(trace, fault.node)}`;
    case 'flap':
      return `${nodeName(trace, fault.node)} stopped coming and going`;
    case 'collect':
      return `${nodeName(trace, fault.node)} had collected its tombstones`;
    default:
      return unreachable(fault);
  }
}

/** `a and b to c`. */
function pairs(
  trace: Trace,
  { sources, targets }: { readonly sources: readonly number[]; readonly targets: readonly number[] },
): string {
  return `${nodeNames(trace, sources)} to ${nodeNames(trace, targets)}`;
}
