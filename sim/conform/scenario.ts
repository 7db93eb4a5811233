/**
 * A random life of a store as plain data, and the script of requests it stands for. Every operation makes sense in every
 * state and time is an operation of its own, so that any part of a scenario is a scenario and reducing can delete freely.
 *
 * After each operation that may change the store its books are asked for, and at the end everything else there is to ask.
 */
import type { Ask } from './protocol.ts';
import type { Subject } from './policies.ts';

/** One operation; sizes in bytes, times in microseconds, all of them integers. */
export type StoreOperation =
  | { readonly op: 'enqueue'; readonly peer: number; readonly bytes: number; readonly ttl: number }
  | { readonly op: 'takeFor'; readonly peer: number }
  | { readonly op: 'advance'; readonly by: number }
  /** A sweep at `offset` from the clock's now, but never before 0. */
  | { readonly op: 'expireNow'; readonly offset: number }
  | { readonly op: 'lengthFor'; readonly peer: number }
  | { readonly op: 'totalLength' }
  | { readonly op: 'peersWithHints' };

/** A store's cap (0: none) and its life, from instant 0 on. */
export interface StoreScenario {
  readonly maxBytes: number;
  readonly operations: readonly StoreOperation[];
}

/** What is asked of one store, from its `reset` on. */
export interface Script {
  readonly maxBytes: bigint;
  readonly asks: readonly Ask[];
}

/** Payloads are told apart by the byte they are filled with: the position of the enqueue, modulo this prime. */
const FILLS = 251;

/** The requests of a scenario, as far as the subject knows the operations. */
export function scriptOf({ maxBytes, operations }: StoreScenario, subject: Subject): Script {
  const asks: Ask[] = [];
  let micros = 0;
  let enqueues = 0;
  for (const operation of operations) {
    const now = BigInt(micros);
    switch (operation.op) {
      case 'advance':
        micros += operation.by;
        continue;
      case 'enqueue': {
        const { op, peer, bytes, ttl } = operation;
        asks.push({ op, now, peer, bytes: BigInt(bytes), fill: enqueues % FILLS, ttl: BigInt(ttl) });
        enqueues += 1;
        break;
      }
      case 'takeFor':
        asks.push({ op: 'takeFor', now, peer: operation.peer });
        break;
      case 'expireNow':
        asks.push({ op: 'expireNow', now, at: BigInt(Math.max(0, micros + operation.offset)) });
        break;
      case 'lengthFor':
        asks.push({ op: 'lengthFor', now, peer: operation.peer });
        continue;
      default:
        asks.push({ op: operation.op, now });
        continue;
    }
    asks.push({ op: 'stats', now });
  }
  asks.push(...lastQuestions(operations, BigInt(micros)));
  return { maxBytes: BigInt(maxBytes), asks: asks.filter(({ op }) => !subject.without.includes(op)) };
}

function lastQuestions(operations: readonly StoreOperation[], now: bigint): Ask[] {
  const peers = new Set<number>();
  for (const operation of operations) if ('peer' in operation) peers.add(operation.peer);
  const lengths = [...peers].map((peer) => ({ op: 'lengthFor', now, peer }) as const);
  return [{ op: 'peersWithHints', now }, { op: 'totalLength', now }, ...lengths];
}
