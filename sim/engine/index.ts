/** The public names of sim/engine: what happens next, by what luck, and the digest of what happened. */
export { CHAIN_EVERY, Digest, firstDifference, MAX_CHAIN_VALUES } from './digest.ts';
export { Distribution } from './distribution.ts';
export type { Quantile, WeightedPart } from './distribution.ts';
export { EventQueue, MAX_PENDING_EVENTS } from './event-queue.ts';
export { avalanche, hashText } from './hash.ts';
export { KeyTable } from './key-table.ts';
export { lowestBit } from './lowest-bit.ts';
export { exp, ln, normalQuantile, power } from './portable-math.ts';
export { MAX_STREAMS, RandomStreams } from './random.ts';
export type { StreamId } from './random.ts';
export { MAX_ZIPF_COUNT, Zipf } from './zipf.ts';
