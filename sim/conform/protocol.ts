/**
 * What is said to a store under test: one JSON object a line, requests on its stdin, replies on its stdout.
 *
 *   > {"id":0,"op":"hello","protocol":1}
 *   < {"id":0,"result":{"protocol":1,"name":"my store"}}
 *   > {"id":1,"op":"reset","maxBytes":10}                                        < {"id":1,"result":"ok"}
 *   > {"id":2,"op":"enqueue","now":0,"peer":7,"bytes":3,"fill":1,"ttl":60}       < {"id":2,"result":"accepted"}
 *   > {"id":3,"op":"takeFor","now":5,"peer":7}                                   < {"id":3,"result":[{"bytes":3,"fill":1}]}
 *
 * Every request has an `id`, and its reply the same one; replies come in the order of the requests, which may arrive many
 * at a time. An integer above 2^53−1 is a string of digits, both ways. Instead of `result` a reply may have `error`, see
 * {@link Reply}. `now` is the time to pass to the store's clock, in microseconds; it never goes back after a `reset`.
 */

/** The version of the protocol; a subject answers `hello` with the one that it speaks. */
export const PROTOCOL = 1;

/** The largest integer that is written as a number. */
const MAX_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** One operation on a store. Sizes are in bytes, times in microseconds. */
export type Ask =
  /** A payload of `bytes` bytes, each of the value `fill` (0 … 255). Result: one of {@link EnqueueAnswer}. */
  | {
      readonly op: 'enqueue';
      readonly now: bigint;
      readonly peer: number;
      readonly bytes: bigint;
      readonly fill: number;
      readonly ttl: bigint;
    }
  /** Result: the hints handed out, in order, as `{bytes, fill}`, and with their `deadline` where the store tells it. */
  | { readonly op: 'takeFor'; readonly now: bigint; readonly peer: number }
  /** The sweep, judging by `at`, which may differ from `now`. Result: how many hints were dropped. */
  | { readonly op: 'expireNow'; readonly now: bigint; readonly at: bigint }
  /** Result: how many hints the peer has. */
  | { readonly op: 'lengthFor'; readonly now: bigint; readonly peer: number }
  /** Result: how many hints there are. */
  | { readonly op: 'totalLength'; readonly now: bigint }
  /** Result: `{hintCount, bytes, maxBytes, expiredTotal, rejectedOverCapacityTotal}`. */
  | { readonly op: 'stats'; readonly now: bigint }
  /** Result: the peers that have hints, in any order. */
  | { readonly op: 'peersWithHints'; readonly now: bigint };

/** What an enqueue may be answered with. */
export type EnqueueAnswer = 'accepted' | 'overCapacity' | 'zeroTtl' | 'emptyPayload';

/** The operations that a subject may do without: it names them in its reply to `hello`, and is never asked. */
export const OPTIONAL_OPERATIONS = ['lengthFor', 'totalLength', 'peersWithHints'] as const;

/** Whether the operation may change the store; the others only read it. */
export function mayChange({ op }: Ask): boolean {
  return op === 'enqueue' || op === 'takeFor' || op === 'expireNow';
}

/** Everything a subject is asked; `reset` makes a new, empty store, `bye` asks it to answer and end. */
export type Request =
  | { readonly op: 'hello'; readonly protocol: number }
  | { readonly op: 'reset'; readonly maxBytes: bigint }
  | { readonly op: 'bye' }
  | Ask;

/** What a line of the subject says. */
export type Reply =
  /** `digest` is optional: any text that stands for the hints held, counters left out. */
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown; readonly digest: string | undefined }
  /** `definite`: the operation has had no effect. Otherwise nobody knows, and what this store says from then on is not judged. */
  | { readonly kind: 'error'; readonly id: number; readonly definite: boolean; readonly message: string }
  | { readonly kind: 'junk'; readonly why: string };

/** The line that asks for `request`, without its line end. */
export function requestLine(id: number, request: Request): string {
  return JSON.stringify({ id, ...request }, (_key, value: unknown) =>
    typeof value === 'bigint' ? onWire(value) : value,
  );
}

/** An integer as the protocol writes it: a number as long as that is exact. */
export function onWire(value: bigint): number | string {
  return value <= MAX_NUMBER && value >= -MAX_NUMBER ? Number(value) : String(value);
}

/** The integer that the protocol writes so, or undefined if it is none. */
export function integer(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}

/** Reads a line of the subject. */
export function readReply(line: string): Reply {
  const said = parsed(line);
  if (said === undefined) return { kind: 'junk', why: 'it is not a JSON object' };
  const { id, result, error, digest } = said;
  if (typeof id !== 'number') return { kind: 'junk', why: 'it has no id' };
  if (error !== undefined) {
    const { definite, message } = fieldsOf(error) ?? {};
    if (typeof definite !== 'boolean') return { kind: 'junk', why: 'its error does not say definite: true or false' };
    return { kind: 'error', id, definite, message: typeof message === 'string' ? message : '' };
  }
  if (result === undefined) return { kind: 'junk', why: 'it has neither result nor error' };
  return { kind: 'result', id, result, digest: typeof digest === 'string' ? digest : undefined };
}

/** The fields of an object, or undefined for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}
