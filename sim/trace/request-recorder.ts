/**
 * The recorder's verbs for requests: writes, their copies, and reads. Ids of writes and reads are ordinals handed out
 * here, at every level, and equal to the rows of the tables.
 */
import type { Instant } from '../../core/index.ts';
import { Books } from './books.ts';
import { pairOf } from './pairs.ts';
import { LOG } from './log-codes.ts';
import { RETRY, SKEWED, TAPE } from './tape.ts';
import { COPY_ROUTES, DROP_CAUSES, NOBODY, NONE } from './trace.ts';
import type { DropCause } from './trace.ts';

const UNSENT = COPY_ROUTES.indexOf('unsent');
const HINTED = COPY_ROUTES.indexOf('hinted');

/** Books with the verbs for requests. */
export class RequestRecorder extends Books {
  /**
   * A client sent a write; its copies follow as `copy…` and `hint…` verbs. Answers with the write's id.
   *
   * @param operation index into `OPERATIONS`
   * @param timestamp what the coordinator's clock says, microseconds
   * @param retryOf the write that this is another attempt of, or NONE
   */
  writeIssued(
    at: Instant,
    coordinator: number,
    key: number,
    bytes: number,
    operation: number,
    timestamp: number,
    retryOf: number,
  ): number {
    const write = this.counters.writes.issued++;
    this.fact(at, LOG.writeIssued, key, bytes ^ (operation << 29));
    if (this.keepsAll) this.#tapeWrite(at, coordinator, write, key, bytes, operation, timestamp, retryOf);
    return write;
  }

  /** The client was told that its write is kept. @param latency microseconds since it was issued */
  writeAcked(at: Instant, coordinator: number, write: number, key: number, latency: number): void {
    this.counters.writes.acked++;
    this.fact(at, LOG.writeAcked, coordinator, write);
    this.outcomes.answered(true, at, latency);
    this.measurements.writeAcked(at, latency);
    // Acknowledgements may overtake each other.
    this.newest.raise(key, write);
    if (this.keepsAll) this.tape.entry(at, LOG.writeAcked, coordinator, NOBODY, write);
  }

  writeFailed(at: Instant, coordinator: number, write: number): void {
    this.counters.writes.failed++;
    this.fact(at, LOG.writeFailed, coordinator, write);
    this.outcomes.failed(true, at);
    if (this.keepsAll) this.tape.entry(at, LOG.writeFailed, coordinator, NOBODY, write);
  }

  /** The newest write of a key that its client was told is kept, or NONE. At every level; O(1). */
  newestAcked(key: number): number {
    return this.newest.get(key);
  }

  /**
   * A client sent a read. Answers with its id.
   *
   * @param newest what {@link newestAcked} says of the key now
   * @param probeOf the write whose visibility it probes, or NONE
   */
  readIssued(at: Instant, coordinator: number, key: number, newest: number, probeOf: number): number {
    const read = this.counters.reads.issued++;
    this.fact(at, LOG.readIssued, coordinator, key);
    if (!this.keepsAll) return read;
    this.tape.entry(at, LOG.readIssued, coordinator, NOBODY, read);
    this.tape.word(key);
    this.tape.word(newest);
    this.tape.word(probeOf);
    return read;
  }

  /**
   * @param value the write that was returned; NONE for no value, below that the sum of increments
   * @param newest as given to {@link readIssued}, as is `probeOf`
   * @param isDeleted the newest acknowledged write of the key is a delete
   * @param probeDelay position of its delay among the scenario's distinct probe delays, ascending; NONE for no probe
   */
  readAnswered(
    at: Instant,
    coordinator: number,
    read: number,
    value: number,
    newest: number,
    isDeleted: boolean,
    probeDelay: number,
    probeOf: number,
    latency: number,
  ): void {
    this.counters.reads.acked++;
    this.fact(at, LOG.readAnswered, read, value);
    this.outcomes.answered(false, at, latency);
    this.measurements.readAnswered(at, value, newest, isDeleted, probeDelay, probeOf, latency);
    if (!this.keepsAll) return;
    this.tape.entry(at, LOG.readAnswered, coordinator, NOBODY, read);
    this.tape.word(value);
  }

