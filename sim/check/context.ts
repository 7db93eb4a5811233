/**
 * What properties read: the trace, and what several of them need from it, each worked out when it is first asked for.
 */
import { TRACE_LEVELS } from '../scenario/model/scenario.ts';
import type { Scenario, TraceLevel } from '../scenario/model/scenario.ts';
import type { Trace } from '../trace/index.ts';
import { notExercised } from './cases.ts';
import { crashesOf } from './crashes.ts';
import type { Crash } from './crashes.ts';
import type { Finding } from './finding.ts';
import { healPhase } from './heal.ts';
import type { HealPhase } from './heal.ts';
import { historyOf } from './history.ts';
import type { History } from './history.ts';
import { lanesOf } from './lanes.ts';
import type { Lane } from './lanes.ts';
import { ledgerBy } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { LiveSpans } from './live-spans.ts';
import { Losses } from './losses.ts';
import { CopyJudge } from './standing.ts';

/** What can be found out about a trace of a level, or more. */
interface Question {
  readonly level: TraceLevel;
  check(context: CheckContext): Finding;
}

/** One trace under examination. */
export class CheckContext {
  readonly trace: Trace;
  #judge: CopyJudge | undefined;
  #ledger: Ledger | undefined;
  #history: History | undefined;
  #losses: Losses | undefined;
  #lanes: readonly Lane[] | undefined;
  #live: LiveSpans | undefined;
  #heal: HealPhase | undefined;
  #crashes: readonly Crash[] | undefined;

  readonly #findings = new Map<Question, Finding>();

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** What checking a property finds; it is checked once, and not at all where the trace recorded too little. */
  finding(property: Question): Finding {
    const known = this.#findings.get(property);
    if (known !== undefined) return known;
    const { level } = this.trace;
    const isEnough = TRACE_LEVELS.indexOf(level) >= TRACE_LEVELS.indexOf(property.level);
    const finding = isEnough
      ? property.check(this)
      : notExercised(`it takes a trace of level ${property.level}, and this one is of level ${level}`);
    this.#findings.set(property, finding);
    return finding;
  }

  get scenario(): Scenario {
    return this.trace.scenario;
  }

  /** Level `full`. */
  get judge(): CopyJudge {
    return (this.#judge ??= new CopyJudge(this.trace));
  }

  /** Level `full`. */
  get ledger(): Ledger {
    return (this.#ledger ??= ledgerBy(this.trace, this.judge));
  }

  /** Level `full`. */
  get history(): History {
    return (this.#history ??= historyOf(this.trace));
  }

  /** Level `full`. */
  get losses(): Losses {
    return (this.#losses ??= new Losses(this.trace, this.history));
  }

  /** Level `hints`. */
  get lanes(): readonly Lane[] {
    return (this.#lanes ??= lanesOf(this.trace));
  }

  get live(): LiveSpans {
    return (this.#live ??= new LiveSpans(this.trace));
  }

  /** Level `hints`. */
  get heal(): HealPhase {
    return (this.#heal ??= healPhase(this.trace, this.lanes));
  }

  /** Level `hints`. */
  get crashes(): readonly Crash[] {
    return (this.#crashes ??= crashesOf(this.trace));
  }
}
