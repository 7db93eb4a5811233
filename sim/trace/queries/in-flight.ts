/**
 * Messages in flight: what was on its way from one node to another at an instant. From level `full`, for only the log
 * tells when something was sent.
 *
 * A flight lasts from sending until the other side acted on it: through the channel, over the wire and through the queue
 * of the backend. Of a message that never got there the trace knows when it was given up, not where it was lost. Answers
 * to clients' requests, reads and heartbeats leave no row when they are sent, so they are no flights.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { HINT_FATES, NEVER, NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { Covering } from './covering.ts';
import { departuresOf } from './departures.ts';
import type { Departures } from './departures.ts';

/** What flies: a write to a replica (or to the node that keeps a hint in its place), a hint, its acknowledgement. */
export const FLIGHT_KINDS = ['write', 'hint', 'ack'] as const;
export type FlightKind = (typeof FLIGHT_KINDS)[number];

/** One message between two nodes. */
export interface Flight {
  readonly kind: FlightKind;
  readonly sender: number;
  readonly receiver: number;
  /** A write's id for a `write`, a hint's id otherwise. */
  readonly subject: number;
  /** The log row of its sending. */
  readonly entry: number;
  readonly from: number;
  /** When it arrived or was given up; NEVER if the run ended first. */
  readonly until: number;
  /** It got there; false also for one that was still on its way when the run ended. */
  readonly arrives: boolean;
}

const WRITE = FLIGHT_KINDS.indexOf('write');
const HINT = FLIGHT_KINDS.indexOf('hint');
const ACK = FLIGHT_KINDS.indexOf('ack');
const MISDELIVERED = HINT_FATES.indexOf('misdelivered');

/** Every flight of a run, in the order of sending. */
export class Flights {
  readonly #trace: Trace;
  readonly #kind: Uint8Array;
  /** The log row of its sending. */
  readonly #entry: Int32Array;
  /** Who gets it: whom it was sent to, but for a stray hint. */
  readonly #receiver: Uint16Array;
  readonly #from: Float64Array;
  readonly #until: Float64Array;
  readonly #arrives: Uint8Array;
  readonly #covering: Covering;
  /** By hint: its last flight and the last flight of its acknowledgement. */
  readonly #lastFlight: Int32Array;
  readonly #lastAck: Int32Array;
  /** By hint: the row at which it left its store without being sent. */
  readonly #departures: Departures;
  #count = 0;

  /** Walks the log once: O(log rows + flights). */
  constructor(trace: Trace) {
    this.#trace = trace;
    this.#departures = departuresOf(trace);
    const flights = countFlights(trace) - this.#departures.size;
    this.#kind = new Uint8Array(flights);
    this.#entry = new Int32Array(flights);
    this.#receiver = new Uint16Array(flights);
    this.#from = new Float64Array(flights);
    this.#until = new Float64Array(flights).fill(NEVER);
    this.#arrives = new Uint8Array(flights);
    this.#lastFlight = new Int32Array(trace.hints.storedAt.length).fill(NONE);
    this.#lastAck = new Int32Array(trace.hints.storedAt.length).fill(NONE);
    for (let row = 0; row < trace.log.kind.length; row++) this.#take(row);
    this.#endWithSenders();
    this.#covering = new Covering(this.#from, this.#until);
  }

  get count(): number {
    return this.#count;
  }

  /** The flights at an instant, in the order of sending. O(log n) for each. */
  at(instant: number): readonly Flight[] {
    return this.#covering.at(instant).map((flight) => this.flight(flight));
  }

