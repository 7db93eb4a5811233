/**
 * Workers for a sweep: as many as there are cores to spare, each with one cell at a time. Cancelling ends them all at
 * once; nothing that they were about is ever answered.
 */
import { placesOf, type CellPlace, type SweepCell, type SweepPlan } from '../../sim/explore/sweep-plan.ts';
import type { WorkerLike } from './computer.ts';
import type { NamedFile } from './design-runner.ts';
import { parseReply, type Reply } from './protocol.ts';

/** What is told of a sweep. */
export interface SweepEvents {
  readonly cell: (cell: SweepCell) => void;
  /** All cells are there. */
  readonly done: () => void;
  /** A bug of ours, in words: the sweep is given up. */
  readonly broken: (message: string) => void;
}

export class SweepPool {
  readonly #make: () => WorkerLike;
  readonly #size: number;
  readonly #events: SweepEvents;
  #workers: readonly WorkerLike[] = [];
  #waiting: readonly CellPlace[] = [];
  #left = 0;
  #lastId = 0;

  /** @param size workers; at least one */
  constructor(make: () => WorkerLike, size: number, events: SweepEvents) {
    this.#make = make;
    this.#size = size;
    this.#events = events;
  }

  /** Runs all cells of a plan, and nothing that went on before. `files` are those that the scenario may name. */
  run(plan: SweepPlan, files: readonly NamedFile[]): void {
    this.cancel();
    this.#waiting = placesOf(plan);
    this.#left = this.#waiting.length;
    this.#workers = Array.from({ length: Math.min(this.#size, this.#left) }, () => this.#make());
    for (const worker of this.#workers) {
      worker.onmessage = ({ data }) => this.#receive(worker, plan, parseReply(data));
      worker.onerror = (event) => this.#break(event.message || 'the worker could not be started');
      for (const { name, text } of files) worker.postMessage({ kind: 'open', id: ++this.#lastId, name, text });
      this.#next(worker, plan);
    }
  }

  /** Stops at once. */
  cancel(): void {
    for (const worker of this.#workers) {
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    }
    this.#workers = [];
    this.#waiting = [];
  }

  #next(worker: WorkerLike, plan: SweepPlan): void {
    const [place, ...rest] = this.#waiting;
    this.#waiting = rest;
    if (place !== undefined) worker.postMessage({ kind: 'cell', id: ++this.#lastId, plan, place });
  }

  #receive(worker: WorkerLike, plan: SweepPlan, reply: Reply | undefined): void {
    if (reply?.kind === 'opened' || reply?.kind === 'unopened') return; // about a file, which it is only told of
    if (reply?.kind !== 'cell')
      return this.#break(reply?.kind === 'broken' ? reply.message : 'the worker sent a message that is not a reply');
    this.#next(worker, plan);
    this.#left--;
    this.#events.cell(reply.cell);
    if (this.#left > 0) return;
    this.cancel();
    this.#events.done();
  }

  #break(message: string): void {
    this.cancel();
    this.#events.broken(message);
  }
}
