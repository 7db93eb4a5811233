/**
 * What a rule of the audit is: something that every run keeps, whatever its design and whatever breaks, because the model
 * is made so. A rule that is broken is a mistake in the simulator, or in the file that a trace was read from; never a
 * hazard of a design. Where a property asks what a design owes its clients, a rule asks whether a step was legal.
 */
import type { Scenario } from '../../scenario/model/scenario.ts';
import { NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { Cases } from '../cases.ts';
import type { LogRow } from './row.ts';
import type { Stage } from './stage.ts';

/** Something that is true of every run. */
export interface AuditRule {
  /** `B` and a number: by the book of the model. */
  readonly id: string;
  /** What is promised, in one sentence. */
  readonly sentence: string;
  /** The page and section that the model follows there. */
  readonly source: string;
  /** What its cases are, in the plural, and why there may have been none. */
  readonly looked: string;
  readonly otherwise: string;
  /** Why no run of a scenario gives an occasion; undefined if one can. */
  readonly idle?: (scenario: Scenario) => string | undefined;
  /** Begins to follow a run. */
  readonly begin: (book: Book) => Auditor;
}

/** Follows one run for one rule. */
export interface Auditor {
  /** Told of each row before the stage has moved on to it. */
  row(row: LogRow): void;
  /** Told of the end, when the stage has been moved on to the last row. */
  end?(): void;
}

/** What of a run a breach is about. */
export interface Victim {
  readonly hint?: number;
  readonly write?: number;
}

/** What an auditor reads, and where it writes down what it finds. */
export class Book {
  readonly trace: Trace;
  readonly stage: Stage;
  readonly cases = new Cases();

  constructor(trace: Trace, stage: Stage) {
    this.trace = trace;
    this.stage = stage;
  }

  get scenario(): Scenario {
    return this.trace.scenario;
  }

  /** The situation came up. */
  came(): void {
    this.cases.came();
  }

  /** A row breaks the rule. @param tell called only if it is the earliest so far */
  broken({ at, index }: Pick<LogRow, 'at' | 'index'>, tell: () => string, victim: Victim = {}): void {
    this.cases.failed(at, () => ({ event: index, detail: tell(), ...victim }));
  }

  /** Something that had to happen by an instant did not. */
  missed(at: number, tell: () => string, victim: Victim = {}): void {
    this.broken({ at, index: NONE }, tell, victim);
  }
}