  readFailed(at: Instant, coordinator: number, read: number): void {
    this.counters.reads.failed++;
    this.fact(at, LOG.readFailed, coordinator, read);
    this.outcomes.failed(false, at);
    if (this.keepsAll) this.tape.entry(at, LOG.readFailed, coordinator, NOBODY, read);
  }

  copySent(at: Instant, coordinator: number, replica: number, write: number): void {
    if (!this.keepsAll) return;
    this.copies++;
    this.tape.entry(at, LOG.copySent, coordinator, replica, write);
  }

  /**
   * The coordinator entrusted a hint for the replica to another node; `hintStored` follows when it is kept there.
   *
   * @param isPlanned the write was sent to the replica before
   */
  copyDiverted(
    at: Instant,
    coordinator: number,
    holder: number,
    replica: number,
    write: number,
    isPlanned: boolean,
  ): void {
    if (!this.keepsAll) return;
    if (!isPlanned) this.planned(at, replica, HINTED, write);
    this.tape.entry(at, TAPE.diverted, coordinator, holder, write);
  }

  /** The coordinator neither sent nor hinted: nothing that would make it keep a hint is on. */
  copyUnsent(at: Instant, replica: number, write: number): void {
    if (this.keepsAll) this.planned(at, replica, UNSENT, write);
  }

  /** The replica has the write now, without a hint. */
  copyApplied(at: Instant, replica: number, coordinator: number, write: number): void {
    if (this.keepsAll) this.tape.entry(at, LOG.copyApplied, replica, coordinator, write);
  }

  /** The write arrived without a hint, and the replica kept what it takes for a newer one. */
  copyIgnored(at: Instant, replica: number, coordinator: number, write: number): void {
    this.fact(at, LOG.copyIgnored, replica, write);
    if (this.keepsAll) this.tape.entry(at, LOG.copyIgnored, replica, coordinator, write);
  }

  /** A direct copy was lost: on its way, or because the replica would not execute it. */
  copyDropped(at: Instant, coordinator: number, replica: number, write: number, cause: DropCause): void {
    const kind = cause === 'refusedByPeer' || cause === 'tooLate' ? LOG.copyRefused : LOG.copyDropped;
    this.fact(at, kind, pairOf(coordinator, replica), write);
    if (!this.keepsAll) return;
    this.tape.entry(at, kind, coordinator, replica, write);
    this.tape.word(DROP_CAUSES.indexOf(cause));
  }

  /** Read repair brought a write to a replica, which may be one that the write was never meant to go to. */
  repairApplied(at: Instant, replica: number, coordinator: number, write: number, isIgnored: boolean): void {
    const kind = isIgnored ? LOG.copyIgnored : LOG.repairApplied;
    this.fact(at, kind, pairOf(coordinator, replica), write);
    // The sum of increments is no write, so no copy of one.
    if (!this.keepsAll || write < 0) return;
    this.tape.entry(at, isIgnored ? TAPE.repairIgnored : kind, replica, coordinator, write);
  }

  /** A copy that is planned without being sent. @param route index into `COPY_ROUTES` */
  protected planned(at: Instant, replica: number, route: number, write: number): void {
    this.copies++;
    this.tape.note(at, TAPE.planned, replica, route, write);
  }

  #tapeWrite(
    at: Instant,
    coordinator: number,
    write: number,
    key: number,
    bytes: number,
    operation: number,
    timestamp: number,
    retryOf: number,
  ): void {
    const { tape } = this;
    const isSkewed = timestamp !== at;
    const isRetry = retryOf !== NONE;
    tape.entry(at, LOG.writeIssued, coordinator, operation | (isSkewed ? SKEWED : 0) | (isRetry ? RETRY : 0), write);
    tape.word(key);
    tape.word(bytes);
    if (isSkewed) tape.double(timestamp);
    if (isRetry) tape.word(retryOf);
  }
}
