/**
 * A subject made of the model itself, for tests of the talk: it declares what a test wants and answers by the rules, but
 * for what the test does to its replies.
 */
import {
  type Ask,
  fieldsOf,
  integer,
  onWire,
  PROTOCOL,
  type Policies,
  REFERENCE_POLICIES,
  StoreModel,
} from '../../sim/conform/index.ts';
import type { Subject } from './in-process.ts';

/** What is known of a request, and the reply that the rules ask for. */
export interface Due {
  readonly ask: Ask | undefined;
  readonly op: unknown;
  readonly reply: Readonly<Record<string, unknown>>;
  /** Requests since the subject began. */
  readonly count: number;
}

/** How a subject of the model is to be made. */
export interface ModelSubjectOptions {
  readonly hello?: object;
  /** By what it decides; it need not say so in `hello`. */
  readonly policies?: Partial<Policies>;
  /** Its reply, whatever is due. */
  readonly meddle?: (due: Due) => string | undefined;
  /** Whether the operation is carried out at all. */
  readonly does?: (due: Omit<Due, 'reply'>) => boolean;
}

/** A subject of the model. */
export function modelSubject({ hello = {}, policies = {}, meddle, does }: ModelSubjectOptions = {}): Subject {
  const decided = { ...REFERENCE_POLICIES, ...policies };
  let model = new StoreModel(0n, decided);
  let count = 0;
  return (line) => {
    const request = fieldsOf(JSON.parse(line)) ?? {};
    const { id, op } = request;
    count += 1;
    const ask = askOf(request);
    if (op === 'reset') model = new StoreModel(integer(request.maxBytes) ?? 0n, decided);
    const isDone = does?.({ ask, op, count }) ?? true;
    const answer = ask === undefined || !isDone ? undefined : model.answer(ask).expected;
    const result = op === 'hello' ? { protocol: PROTOCOL, maxPayloadBytes: 0xffff_ffff, ...hello } : (answer ?? 'ok');
    const reply = { id, result };
    return meddle?.({ ask, op, reply, count }) ?? asLine(reply);
  };
}

/** A reply as its line. */
export function asLine(reply: object): string {
  return JSON.stringify(reply, (_key, value: unknown) => (typeof value === 'bigint' ? onWire(value) : value));
}

/** The operation that a request asks for; none for `hello`, `reset` and `bye`. */
export function askOf(request: Readonly<Record<string, unknown>>): Ask | undefined {
  const of = (name: string): bigint => integer(request[name]) ?? 0n;
  const now = of('now');
  const peer = Number(of('peer'));
  switch (request.op) {
    case 'enqueue':
      return { op: 'enqueue', now, peer, bytes: of('bytes'), fill: Number(of('fill')), ttl: of('ttl') };
    case 'takeFor':
    case 'lengthFor':
      return { op: request.op, now, peer };
    case 'expireNow':
      return { op: 'expireNow', now, at: of('at') };
    case 'totalLength':
    case 'stats':
    case 'peersWithHints':
      return { op: request.op, now };
    default:
      return undefined;
  }
}
