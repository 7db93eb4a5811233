/**
 * The first divergence: where two runs of the same requests part. Each run is read as what it did to one request at a
 * time (`deeds.ts`), request by request, because the random streams of clients have names: what a client asks for does
 * not depend on the system that answers.
 *
 * What differs in kind goes before what differs in time alone: under another level every acknowledgement is a little
 * later, and that is not where two designs part.
 */
import { NEVER } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { readDeeds, writeDeeds } from './deeds.ts';
import type { Deed } from './deeds.ts';

/** One of the two runs at the point where they part. */
export interface DivergentSide {
  /** NEVER if it did nothing of the kind. */
  readonly at: number;
  /** A sentence without a full stop. */
  readonly text: string;
}

/** Where two runs part. */
export interface Divergence {
  /** The earlier of the two sides. */
  readonly at: number;
  /** The request, by its id in both runs. */
  readonly subject: { readonly kind: 'write' | 'read'; readonly id: number };
  /** `deed`: something else happened. `time`: the same, and nothing else in the whole run, at another time. */
  readonly kind: 'deed' | 'time';
  readonly first: DivergentSide;
  readonly other: DivergentSide;
}

/**
 * Where two runs part, or undefined if everything in them happened to the same requests at the same times. Both traces
 * must be at level `full`; below it nothing is told of single requests, and the answer is undefined. From the first
 * request that is not the same in both (closed loops and retries follow the answers), later ones are not compared.
 * O(requests up to the divergence × replicas).
 */
export function firstDivergence(first: Trace, other: Trace): Divergence | undefined {
  const search = new Search();
  const writes = requestCount(first.writes.issuedAt, other.writes.issuedAt);
  for (let id = 0; id < writes && !search.isOver; id++) {
    search.compare({ kind: 'write', id }, writeDeeds(first, id), writeDeeds(other, id));
  }
  search.begin();
  const reads = requestCount(first.reads.issuedAt, other.reads.issuedAt);
  for (let id = 0; id < reads && !search.isOver; id++) {
    search.compare({ kind: 'read', id }, readDeeds(first, id), readDeeds(other, id));
  }
  return search.found();
}

/** Whether both sides did their part, and not at once. Where one did nothing, the other did it where they part. */
export function areTimesApart({ first, other }: Divergence): boolean {
  return first.at !== other.at && first.at !== NEVER && other.at !== NEVER;
}

function requestCount(first: Float64Array, other: Float64Array): number {
  return Math.max(first.length, other.length);
}

/** The earliest difference of each kind so far. */
class Search {
  #deed: Divergence | undefined;
  #time: Divergence | undefined;
  #isOver = false;

  /** Nothing that is still to come can be the first divergence, or compared at all. */
  get isOver(): boolean {
    return this.#isOver;
  }

  found(): Divergence | undefined {
    return this.#deed ?? this.#time;
  }

  /** Another table of requests begins. */
  begin(): void {
    this.#isOver = false;
  }

  /** Compares what became of a request in both runs: deeds by their aspect, the request itself first. */
  compare(subject: Divergence['subject'], first: readonly Deed[], other: readonly Deed[]): void {
    const others = new Map(other.map((deed) => [deed.aspect, deed]));
    for (const deed of first) {
      const match = others.get(deed.aspect);
      this.#weigh(subject, deed, match ?? { tell: whyNothing(other) ?? deed.tellAbsence });
      others.delete(deed.aspect);
    }
    for (const deed of others.values()) {
      this.#weigh(subject, { tell: whyNothing(first) ?? deed.tellAbsence }, deed);
    }
    const issued = first[0] ?? other[0];
    const isSame = first[0]?.mark === other[0]?.mark;
    this.#isOver = !isSame || (this.#deed !== undefined && (issued?.at ?? 0) > this.#deed.at);
  }

  #weigh(subject: Divergence['subject'], first: Side, other: Side): void {
    const isDeed = first.mark !== other.mark;
    const { at: firstAt = NEVER } = first;
    const { at: otherAt = NEVER } = other;
    if (!isDeed && firstAt === otherAt) return;
    const at = Math.min(firstAt, otherAt);
    const best = isDeed ? this.#deed : this.#time;
    if (best !== undefined && best.at <= at) return;
    const divergence: Divergence = {
      at,
      subject,
      kind: isDeed ? 'deed' : 'time',
      first: { at: firstAt, text: first.tell() },
      other: { at: otherAt, text: other.tell() },
    };
    if (isDeed) this.#deed = divergence;
    else this.#time = divergence;
  }
}

/** A deed, or what to say where a run did nothing of the kind. */
type Side = Pick<Deed, 'tell'> & Partial<Pick<Deed, 'mark' | 'at'>>;

/** What to say of a write that its coordinator turned away: it set out to no replica, and that is why. */
function whyNothing(deeds: readonly Deed[]): Deed['tell'] | undefined {
  if (deeds.some(({ aspect }) => aspect.startsWith('way '))) return undefined;
  return deeds.find(({ mark }) => mark === 'failed')?.tell;
}
