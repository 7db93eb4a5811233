/**
 * The books that a recorder keeps: totals, intervals, outcomes and measurements at every level, the tables as far as
 * the level goes, and the digest that takes every decision as a fact. The verbs that write in them come in chapters,
 * each a class on top of the one before: `RequestRecorder`, `HintRecorder`, `Recorder`.
 */
import type { Instant } from '../../core/index.ts';
import { KeyTable } from '../engine/index.ts';
import { keyCount } from '../scenario/model/key-count.ts';
import type { Scenario, TraceLevel } from '../scenario/model/scenario.ts';
import { blankCopies, blankLog, blankReads, blankWrites, rowBytes } from './blank-tables.ts';
import { Counters } from './counters.ts';
import { HintRows } from './hint-rows.ts';
import { IntervalRows } from './intervals.ts';
import { Measurements } from './measurements.ts';
import { OutcomeRows } from './outcomes.ts';
import type { FullRows } from './play-tape.ts';
import { RefusalRows } from './refusal-rows.ts';
import { Tape } from './tape.ts';

/** What takes the decisions of a run into its digest. */
export interface FactDigest {
  mix(at: number, kind: number, a: number, b: number): void;
}

/** Bytes of a row of each table that is made of the tape. */
const ROW_BYTES: FullRows = {
  writes: rowBytes(blankWrites(0)),
  copies: rowBytes(blankCopies(0)),
  reads: rowBytes(blankReads(0)),
  log: rowBytes(blankLog(0)),
};

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
  /** At level `full`: everything that happened. */
  protected readonly tape = new Tape();
  /** Copies on the tape. */
  protected copies = 0;
  readonly #digest: FactDigest;

  constructor(digest: FactDigest, scenario: Scenario) {
    const nodes = scenario.nodes.length;
    this.#digest = digest;
    this.level = scenario.record;
    this.keepsHints = scenario.record !== 'counters';
    this.keepsAll = scenario.record === 'full';
    this.hints = new HintRows(nodes);
    this.refusals = new RefusalRows();
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

  /** Bytes of the tables so far, those that are still on the tape with them. */
  get weight(): number {
    const { writes, copies, reads, log } = this.rows;
    const full = writes * ROW_BYTES.writes + copies * ROW_BYTES.copies + reads * ROW_BYTES.reads + log * ROW_BYTES.log;
    const tables = [this.hints, this.refusals, this.outages, this.behind, this.beliefs];
    return tables.reduce((sum, { weight }) => sum + weight, full);
  }

  /** Rows of the tables that are on the tape. */
  protected get rows(): FullRows {
    const { writes, reads } = this.counters;
    if (!this.keepsAll) return { writes: 0, copies: 0, reads: 0, log: 0 };
    return { writes: writes.issued, copies: this.copies, reads: reads.issued, log: this.tape.entries };
  }

  /** Takes a decision into the digest. @param kind a log code; `a` and `b` are int32 */
  protected fact(at: Instant, kind: number, a: number, b: number): void {
    this.#digest.mix(at, FACT + kind, a, b);
  }
}
