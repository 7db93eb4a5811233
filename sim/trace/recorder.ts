/**
 * The recorder: the one place where a run writes down what happens. The moving parts of the cluster call a verb per
 * fact; the level decides what is kept. Totals, outages, beliefs, client outcomes and measurements are kept at every
 * level, because a verdict needs them. Recording never feeds back into the run, so the digest is the same at every
 * level.
 *
 * What a run decided goes into its digest here, at every level: what was asked and answered, which hints were kept,
 * refused, sent, expired and lost, and what was believed. The events alone would not tell two caps apart.
 *
 * Verbs for requests and hints are in the chapters before; here are those for nodes, links and faults, and the end.
 */
import type { Instant } from '../../core/index.ts';
import { instant } from '../../core/index.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { blankTables, NO_ROWS } from './blank-tables.ts';
import type { FactDigest } from './books.ts';
import { HintRecorder } from './hint-recorder.ts';
import { LOG } from './log-codes.ts';
import { playTape } from './play-tape.ts';
import type { FullTables } from './play-tape.ts';
import type { TapePieces } from './tape.ts';
import { NOBODY, NONE } from './trace.ts';
import type { Trace } from './trace.ts';

/** What a finished recording contributes to a {@link Trace}. */
export type Recording = Omit<
  Trace,
  'version' | 'scenario' | 'digest' | 'chain' | 'events' | 'stores' | 'endedAt' | 'values'
>;

/** All verbs. Node numbers are positions in the peer table. */
export class Recorder extends HintRecorder {
  readonly #nodes: number;
  readonly #endsAt: Instant;

  constructor(digest: FactDigest, scenario: Scenario) {
    super(digest, scenario);
    this.#nodes = scenario.nodes.length;
    this.#endsAt = instant(scenario.duration);
  }

  /** A node looked at its queues. */
  swept(at: Instant, node: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.sweep, node, NOBODY, NONE);
  }

  /** A holder began to deliver its hints for a peer. */
  sessionOpened(at: Instant, holder: number, peer: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.sessionOpened, holder, peer, NONE);
  }

  /** A holder stopped delivering its hints for a peer: none is left, or an attempt failed. */
  sessionClosed(at: Instant, holder: number, peer: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.sessionClosed, holder, peer, NONE);
  }

  heartbeat(at: Instant, observer: number, peer: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.heartbeat, observer, peer, NONE);
  }

  /** Replay had filled the channel towards `peer`, and a heartbeat of `node` found no room in it. */
  heartbeatDisplaced(at: Instant, node: number, peer: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.heartbeatDisplaced, node, peer, NONE);
  }

  believedDown(at: Instant, observer: number, peer: number): void {
    this.fact(at, LOG.believedDown, observer, peer);
    this.beliefs.open(observer * this.#nodes + peer, at);
    if (this.keepsAll) this.tape.entry(at, LOG.believedDown, observer, peer, NONE);
  }

  believedUp(at: Instant, observer: number, peer: number): void {
    this.fact(at, LOG.believedUp, observer, peer);
    this.beliefs.close(observer * this.#nodes + peer, at);
    if (this.keepsAll) this.tape.entry(at, LOG.believedUp, observer, peer, NONE);
  }

  /** The node died, and with it what it believed of others. */
  crashed(at: Instant, node: number): void {
    this.#goDown(at, node);
    if (this.keepsAll) this.tape.entry(at, LOG.crashed, node, NOBODY, NONE);
  }

  /** The node said goodbye and stopped; it too forgets what it believed of others. */
  stopped(at: Instant, node: number): void {
    this.#goDown(at, node);
    if (this.keepsAll) this.tape.entry(at, LOG.stopped, node, NOBODY, NONE);
  }

  restarted(at: Instant, node: number): void {
    this.outages.close(node, at);
    if (this.keepsAll) this.tape.entry(at, LOG.restarted, node, NOBODY, NONE);
  }

  linkOpened(at: Instant, from: number, to: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.linkOpened, from, to, NONE);
  }

  /** The link was closed cleanly and will not open again. */
  linkEnded(at: Instant, from: number, to: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.linkEnded, from, to, NONE);
  }

  /** @param fault position in `scenario.faults`; `node` is NOBODY for a fault of several nodes */
  faultBegan(at: Instant, fault: number, node: number): void {
    this.fact(at, LOG.faultBegan, fault, node);
    if (this.keepsAll) this.tape.entry(at, LOG.faultBegan, node, NOBODY, fault);
  }

  /** @param fault position in `scenario.faults`; `node` is NOBODY for a fault of several nodes */
  faultEnded(at: Instant, fault: number, node: number): void {
    this.fact(at, LOG.faultEnded, fault, node);
    if (this.keepsAll) this.tape.entry(at, LOG.faultEnded, node, NOBODY, fault);
  }

  /** Everything recorded, when the run is over. The tables of level `full` are made when the first of them is asked for. */
  finish(): Recording {
    const until = this.#until(this.#endsAt);
    let tape: TapePieces = this.tape.pieces();
    const { rows } = this;
    let made: FullTables | undefined;
    const tables = (): FullTables => {
      made ??= playTape(tape, rows, until.hints.write);
      tape = [];
      return made;
    };
    return {
      ...until,
      get writes() {
        return tables().writes;
      },
      get copies() {
        return tables().copies;
      },
      get reads() {
        return tables().reads;
      },
      get log() {
        return tables().log;
      },
    };
  }

  /**
   * What a run that ended at `now` would have recorded, at level `hints` at most: what level `full` adds is most of a
   * recording. Some columns are the recorder's own: good until the run goes on. O(hints).
   */
  soFar(now: Instant): Recording {
    const { writes, copies, reads, log } = blankTables(NO_ROWS, 1);
    return { ...this.#until(now), level: this.keepsHints ? 'hints' : 'counters', writes, copies, reads, log };
  }

  /** All but the tables of level `full`. */
  #until(end: Instant): Omit<Recording, 'writes' | 'copies' | 'reads' | 'log'> {
    return {
      level: this.level,
      totals: this.counters.totals(),
      outages: this.outages.byNode(),
      behind: this.behind.byNode(),
      beliefs: this.beliefs.byPair(this.#nodes),
      outcomes: this.outcomes.series(),
      statistics: this.measurements.statistics(end),
      hints: this.hints.table(),
      refusals: this.refusals.table(),
    };
  }

  #goDown(at: Instant, node: number): void {
    this.outages.open(node, at);
    for (let peer = 0; peer < this.#nodes; peer++) this.beliefs.close(node * this.#nodes + peer, at);
  }
}
