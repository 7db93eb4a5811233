/**
 * Open-loop arrivals: when the requests of a class come, whatever the cluster answers. Steady ones are met exactly at any
 * rate; others are independent gaps of any law.
 */
import { instant, MICROS_PER_SECOND } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { Distribution, RandomStreams, StreamId } from '../engine/index.ts';
import type { Arrivals } from '../scenario/model/workload.ts';
import { samplerOf } from './sampler.ts';

/** The instants of the arrivals of a class of clients, in order. */
export class OpenArrivals {
  readonly #from: Instant;
  readonly #rate: number;
  /** Undefined: steady. */
  readonly #gap: Distribution | undefined;
  readonly #streams: RandomStreams;
  readonly #stream: StreamId;
  #sent = 0;
  /** The exact time of the last arrival: rounded only on its way out, so that a rate is met exactly. */
  #at: number;

  /** @param stream of the gaps */
  constructor(
    arrivals: Exclude<Arrivals, { readonly kind: 'closed' }>,
    from: Instant,
    streams: RandomStreams,
    stream: StreamId,
  ) {
    this.#from = from;
    this.#rate = arrivals.rate;
    this.#gap = arrivals.kind === 'steady' ? undefined : samplerOf(arrivals.gap);
    this.#streams = streams;
    this.#stream = stream;
    this.#at = from;
  }

  /** The next arrival. */
  next(): Instant {
    this.#sent++;
    this.#at =
      this.#gap === undefined
        ? this.#from + (this.#sent * MICROS_PER_SECOND) / this.#rate
        : this.#at + this.#gap.sample(this.#streams, this.#stream);
    return instant(Math.min(Math.round(this.#at), Number.MAX_SAFE_INTEGER));
  }
}
