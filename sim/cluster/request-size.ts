/**
 * Sizes of requests: the bytes of a Redis command on the wire, from the lengths of its key and value; or a size given
 * whole.
 */
import { MAX_PAYLOAD_BYTES } from '../../core/index.ts';
import { Distribution } from '../engine/index.ts';
import type { RandomStreams, StreamId } from '../engine/index.ts';
import type { Operation, RequestSize } from '../scenario/model/workload.ts';
import { samplerOf } from './sampler.ts';

/** Samples the bytes of requests. */
export class RequestSampler {
  readonly #isWhole: boolean;
  readonly #key: Distribution;
  readonly #value: Distribution;
  readonly #streams: RandomStreams;
  readonly #keyStream: StreamId;
  readonly #valueStream: StreamId;

  /** @param entity whose luck it is: the first name of its random streams */
  constructor(size: RequestSize, streams: RandomStreams, entity: string) {
    this.#isWhole = size.kind === 'payload';
    this.#key = size.kind === 'payload' ? Distribution.constant(0) : samplerOf(size.key);
    this.#value = samplerOf(size.kind === 'payload' ? size.payload : size.value);
    this.#streams = streams;
    this.#keyStream = streams.open(entity, 'key size');
    this.#valueStream = streams.open(entity, 'value size');
  }

  /** Bytes of the next request that writes: 1 … {@link MAX_PAYLOAD_BYTES}, whatever the tail of a distribution says. */
  sample(operation: Exclude<Operation, 'get'>): number {
    if (this.#isWhole) return Math.min(this.#length(this.#value, this.#valueStream), MAX_PAYLOAD_BYTES);
    const value = operation === 'set' ? this.#length(this.#value, this.#valueStream) : 0;
    const key = this.#length(this.#key, this.#keyStream);
    const bytes = operation === 'set' ? redisSetBytes(key, value) : redisKeyCommandBytes(NAMES[operation], key);
    return Math.min(bytes, MAX_PAYLOAD_BYTES);
  }

  #length(law: Distribution, stream: StreamId): number {
    return Math.max(1, Math.round(law.sample(this.#streams, stream)));
  }
}

/** What Redis calls the operations that take a key alone. */
const NAMES = { delete: 'DEL', increment: 'INCR' } as const;

/** The bytes of `SET key value` on the Redis wire: an array of three bulk strings. */
export function redisSetBytes(key: number, value: number): number {
  return '*3\r\n$3\r\nSET\r\n'.length + bulkStringBytes(key) + bulkStringBytes(value);
}

/** The bytes of a command of a name and a key: an array of two bulk strings. */
function redisKeyCommandBytes(name: string, key: number): number {
  return '*2\r\n'.length + bulkStringBytes(name.length) + bulkStringBytes(key);
}

/** `$<length>\r\n<content>\r\n` */
function bulkStringBytes(content: number): number {
  return 1 + String(content).length + 2 + content + 2;
}
