/**
 * The books that a recorder keeps: totals, intervals, outcomes and measurements at every level, the tables as far as
 * the level goes, and the digest that takes every decision as a fact. The verbs that write in them come in chapters,
 * each a class on top of the one before: `RequestRecorder`, `HintRecorder`, `Recorder`.
 */
import type { Instant } from '../../core/index.ts';
import { KeyTable } from '../engine/index.ts';
import { keyCount } from '../scenario/model/key-count.ts';
import type { Scenario, TraceLevel } from '../scenario/model/scenario.ts';
import { CopyRows } from './copy-rows.ts';
import { Counters } from './counters.ts';
import { HintRows } from './hint-rows.ts';
import { IntervalRows } from './intervals.ts';
import { LogRows } from './log-rows.ts';
import { Measurements } from './measurements.ts';
import { OutcomeRows } from './outcomes.ts';
import { ReadRows } from './read-rows.ts';
import { RefusalRows } from './refusal-rows.ts';
import { WriteRows } from './write-rows.ts';

/** What takes the decisions of a run into its digest. */
export interface FactDigest {
  mix(at: number, kind: number, a: number, b: number): void;
}

/** Added to a log code, so that a fact and an event of the kernel never share a kind. */
const FACT = 64;

/** Every table and count of a run, and the two ways to write down a fact. */
export class Books {
  readonly level: TraceLevel;
  readonly counters = new Counters();
  /** Hints are told apart, one by one. */
  protected readonly keepsHints: boolean;
  protected readonly keepsAll: boolean;
  protected readonly measurements: Measurements;
  protected readonly outages: IntervalRows;
  protected readonly behind: IntervalRows;
  protected readonly beliefs: IntervalRows;
  protected readonly outcomes: OutcomeRows;
  /** By key: the newest write that was acknowledged to its client. */
  protected readonly newest: KeyTable;
  protected readonly hints: HintRows;
  protected readonly refusals: RefusalRows;
  protected readonly writes: WriteRows;
  protected readonly copies: CopyRows;
  protected readonly reads: ReadRows;
  protected readonly log: LogRows;
  readonly #digest: FactDigest;

  constructor(digest: FactDigest, scenario: Scenario) {
    const nodes = scenario.nodes.length;
    this.#digest = digest;
    this.level = scenario.record;
    this.keepsHints = scenario.record !== 'counters';
    this.keepsAll = scenario.record === 'full';
    this.hints = new HintRows(nodes);
    this.refusals = new RefusalRows(scenario.duration);
    this.writes = new WriteRows(scenario.duration);
    this.copies = new CopyRows(scenario.duration);
    this.reads = new ReadRows(scenario.duration);
    this.log = new LogRows(scenario.duration);
    this.newest = new KeyTable(keyCount(scenario));
    this.measurements = new Measurements(scenario);
    this.outages = new IntervalRows(nodes);
    this.behind = new IntervalRows(nodes);
    this.beliefs = new IntervalRows(nodes * nodes);
    this.outcomes = new OutcomeRows(scenario.duration);
  }

  /** The backends as queueing systems, one per node in peer-table order. At every level. */
  get meters(): Measurements['meters'] {
    return this.measurements.meters;
  }

  /** Bytes of the tables so far. */
  get weight(): number {
    const tables = [this.hints, this.refusals, this.writes, this.copies, this.reads, this.log];
    const intervals = [this.outages, this.behind, this.beliefs];
    return [...tables, ...intervals].reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Takes a decision into the digest. @param kind a log code; `a` and `b` are int32 */
  protected fact(at: Instant, kind: number, a: number, b: number): void {
    this.#digest.mix(at, FACT + kind, a, b);
  }
}
