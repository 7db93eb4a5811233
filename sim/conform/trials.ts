/**
 * Scenarios put to a subject and judged against the model: many at once for a campaign, one by one for a reduction.
 */
import type { Dialogue, Exchange, Talk } from './dialogue.ts';
import { type Divergence, judge, type Outcome } from './judge.ts';
import { StoreModel } from './model.ts';
import type { Subject } from './policies.ts';
import { mayChange, type Request } from './protocol.ts';
import type { TranscriptLine } from './report.ts';
import type { Rule } from './rules.ts';
import { type Script, type StoreScenario, scriptOf } from './scenario.ts';

/** One scenario and what came of it. */
export interface Trial {
  readonly scenario: StoreScenario;
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  readonly outcome: Outcome;
}

/** Asks all scenarios at once and judges each; counts in `reached` which rules decided answers. */
export function* tryAll(
  dialogue: Dialogue,
  subject: Subject,
  scenarios: readonly StoreScenario[],
  reached?: Map<Rule, number>,
): Talk<readonly Trial[]> {
  const scripts = scenarios.map((scenario) => scriptOf(scenario, subject));
  const requests = scripts.flatMap(({ maxBytes, asks }): Request[] => [{ op: 'reset', maxBytes }, ...asks]);
  const all = yield* dialogue.exchange(requests);
  // A new subject is asked hello first.
  let end = all.length - requests.length;
  return scenarios.map((scenario, index) => {
    const script = scripts[index] ?? { maxBytes: 0n, asks: [] };
    const start = end;
    end += 1 + script.asks.length;
    const exchanges = all.slice(start, end);
    return { scenario, script, exchanges, outcome: outcomeOf(script, exchanges, subject, reached) };
  });
}

/** Asks one scenario; where it brings no reply, the next one is asked of a new subject. */
export function* tryOne(dialogue: Dialogue, subject: Subject, scenario: StoreScenario): Talk<Divergence | undefined> {
  const [trial] = yield* tryAll(dialogue, subject, [scenario]);
  if (trial?.outcome.kind !== 'diverges') return undefined;
  const { divergence } = trial.outcome;
  // A line too few or too many shifts all that follow.
  if (divergence.cause.endsWith('unanswered')) dialogue.restart();
  return divergence;
}

/** The talk of one scenario, asked of a new subject: its `reset`, what may change the store, and what was answered wrongly. */
export function* transcriptOf(
  dialogue: Dialogue,
  subject: Subject,
  scenario: StoreScenario,
): Talk<{ readonly divergence: Divergence | undefined; readonly transcript: readonly TranscriptLine[] }> {
  dialogue.restart();
  const [trial] = yield* tryAll(dialogue, subject, [scenario]);
  if (trial?.outcome.kind !== 'diverges') return { divergence: undefined, transcript: [] };
  const { divergence } = trial.outcome;
  const shown = trial.exchanges.filter((_exchange, index) => isShown(trial.script, index - 1, divergence.at));
  return { divergence, transcript: shown.map(({ request, line }) => ({ request, reply: line })) };
}

function outcomeOf(
  { maxBytes, asks }: Script,
  exchanges: readonly Exchange[],
  { policies }: Subject,
  reached: Map<Rule, number> | undefined,
): Outcome {
  const model = new StoreModel(maxBytes, policies);
  return judge(asks, exchanges, {
    strict: false,
    answer: (ask) => {
      const answer = model.answer(ask);
      reached?.set(answer.rule, (reached.get(answer.rule) ?? 0) + 1);
      return answer;
    },
  });
}

function isShown({ asks }: Script, at: number, last: number): boolean {
  if (at === -1 || at === last) return true;
  const ask = asks[at];
  return at < last && ask !== undefined && mayChange(ask);
}
