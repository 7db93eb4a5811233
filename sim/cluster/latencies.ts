/**
 * Latencies: how long a message is on its way. The law goes by what the message is, or by the distance where its purpose
 * has none of its own; a node's own backend is reached at local latency. Constant laws draw nothing.
 */
import { assert, duration } from '../../core/index.ts';
import type { Duration } from '../../core/index.ts';
import { Distribution } from '../engine/index.ts';
import type { StreamId } from '../engine/index.ts';
import type { MessagePurpose, Scenario } from '../scenario/model/scenario.ts';
import { NONE } from '../trace/trace.ts';
import { samplerOf } from './sampler.ts';
import type { Wires } from './wires.ts';

/** By kind of message, from WRITE to REPLY_TO_PEEK: whose law it travels by. */
const PURPOSES = [
  'write',
  'read',
  'replay',
  'gossip',
  'write',
  'write',
  'gossip',
  'read',
  'ack',
  'response',
  'ack',
  'ack',
  'response',
] as const satisfies readonly MessagePurpose[];

/** What has a random stream of its own on every link: changing one kind of traffic leaves the luck of others as it was. */
const STREAMS = ['requests', 'replay', 'gossip', 'replies', 'repairs', 'replies to replay'] as const;
/** By kind of message, as above: its stream. */
const STREAM_OF = [0, 0, 1, 2, 4, 0, 2, 0, 3, 3, 5, 3, 3];

/** The latencies of all links and of all backends. */
export class Latencies {
  readonly #world: Pick<Wires, 'kernel' | 'topology'>;
  readonly #names: readonly string[];
  /** By kind of message: between datacentres, then within one. */
  readonly #laws: readonly Distribution[];
  readonly #local: Distribution;
  /** Per link and entry of {@link STREAMS}: its random stream + 1, or 0 before its first use. */
  readonly #streams: Int32Array;
  readonly #localStreams: Int32Array;
  readonly #slow: Float64Array;

  constructor(world: Pick<Wires, 'kernel' | 'topology'>, { nodes, network }: Pick<Scenario, 'nodes' | 'network'>) {
    const near = samplerOf(network.sameDatacentre);
    const far = samplerOf(network.crossDatacentre);
    const lawsAt = (distance: Distribution): Distribution[] =>
      PURPOSES.map((purpose) => {
        const own = network.byPurpose[purpose];
        return own === undefined ? distance : samplerOf(own);
      });
    this.#world = world;
    this.#names = nodes.map((node) => node.name);
    const { farExtra } = network;
    const beyond = (law: Distribution): Distribution => (farExtra === 0 ? law : Distribution.shifted(farExtra, law));
    this.#laws = [...lawsAt(far).map(beyond), ...lawsAt(near)];
    this.#local = samplerOf(network.local);
    this.#streams = new Int32Array(nodes.length * nodes.length * STREAMS.length);
    this.#localStreams = Int32Array.from(nodes, (node) =>
      world.kernel.streams.open(`node ${node.name}`, 'backend latency'),
    );
    this.#slow = new Float64Array(nodes.length).fill(1);
  }

  /** How long a message of a kind takes over the link from one node to another, in either direction. */
  of(from: number, to: number, kind: number): Duration {
    const distance = this.#world.topology.areNear(from, to) ? PURPOSES.length : 0;
    const law = this.#laws[distance + kind];
    assert(law !== undefined, 'every kind of message has a law', kind);
    return law.sampleMicros(this.#world.kernel.streams, law.isConstant ? NONE : this.#streamOf(from, to, kind));
  }

  /** How long a node takes to its own backend and back. */
  ofOwn(node: number): Duration {
    const time = this.#local.sampleMicros(this.#world.kernel.streams, this.#localStreams[node] ?? 0);
    const factor = this.#slow[node] ?? 1;
    return factor === 1 ? time : duration(Math.min(Math.round(time * factor), Number.MAX_SAFE_INTEGER));
  }

  /** Own latency of a node takes `factor` times as long from now on; 1 is its usual time. */
  setSlow(node: number, factor: number): void {
    this.#slow[node] = factor;
  }

  #streamOf(from: number, to: number, kind: number): StreamId {
    const entry = STREAM_OF[kind] ?? 0;
    const slot = this.#world.topology.link(from, to) * STREAMS.length + entry;
    const known = this.#streams[slot] ?? 0;
    if (known !== 0) return known - 1;
    const entity = `link ${this.#names[from]}>${this.#names[to]}`;
    const stream = this.#world.kernel.streams.open(entity, `latency of ${STREAMS[entry]}`);
    this.#streams[slot] = stream + 1;
    return stream;
  }
}
