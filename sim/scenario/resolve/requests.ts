/**
 * Requests written out one by one: sorted by time, their keys numbered behind those of the classes of clients.
 */
import { bytes, instant, peerIndex } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { MAX_REQUESTS } from '../bounds.ts';
import type { Operation, ScriptedRequest, Workload } from '../model/workload.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { RequestDocument } from '../schema/workload.ts';
import { writeDuration } from '../text/quantities.ts';
import type { PeerTable } from './nodes.ts';
import type { Resolution } from './resolution.ts';
import { MAX_REQUEST_BYTES } from './workloads.ts';

/** A Redis SET of a key of 16 B and a value of 200 B: 28 B of commands and lengths around them. */
const DEFAULT_BYTES = 244;

/** Scripted requests, and the names of their keys. */
export interface Script {
  readonly requests: readonly ScriptedRequest[];
  readonly keyNames: readonly string[];
}

/** The requests of a document, of which those after the end of the run are left out with a note. */
export function resolveRequests(
  { requests = [] }: ScenarioDocument,
  duration: Duration,
  workloads: readonly Workload[],
  peers: PeerTable,
  resolution: Resolution,
): Script {
  if (requests.length > MAX_REQUESTS) {
    const expected = `at most ${MAX_REQUESTS} requests written out`;
    resolution.problem(['requests'], { code: 'limit', expected, found: `${requests.length}` });
    return { requests: [], keyNames: [] };
  }
  const first = workloads.reduce((most, { keys }) => Math.max(most, keys.count), 0);
  const keys = new Map<string, number>();
  const scripted = requests.flatMap((document, index): readonly ScriptedRequest[] => {
    if (document.at > duration) {
      const ends = `the run ends at ${writeDuration(duration)}, before this request, which is never sent`;
      resolution.note(['requests', index, 'at'], ends);
      return [];
    }
    const { operation, name } = keyOf(document);
    const key = keys.get(name) ?? first + keys.size;
    keys.set(name, key);
    const coordinator = coordinatorOf(document, index, peers, resolution);
    const size = sizeOf(document, index, resolution);
    return [{ at: instant(document.at), operation, key, bytes: bytes(size), coordinator, level: document.level }];
  });
  return { requests: scripted.toSorted((a, b) => a.at - b.at), keyNames: [...keys.keys()] };
}

/** What a request does, and the name of its key, which is the value of the key that says what it does. */
function keyOf(document: RequestDocument): { readonly operation: Operation; readonly name: string } {
  if ('set' in document) return { operation: 'set', name: document.set };
  if ('delete' in document) return { operation: 'delete', name: document.delete };
  if ('increment' in document) return { operation: 'increment', name: document.increment };
  return { operation: 'get', name: document.get };
}

function coordinatorOf(
  { on }: RequestDocument,
  index: number,
  peers: PeerTable,
  resolution: Resolution,
): ScriptedRequest['coordinator'] {
  if (on === undefined) return peerIndex(0);
  const coordinator = peers.indexOf.get(on);
  if (coordinator === undefined) resolution.unknownName(['requests', index, 'on'], on, 'a node', peers.indexOf);
  return coordinator ?? peerIndex(0);
}

function sizeOf(document: RequestDocument, index: number, resolution: Resolution): number {
  if (!('size' in document)) return 'get' in document ? 0 : DEFAULT_BYTES;
  const size = document.size ?? DEFAULT_BYTES;
  if (size > MAX_REQUEST_BYTES)
    resolution.problem(['requests', index, 'size'], { code: 'range', expected: 'a size from 1B to 1GiB' });
  return size;
}
