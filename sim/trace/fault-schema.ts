/**
 * The shape of a fault in the header of a trace file, and which nodes a fault names.
 */
import * as v from 'valibot';
import { unreachable } from '../../core/index.ts';
import type { PeerIndex } from '../../core/index.ts';
import type { Fault } from '../scenario/model/fault.ts';
import { amount, count, distributionValue, instantValue, integer, peerValue } from './value-schemas.ts';

const span = () => ({ from: instantValue(), until: instantValue(), cause: v.string() });
const ofNode = <Kind extends string>(kind: Kind) => v.object({ kind: v.literal(kind), node: peerValue(), ...span() });
const between = () => ({ sources: v.array(peerValue()), targets: v.array(peerValue()) });

/** Accepts what a Fault looks like after JSON. */
export const faultSchema = (): v.GenericSchema<unknown, Fault> =>
  v.variant('kind', [
    v.object({ ...ofNode('crash').entries, power: v.boolean(), tornBytes: count() }),
    ofNode('stop'),
    ofNode('loading'),
    ofNode('stall'),
    v.object({ ...ofNode('slow').entries, factor: amount() }),
    v.object({ kind: v.literal('partition'), ...span(), ...between(), isTwoWay: v.boolean() }),
    v.object({ kind: v.literal('loss'), ...span(), ...between(), share: amount() }),
    v.object({ ...ofNode('clock').entries, step: integer() }),
    ofNode('diskFull'),
    ofNode('pauseDrain'),
    v.object({ ...ofNode('reindex').entries, order: v.array(peerValue()) }),
    ofNode('replace'),
    ofNode('collect'),
    v.object({
      ...ofNode('flap').entries,
      what: v.picklist(['crash', 'stall']),
      up: distributionValue(),
      down: distributionValue(),
    }),
  ]);

/** Every node that a fault names. */
export function nodesOfFault(fault: Fault): readonly PeerIndex[] {
  switch (fault.kind) {
    case 'partition':
    case 'loss':
      return [...fault.sources, ...fault.targets];
    case 'reindex':
      return [fault.node, ...fault.order];
    case 'crash':
    case 'stop':
    case 'loading':
    case 'stall':
    case 'slow':
    case 'clock':
    case 'diskFull':
    case 'pauseDrain':
    case 'replace':
    case 'collect':
    case 'flap':
      return [fault.node];
    default:
      return unreachable(fault);
  }
}
