/**
 * The talk with a subject, as a search for lines: it yields the lines to send and is resumed with those that came back.
 * Who carries them is no concern of it: a pipe to a process in another language, or a function in a test.
 *
 * Many requests go out before the first reply is read, so a campaign is as fast as the two sides can write and read.
 */
import { PROTOCOL, readReply, type Reply, type Request, requestLine } from './protocol.ts';

/** Lines to send, all at once. */
export interface Batch {
  /** To a new subject; the one before, if any, is to be ended. */
  readonly fresh: boolean;
  readonly lines: readonly string[];
}

/** Why fewer lines came back than were sent. */
export type Breakdown =
  | { readonly kind: 'notStarted'; readonly why: string }
  /** It ended, with a code or by a signal; `stderr` is the end of what it complained of. */
  | { readonly kind: 'ended'; readonly how: string; readonly stderr: string }
  | { readonly kind: 'silent'; readonly afterMillis: number; readonly stderr: string }
  /** It wrote more than anybody asked for, in one line or in many. */
  | { readonly kind: 'flood'; readonly mebibytes: number; readonly stderr: string };

/** One line for each that was sent, or fewer and the reason. */
export interface Received {
  readonly lines: readonly string[];
  readonly breakdown?: Breakdown;
}

/** A talk that comes to a result: yields what to send, is resumed with what came back. */
export type Talk<Result> = Generator<Batch, Result, Received>;

/** One request with what came of it. */
export interface Exchange {
  readonly id: number;
  readonly request: string;
  /** Undefined if nothing came back: see `breakdown`. */
  readonly line: string | undefined;
  readonly breakdown: Breakdown | undefined;
}

/** Keeps the ids of a talk, and starts a new subject, with `hello`, where the last one cannot be relied on. */
export class Dialogue {
  #nextId = 0;
  #fresh = true;

  /** What comes next is asked of a new subject. */
  restart(): void {
    this.#fresh = true;
    this.#nextId = 0;
  }

  /** Sends requests and pairs each with its line; the first of a new subject is always `hello`. */
  *exchange(requests: readonly Request[]): Talk<readonly Exchange[]> {
    const fresh = this.#fresh;
    const greeting: readonly Request[] = fresh ? [{ op: 'hello', protocol: PROTOCOL }] : [];
    const firstId = this.#nextId;
    const lines = [...greeting, ...requests].map((request, index) => requestLine(firstId + index, request));
    this.#nextId += lines.length;
    const { lines: received, breakdown } = yield { fresh, lines };
    this.#fresh = false;
    if (breakdown !== undefined) this.restart();
    return lines.map((request, index) => ({ id: firstId + index, request, line: received[index], breakdown }));
  }
}

/** What a line says, if it answers the request it stands beside. */
export function replyTo({ id, line }: Exchange): Reply {
  if (line === undefined) return { kind: 'junk', why: 'there is none' };
  const reply = readReply(line);
  if (reply.kind === 'junk' || reply.id === id) return reply;
  return { kind: 'junk', why: `it has the id ${reply.id}, not ${id}` };
}

/** A breakdown as a sentence about the subject. */
export function breakdownText(breakdown: Breakdown): string {
  switch (breakdown.kind) {
    case 'notStarted':
      return `it could not be started: ${breakdown.why}`;
    case 'ended':
      return `it ended (${breakdown.how})${complaint(breakdown.stderr)}`;
    case 'silent':
      return `it said nothing for ${breakdown.afterMillis} ms (does it flush its lines?)${complaint(breakdown.stderr)}`;
    case 'flood':
      return `it wrote ${breakdown.mebibytes} MiB, and what was due is not in it${complaint(breakdown.stderr)}`;
  }
}

function complaint(stderr: string): string {
  return stderr === '' ? '' : `; its stderr ends with: ${stderr}`;
}
