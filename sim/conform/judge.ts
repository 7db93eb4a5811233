/**
 * Judges the replies to a script, one after the other, up to the first that is not what the rules say. What is expected
 * comes from the model, or from the hand that wrote a vector; this file only compares.
 *
 * A reply is held to what is expected of it and to nothing more: further fields are welcome, and peers come in any order.
 */
import { breakdownText, type Exchange, replyTo } from './dialogue.ts';
import type { Answer, Expected } from './model.ts';
import { type Ask, fieldsOf, integer, mayChange, onWire, type Reply } from './protocol.ts';
import { brokenRule, type Rule } from './rules.ts';

/** Characters of a line that is no reply which are shown. */
const MAX_SHOWN = 200;

/** The first reply that is not as it should be. */
export interface Divergence {
  /** Position in the script's asks; −1 for its `reset`. */
  readonly at: number;
  /** What kind of thing went wrong and where, such as `takeFor [0].fill`: two divergences with the same cause are one find. */
  readonly cause: string;
  /** What was wrong, as a sentence. */
  readonly says: string;
  /** The whole answer that was expected, as JSON. */
  readonly expected: string;
  readonly rule: Rule;
  /** The subject went silent, or wrote without end: every further try costs its whole limit. */
  readonly silent: boolean;
}

/** What the replies to a script come to. */
export type Outcome =
  /** `errors`: operations that the subject refused as a definite error, and that had no effect as it said. */
  | { readonly kind: 'agrees'; readonly errors: number }
  /** The subject does not know what became of an operation, so nobody knows what should come after it. */
  | { readonly kind: 'inconclusive'; readonly message: string }
  | { readonly kind: 'diverges'; readonly divergence: Divergence };

/** What is expected of each ask. */
export interface Expectations {
  readonly answer: (ask: Ask, at: number) => Answer;
  /**
   * Whether every error counts as a wrong answer. Otherwise an operation that may change the store may fail, and must have
   * had no effect if it says so.
   */
  readonly strict: boolean;
}

/** Judges the exchanges of one script: that of its `reset` first, then one for each of `asks`. */
export function judge(
  asks: readonly Ask[],
  [reset, ...exchanges]: readonly Exchange[],
  expectations: Expectations,
): Outcome {
  const wrongReset = reset === undefined ? undefined : badReset(reset);
  if (wrongReset !== undefined) return { kind: 'diverges', divergence: wrongReset };
  const books = new Books();
  let errors = 0;
  for (const [at, ask] of asks.entries()) {
    const exchange = exchanges[at];
    if (exchange === undefined) break;
    const reply = replyTo(exchange);
    if (reply.kind === 'error' && !expectations.strict && mayChange(ask)) {
      if (!reply.definite) return { kind: 'inconclusive', message: reply.message };
      errors += 1;
      continue;
    }
    const answer = expectations.answer(ask, at);
    const before = books.lastRule;
    books.note(ask, answer.rule);
    const wrong =
      reply.kind === 'result'
        ? (difference(ask, answer.expected, reply.result) ?? books.digestProblem(answer.changes, reply.digest))
        : unanswered(exchange, reply);
    if (wrong === undefined) continue;
    const silent = isSlow(exchange);
    const cause = `${ask.op} ${wrong.where}`;
    const rule = brokenRule(ask.op, answer.rule, before, wrong.where);
    const divergence = { at, cause, says: `${ask.op}: ${wrong.says}`, expected: asJson(answer.expected), rule, silent };
    return { kind: 'diverges', divergence };
  }
  return { kind: 'agrees', errors };
}

interface Wrong {
  /** Where in the reply, without what is there. */
  readonly where: string;
  readonly says: string;
}

/** What is remembered from one reply to the next. */
class Books {
  /** What decided the last operation that may have changed the store. */
  lastRule: Rule | undefined;
  #digest: string | undefined;

  note(ask: Ask, rule: Rule): void {
    if (mayChange(ask)) this.lastRule = rule;
  }

  digestProblem(changes: boolean, digest: string | undefined): Wrong | undefined {
    const before = this.#digest;
    this.#digest = digest;
    if (changes || before === undefined || digest === undefined || before === digest) return undefined;
    return { where: 'digest', says: `the digest went from ${before} to ${digest}, though no hint came or left` };
  }
}

function badReset(exchange: Exchange): Divergence | undefined {
  const reply = replyTo(exchange);
  if (reply.kind === 'result') return undefined;
  const wrong = unanswered(exchange, reply);
  const silent = isSlow(exchange);
  return {
    at: -1,
    cause: `reset ${wrong.where}`,
    says: `reset: ${wrong.says}`,
    expected: '"ok"',
    rule: 'books',
    silent,
  };
}

/** Finding out that there is no reply took as long as silence does, or as the reading of a flood. */
function isSlow({ line, breakdown }: Exchange): boolean {
  return line === undefined && (breakdown?.kind === 'silent' || breakdown?.kind === 'flood');
}

function unanswered({ line, breakdown }: Exchange, reply: Reply & { kind: 'error' | 'junk' }): Wrong {
  if (line === undefined && breakdown !== undefined) return { where: breakdown.kind, says: breakdownText(breakdown) };
  if (reply.kind === 'error') return { where: 'error', says: `expected a result, found an error: ${reply.message}` };
  return { where: 'unanswered', says: `the line is no reply to it, ${reply.why}: ${(line ?? '').slice(0, MAX_SHOWN)}` };
}

function difference({ op }: Ask, expected: Expected, result: unknown): Wrong | undefined {
  return differs(expected, op === 'peersWithHints' ? ascending(result) : result, '');
}

/** Peers come in any order. */
function ascending(result: unknown): unknown {
  if (!Array.isArray(result)) return result;
  return result.toSorted((a: unknown, b: unknown) => Number(integer(a) ?? 0n) - Number(integer(b) ?? 0n));
}

function differs(expected: Expected, found: unknown, where: string): Wrong | undefined {
  if (typeof expected === 'bigint')
    return integer(found) === expected ? undefined : wrong(where, String(expected), found);
  if (typeof expected === 'string') return found === expected ? undefined : wrong(where, expected, found);
  if (isList(expected)) return listDiffers(expected, found, where);
  const fields = fieldsOf(found) ?? {};
  for (const [field, value] of Object.entries(expected)) {
    const there = fields[field];
    // Not every store tells the deadline of what it hands out.
    if (field === 'deadline' && there === undefined) continue;
    const problem = differs(value, there, where === '' ? field : `${where}.${field}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function listDiffers(expected: readonly Expected[], found: unknown, where: string): Wrong | undefined {
  if (!Array.isArray(found)) return wrong(where, 'a list', found);
  if (found.length !== expected.length) {
    const says = `expected ${expected.length} in the list${where}, found ${found.length}`;
    return { where: `${where}.length`, says };
  }
  for (const [index, value] of expected.entries()) {
    const problem = differs(value, found[index], `${where}[${index}]`);
    // Where in the list is chance, and no part of the cause.
    if (problem !== undefined) return { where: problem.where.replace(/\[\d+\]/, '[]'), says: problem.says };
  }
  return undefined;
}

function wrong(where: string, expected: string, found: unknown): Wrong {
  const place = where === '' ? '' : `${where}: `;
  return { where, says: `${place}expected ${expected}, found ${JSON.stringify(found) ?? 'nothing'}` };
}

function isList(expected: Expected): expected is readonly Expected[] {
  return Array.isArray(expected);
}

function asJson(expected: Expected): string {
  return JSON.stringify(expected, (_key, value: unknown) => (typeof value === 'bigint' ? onWire(value) : value));
}
