/**
 * The recorder: the one place where a run writes down what happens. The moving parts of the cluster call a verb per
 * fact; the level decides what is kept. Totals, outages, beliefs and client outcomes are kept at every level, because
 * a verdict needs them. Recording never feeds back into the run, so the digest is the same at every level.
 *
 * What a run decided goes into its digest here, at every level: what was asked and answered, which hints were kept,
 * refused, sent, expired and lost, and what was believed. The events alone would not tell two caps apart.
 *
 * Ids of writes, reads and hints are ordinals handed out here, at every level, and equal to the rows of the tables.
 */
import type { Instant } from '../../core/index.ts';
import type { TraceLevel } from '../scenario/scenario.ts';
import { Counters } from './counters.ts';
import { HintRows, RefusalRows } from './hint-rows.ts';
import { IntervalRows } from './intervals.ts';
import { LOG } from './log-codes.ts';
import { OutcomeRows } from './outcomes.ts';
import { COPY_ROUTES, HINT_FATES, HINT_REASONS, NOBODY, NONE, WRITE_OUTCOMES } from './trace.ts';
import type { HintReason, LossCause, Trace } from './trace.ts';
import { CopyRows, LogRows, WriteRows } from './write-rows.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');
const FAILED = WRITE_OUTCOMES.indexOf('failed');
const DELIVERED = HINT_FATES.indexOf('delivered');
const EXPIRED = HINT_FATES.indexOf('expired');
const DIRECT = COPY_ROUTES.indexOf('direct');
const HINTED = COPY_ROUTES.indexOf('hinted');
const REFUSED = COPY_ROUTES.indexOf('refused');
const UNSENT = COPY_ROUTES.indexOf('unsent');

/** What takes the decisions of a run into its digest. */
export interface FactDigest {
  mix(at: number, kind: number, a: number, b: number): void;
}

/** Added to a log code, so that a fact and an event of the kernel never share a kind. */
const FACT = 64;

/** What a finished recording contributes to a {@link Trace}. */
export type Recording = Omit<
  Trace,
  'version' | 'scenario' | 'digest' | 'chain' | 'events' | 'stores' | 'endedAt' | 'values'
>;

export class Recorder {
  readonly level: TraceLevel;
  readonly counters = new Counters();
  readonly #digest: FactDigest;
  readonly #nodes: number;
  /** Hints are told apart, one by one. */
  readonly keepsHints: boolean;
  readonly #keepsAll: boolean;
  readonly #outages: IntervalRows;
  readonly #behind: IntervalRows;
  readonly #beliefs: IntervalRows;
  readonly #outcomes: OutcomeRows;
  readonly #hints = new HintRows();
  readonly #refusals = new RefusalRows();
  readonly #writes = new WriteRows();
  readonly #copies = new CopyRows();
  readonly #log = new LogRows();
  /** Hints stored for a node and not yet ended. */
  readonly #owed: Float64Array;

  /**
   * @param nodes size of the peer table
   * @param micros length of the run in microseconds
   */
  constructor(digest: FactDigest, level: TraceLevel, nodes: number, micros: number) {
    this.#digest = digest;
    this.level = level;
    this.#nodes = nodes;
    this.keepsHints = level !== 'counters';
    this.#keepsAll = level === 'full';
    this.#outages = new IntervalRows(nodes);
    this.#behind = new IntervalRows(nodes);
    this.#beliefs = new IntervalRows(nodes * nodes);
    this.#outcomes = new OutcomeRows(micros);
    this.#owed = new Float64Array(nodes);
  }