  /** The first message that one node sent to another after an instant. O(flights). */
  nextOn(sender: number, receiver: number, after: number): Flight | undefined {
    for (let index = countUpTo(this.#from, after); index < this.#count; index++) {
      const flight = this.flight(index);
      if (flight.sender === sender && flight.receiver === receiver) return flight;
    }
    return undefined;
  }

  /** A flight by its place in the order of sending. */
  flight(index: number): Flight {
    const entry = cell(this.#entry, index);
    const { node, subject } = this.#trace.log;
    return {
      kind: FLIGHT_KINDS[cell(this.#kind, index)] ?? 'write',
      sender: cell(node, entry),
      receiver: cell(this.#receiver, index),
      subject: cell(subject, entry),
      entry,
      from: cell(this.#from, index),
      until: cell(this.#until, index),
      arrives: this.#arrives[index] === 1,
    };
  }

  #take(row: number): void {
    const { kind, node, peer, subject } = this.#trace.log;
    const hint = subject[row] ?? NONE;
    switch (kind[row]) {
      case LOG.copySent:
        if (node[row] !== peer[row]) this.#sendWrite(row);
        return;
      case LOG.hintShipped:
        if (this.#departures.get(hint) === row) return;
        this.#end(this.#lastFlight[hint] ?? NONE, row, 0);
        this.#lastFlight[hint] = this.#begin(HINT, row);
        return;
      case LOG.hintAcked:
        this.#end(this.#lastAck[hint] ?? NONE, row, 1);
        return;
      case LOG.hintFailed:
      case LOG.hintLost:
        this.#end(this.#lastFlight[hint] ?? NONE, row, 0);
        // What says that a hint was misdelivered is the acknowledgement of another node.
        this.#end(this.#lastAck[hint] ?? NONE, row, this.#trace.hints.fate[hint] === MISDELIVERED ? 1 : 0);
        return;
      default:
        if (isArrival(kind[row])) this.#arrive(row, hint);
    }
  }

  /** A stray hint gets to another node than it was sent to. What has arrived is not redirected by a repetition. */
  #arrive(row: number, hint: number): void {
    const flight = this.#lastFlight[hint] ?? NONE;
    if (this.#arrives[flight] === 0) this.#receiver[flight] = cell(this.#trace.log.node, row);
    this.#end(flight, row, 1);
    if (asksForAck(this.#trace)) this.#lastAck[hint] = this.#begin(ACK, row);
  }

  #begin(kind: number, row: number): number {
    const flight = this.#count++;
    this.#kind[flight] = kind;
    this.#entry[flight] = row;
    this.#receiver[flight] = cell(this.#trace.log.peer, row);
    this.#from[flight] = cell(this.#trace.log.at, row);
    return flight;
  }

  /** A message that was given up may arrive all the same: an arrival is the last word. */
  #end(flight: number, row: number, arrives: 0 | 1): void {
    if (flight === NONE || this.#arrives[flight] === 1) return;
    if (arrives === 0 && (this.#until[flight] ?? 0) < NEVER) return;
    this.#until[flight] = cell(this.#trace.log.at, row);
    this.#arrives[flight] = arrives;
  }

  /** A write's end is in the tables: at its replica, or at the node that was asked to keep a hint of it. */
  #sendWrite(row: number): void {
    const { log, writes, copies, hints } = this.#trace;
    const flight = this.#begin(WRITE, row);
    const write = cell(log.subject, row);
    const receiver = log.peer[row];
    const end = writes.firstCopy[write + 1] ?? copies.write.length;
    for (let copy = writes.firstCopy[write] ?? end; copy < end; copy++) {
      const hint = copies.hint[copy] ?? NONE;
      if (copies.replica[copy] === receiver) this.#endCopy(flight, copy);
      else if (hint !== NONE && hints.holder[hint] === receiver) {
        this.#until[flight] = cell(hints.storedAt, hint);
        this.#arrives[flight] = 1;
      }
    }
  }

  #endCopy(flight: number, copy: number): void {
    const { droppedAt, appliedAt } = this.#trace.copies;
    const dropped = droppedAt[copy] ?? NEVER;
    this.#until[flight] = dropped < NEVER ? dropped : (appliedAt[copy] ?? NEVER);
    this.#arrives[flight] = dropped === NEVER && this.#until[flight] !== NEVER ? 1 : 0;
  }

  /** What has not arrived when its sender dies was in the sender's channel, or is cut off on the wire. */
  #endWithSenders(): void {
    const crashes = crashesByNode(this.#trace);
    const { node } = this.#trace.log;
    for (let flight = 0; flight < this.#count; flight++) {
      if (this.#arrives[flight] === 1) continue;
      const ofSender = crashes[node[this.#entry[flight] ?? 0] ?? 0];
      const next = ofSender?.[countBefore(ofSender, this.#from[flight] ?? 0)] ?? NEVER;
      this.#until[flight] = Math.min(this.#until[flight] ?? NEVER, next);
    }
  }
}

function asksForAck({ scenario }: Trace): boolean {
  return scenario.policy.drain.ack === 'each';
}

function countFlights(trace: Trace): number {
  const { kind, node, peer } = trace.log;
  const acks = asksForAck(trace);
  let flights = 0;
  for (let row = 0; row < kind.length; row++) {
    const code = kind[row];
    if (code === LOG.hintShipped || (code === LOG.copySent && node[row] !== peer[row])) flights++;
    else if (acks && isArrival(code)) flights++;
  }
  return flights;
}

/** A hint got to a node, be it its peer or another one. */
function isArrival(code: number | undefined): boolean {
  return code === LOG.hintApplied || code === LOG.hintIgnored || code === LOG.strayApplied || code === LOG.strayIgnored;
}

/** When each node went down, ascending. */
function crashesByNode({ outages, scenario }: Trace): readonly Float64Array[] {
  return scenario.nodes.map((_, node) => outages.from.filter((__, row) => outages.node[row] === node));
}
