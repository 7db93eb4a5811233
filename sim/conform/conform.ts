/**
 * The conformance kit: holds a hint store, in whatever language, to the rules of hints.rs. First the vectors, whose answers
 * are written by hand; then random operations against the model, up to the first divergence, which is reduced.
 *
 * The kit is a talk (`dialogue.ts`): `sim/cli` carries it to a process, a test to a function.
 */
import { Dialogue, breakdownText, replyTo, type Talk } from './dialogue.ts';
import { type Campaign, hunt } from './hunt.ts';
import { judge } from './judge.ts';
import { readHello, type Subject } from './policies.ts';
import type { Request } from './protocol.ts';
import { CONFORM_SCHEMA, type ConformReport, type ConformResult, type FailedVector, type Verdict } from './report.ts';
import { appliesTo, type VectorCase } from './vectors.ts';

/** The vectors and the campaign to hold a subject to. */
export interface ConformOptions {
  readonly vectors: readonly VectorCase[];
  /** Profiles whose payloads are too large for the subject are left out. */
  readonly campaign: Campaign;
}

/** Vectors after which a new subject has to be started, or was waited for in vain: no more are asked then. */
const MAX_BROKEN_VECTORS = 3;

/** Talks with a subject from `hello` to `bye`. */
export function* conform({ vectors, campaign }: ConformOptions): Talk<ConformResult> {
  const dialogue = new Dialogue();
  const subject = yield* greet(dialogue);
  if (typeof subject === 'string') return { kind: 'unusable', why: subject };
  const applicable = vectors.filter((vector) => appliesTo(vector, subject.policies));
  const failed: FailedVector[] = [];
  let asked = 0;
  for (const vector of applicable) {
    if (failed.filter(({ broke }) => broke).length === MAX_BROKEN_VECTORS) break;
    const failure = yield* tryVector(dialogue, subject, vector);
    asked += 1;
    if (failure !== undefined) failed.push(failure);
  }
  const profiles = campaign.profiles.filter(({ maxPayloadBytes }) => maxPayloadBytes <= subject.maxPayloadBytes);
  if (profiles.length === 0 && campaign.scenarios > 0)
    return { kind: 'unusable', why: `its payloads end at ${subject.maxPayloadBytes} bytes, too early for the profile` };
  const random = yield* hunt(dialogue, subject, { ...campaign, profiles });
  yield* dialogue.exchange([{ op: 'bye' }]);
  const notApplicable = vectors.length - applicable.length;
  const counts = { passed: asked - failed.length, notAsked: applicable.length - asked, notApplicable, failed };
  const verdict = verdictOf(failed, random);
  return { kind: 'report', report: { schema: CONFORM_SCHEMA, verdict, subject, vectors: counts, random } };
}

/** What the subject says of itself, or why that is of no use. */
export function* greet(dialogue: Dialogue): Talk<Subject | string> {
  const [hello] = yield* dialogue.exchange([]);
  if (hello === undefined) return 'it was never asked';
  if (hello.line === undefined)
    return hello.breakdown === undefined ? 'it did not answer hello' : breakdownText(hello.breakdown);
  const reply = replyTo(hello);
  if (reply.kind === 'result') return readHello(reply.result);
  const why = reply.kind === 'junk' ? reply.why : `it is an error: ${reply.message}`;
  return `its reply to hello cannot be read (${why}): ${hello.line}`;
}

function* tryVector(dialogue: Dialogue, { without }: Subject, vector: VectorCase): Talk<FailedVector | undefined> {
  const steps = vector.steps.filter(({ ask }) => !without.includes(ask.op));
  const asks = steps.map(({ ask }) => ask);
  const requests: Request[] = [{ op: 'reset', maxBytes: vector.maxBytes }, ...asks];
  const exchanges = (yield* dialogue.exchange(requests)).slice(-requests.length);
  const outcome = judge(asks, exchanges, {
    strict: true,
    answer: (_ask, at) => ({ expected: steps[at]?.expected ?? '', rule: vector.rule, changes: true }),
  });
  if (outcome.kind !== 'diverges') return undefined;
  const { at, says, cause } = outcome.divergence;
  const { request = '', line } = exchanges[at + 1] ?? {};
  const isNoReply = cause.endsWith('unanswered');
  if (isNoReply) dialogue.restart();
  return { name: vector.name, rule: vector.rule, says, request, broke: isNoReply || line === undefined };
}

function verdictOf(failed: readonly FailedVector[], { find, inconclusive }: ConformReport['random']): Verdict {
  if (failed.length > 0 || find !== undefined) return 'diverges';
  return inconclusive > 0 ? 'inconclusive' : 'conforms';
}