  /** Bytes of the tables so far. */
  get weight(): number {
    const tables = [this.#hints, this.#refusals, this.#writes, this.#copies, this.#log];
    const intervals = [this.#outages, this.#behind, this.#beliefs];
    return [...tables, ...intervals].reduce((sum, { weight }) => sum + weight, 0);
  }

  /** A client sent a write; its copies follow as `copy…`, `hint…` verbs. Answers with the write's id. */
  writeIssued(at: Instant, coordinator: number, key: number, bytes: number): number {
    const write = this.counters.writes.issued++;
    this.#digest.mix(at, FACT + LOG.writeIssued, key, bytes | 0);
    if (this.#keepsAll) {
      this.#writes.issued(at, coordinator, key, bytes, this.#copies.length);
      this.#log.add(at, LOG.writeIssued, coordinator, NOBODY, write);
    }
    return write;
  }

  writeAcked(at: Instant, coordinator: number, write: number, latency: number): void {
    this.counters.writes.acked++;
    this.#digest.mix(at, FACT + LOG.writeAcked, coordinator, write);
    this.#outcomes.answered(true, at, latency);
    if (!this.#keepsAll) return;
    this.#writes.resolved(write, ACKED, at);
    this.#log.add(at, LOG.writeAcked, coordinator, NOBODY, write);
  }

  writeFailed(at: Instant, coordinator: number, write: number): void {
    this.counters.writes.failed++;
    this.#digest.mix(at, FACT + LOG.writeFailed, coordinator, write);
    this.#outcomes.failed(true, at);
    if (!this.#keepsAll) return;
    this.#writes.resolved(write, FAILED, at);
    this.#log.add(at, LOG.writeFailed, coordinator, NOBODY, write);
  }

  readIssued(at: Instant, coordinator: number, key: number): number {
    const read = this.counters.reads.issued++;
    this.#digest.mix(at, FACT + LOG.readIssued, coordinator, key);
    if (this.#keepsAll) this.#log.add(at, LOG.readIssued, coordinator, NOBODY, read);
    return read;
  }

  readAnswered(at: Instant, coordinator: number, read: number, value: number, latency: number): void {
    this.counters.reads.acked++;
    this.#digest.mix(at, FACT + LOG.readAnswered, read, value);
    this.#outcomes.answered(false, at, latency);
    if (this.#keepsAll) this.#log.add(at, LOG.readAnswered, coordinator, NOBODY, read);
  }

  readFailed(at: Instant, coordinator: number, read: number): void {
    this.counters.reads.failed++;
    this.#digest.mix(at, FACT + LOG.readFailed, coordinator, read);
    this.#outcomes.failed(false, at);
    if (this.#keepsAll) this.#log.add(at, LOG.readFailed, coordinator, NOBODY, read);
  }

  copySent(at: Instant, coordinator: number, replica: number, write: number): void {
    if (!this.#keepsAll) return;
    this.#copies.planned(write, replica, DIRECT, NONE);
    this.#log.add(at, LOG.copySent, coordinator, replica, write);
  }

  /** The coordinator neither sent nor hinted: handoff is off and the peer is `Down`, or its channel is full. */
  copyUnsent(replica: number, write: number): void {
    if (this.#keepsAll) this.#copies.planned(write, replica, UNSENT, NONE);
  }

  copyApplied(at: Instant, replica: number, coordinator: number, write: number): void {
    if (!this.#keepsAll) return;
    this.#copies.applied(write, this.#writes.firstCopyOf(write), replica, at);
    this.#log.add(at, LOG.copyApplied, replica, coordinator, write);
  }

  copyDropped(at: Instant, coordinator: number, replica: number, write: number): void {
    if (!this.#keepsAll) return;
    this.#copies.dropped(write, this.#writes.firstCopyOf(write), replica, at);
    this.#log.add(at, LOG.copyDropped, coordinator, replica, write);
  }

  /** A hint entered a store. Answers with its id. */
  hintStored(
    at: Instant,
    holder: number,
    peer: number,
    hint: { readonly write: number; readonly bytes: number; readonly deadline: Instant; readonly reason: HintReason },
  ): number {
    const id = this.counters.hints.stored++;
    this.#digest.mix(at, FACT + LOG.hintStored, this.#pair(holder, peer), hint.write);
    this.counters.hintBytes.stored += hint.bytes;
    const owed = this.#owed[peer] ?? 0;
    if (owed === 0) this.#behind.open(peer, at);
    this.#owed[peer] = owed + 1;
    if (this.keepsHints) {
      const reason = HINT_REASONS.indexOf(hint.reason);
      this.#hints.stored(hint.write, holder, peer, hint.bytes, reason, at, hint.deadline);
    }
    if (this.#keepsAll) {
      this.#copies.planned(hint.write, peer, HINTED, id);
      this.#log.add(at, LOG.hintStored, holder, peer, id);
    }
    return id;
  }

  /** The store was at its cap: the replica gets neither the write nor a hint. */
  hintRefused(at: Instant, holder: number, peer: number, bytes: number, write: number): void {
    this.counters.rejectedOverCapacity++;
    this.#digest.mix(at, FACT + LOG.hintRefused, this.#pair(holder, peer), write);
    if (this.keepsHints) this.#refusals.refused(at, holder, peer, bytes, write);
    if (!this.#keepsAll) return;
    this.#copies.planned(write, peer, REFUSED, NONE);
    this.#log.add(at, LOG.hintRefused, holder, peer, write);
  }

  hintShipped(at: Instant, holder: number, peer: number, hint: number): void {
    this.#digest.mix(at, FACT + LOG.hintShipped, this.#pair(holder, peer), hint | 0);
    if (this.keepsHints) this.#hints.left(hint, at);
    if (this.#keepsAll) this.#log.add(at, LOG.hintShipped, holder, peer, hint);
  }

  hintRequeued(at: Instant, holder: number, peer: number, hint: number): void {
    this.counters.requeued++;
    if (this.keepsHints) this.#hints.requeued(hint);
    if (this.#keepsAll) this.#log.add(at, LOG.hintRequeued, holder, peer, hint);
  }

  hintApplied(at: Instant, replica: number, holder: number, hint: number, bytes: number, write: number): void {
    this.counters.hints.delivered++;
    this.counters.hintBytes.delivered += bytes;
    this.#settle(at, replica, hint, DELIVERED);
    if (!this.#keepsAll) return;
    this.#copies.applied(write, this.#writes.firstCopyOf(write), replica, at);
    this.#log.add(at, LOG.hintApplied, replica, holder, hint);
  }

  hintExpired(at: Instant, holder: number, peer: number, hint: number, bytes: number): void {
    this.counters.hints.expired++;
    this.#digest.mix(at, FACT + LOG.hintExpired, this.#pair(holder, peer), hint | 0);
    this.counters.hintBytes.expired += bytes;
    this.#settle(at, peer, hint, EXPIRED);
    if (this.#keepsAll) this.#log.add(at, LOG.hintExpired, holder, peer, hint);
  }

  hintLost(at: Instant, holder: number, peer: number, hint: number, bytes: number, cause: LossCause): void {
    this.counters.hints.lost++;
    this.#digest.mix(at, FACT + LOG.hintLost, this.#pair(holder, peer), hint | 0);
    this.counters.hintBytes.lost += bytes;
    this.counters.lose(cause);
    this.#settle(at, peer, hint, HINT_FATES.indexOf(cause));
    if (this.#keepsAll) this.#log.add(at, LOG.hintLost, holder, peer, hint);
  }

  swept(at: Instant, node: number): void {
    if (this.#keepsAll) this.#log.add(at, LOG.sweep, node, NOBODY, NONE);
  }

  heartbeat(at: Instant, observer: number, peer: number): void {
    if (this.#keepsAll) this.#log.add(at, LOG.heartbeat, observer, peer, NONE);
  }

  believedDown(at: Instant, observer: number, peer: number): void {
    this.#digest.mix(at, FACT + LOG.believedDown, observer, peer);
    this.#beliefs.open(observer * this.#nodes + peer, at);
    if (this.#keepsAll) this.#log.add(at, LOG.believedDown, observer, peer, NONE);
  }

  believedUp(at: Instant, observer: number, peer: number): void {
    this.#digest.mix(at, FACT + LOG.believedUp, observer, peer);
    this.#beliefs.close(observer * this.#nodes + peer, at);
    if (this.#keepsAll) this.#log.add(at, LOG.believedUp, observer, peer, NONE);
  }

  /** The node died, and with it what it believed of others. */
  crashed(at: Instant, node: number): void {
    this.#outages.open(node, at);
    for (let peer = 0; peer < this.#nodes; peer++) this.#beliefs.close(node * this.#nodes + peer, at);
    if (this.#keepsAll) this.#log.add(at, LOG.crashed, node, NOBODY, NONE);
  }

  restarted(at: Instant, node: number): void {
    this.#outages.close(node, at);
    if (this.#keepsAll) this.#log.add(at, LOG.restarted, node, NOBODY, NONE);
  }

  linkOpened(at: Instant, from: number, to: number): void {
    if (this.#keepsAll) this.#log.add(at, LOG.linkOpened, from, to, NONE);
  }

  finish(): Recording {
    return {
      level: this.level,
      totals: this.counters.totals(),
      outages: this.#outages.byNode(),
      behind: this.#behind.byNode(),
      beliefs: this.#beliefs.byPair(this.#nodes),
      outcomes: this.#outcomes.series(),
      hints: this.#hints.table(),
      refusals: this.#refusals.table(),
      writes: this.#writes.table(),
      copies: this.#copies.table(),
      log: this.#log.table(),
    };
  }

  /** A holder and a peer in one integer. */
  #pair(holder: number, peer: number): number {
    return (holder << 16) | peer;
  }

  #settle(at: Instant, peer: number, hint: number, fate: number): void {
    const owed = (this.#owed[peer] ?? 0) - 1;
    this.#owed[peer] = owed;
    if (owed === 0) this.#behind.close(peer, at);
    if (this.keepsHints) this.#hints.ended(hint, fate, at);
  }
}
