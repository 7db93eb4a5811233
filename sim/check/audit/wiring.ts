/**
 * The links of a run as the log tells them: which are open, and over which nothing gets through.
 */
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import type { LogRow } from './row.ts';

/** All links of a cluster, by lane: from × nodes + to. */
export class Wiring {
  readonly #trace: Trace;
  readonly #nodes: number;
  readonly #isOpen: Uint8Array;
  /** By link: faults in force that swallow every message. */
  readonly #cuts: Int32Array;

  constructor(trace: Trace) {
    const { length } = trace.scenario.nodes;
    this.#trace = trace;
    this.#nodes = length;
    this.#isOpen = new Uint8Array(length * length).fill(1);
    this.#cuts = new Int32Array(length * length);
  }

  /**
   * What a node sends to another one now is on the wire at once. Not so where a link takes one message after the other,
   * or is yet to open: there it waits in the channel, and the log does not say when it leaves.
   */
  leavesAtOnce(from: number, to: number): boolean {
    const { messageTime, bandwidth } = this.#trace.scenario.policy.channel;
    if (messageTime > 0 || bandwidth > 0) return false;
    return from === to || this.#isOpen[from * this.#nodes + to] === 1;
  }

  /** Every message that leaves in this direction is lost. */
  isCut(from: number, to: number): boolean {
    return (this.#cuts[from * this.#nodes + to] ?? 0) > 0;
  }

  /** Moves on to a row. */
  apply({ kind, node, peer, subject }: LogRow): void {
    switch (kind) {
      case LOG.crashed:
      case LOG.stopped:
        for (let other = 0; other < this.#nodes; other++) {
          this.#isOpen[node * this.#nodes + other] = 0;
          this.#isOpen[other * this.#nodes + node] = 0;
        }
        break;
      case LOG.linkOpened:
        this.#isOpen[node * this.#nodes + peer] = 1;
        break;
      case LOG.faultBegan:
        this.#setCuts(subject, 1);
        break;
      case LOG.faultEnded:
        this.#setCuts(subject, -1);
        break;
      default:
    }
  }

  #setCuts(index: number, by: number): void {
    const fault = this.#trace.scenario.faults[index];
    if (fault?.kind !== 'partition' && fault?.kind !== 'loss') return;
    if (fault.kind === 'loss' && fault.share < 1) return;
    const isTwoWay = fault.kind === 'partition' && fault.isTwoWay;
    const wires = new Set<number>();
    for (const source of fault.sources) {
      for (const target of fault.targets) {
        if (source === target) continue;
        wires.add(source * this.#nodes + target);
        if (isTwoWay) wires.add(target * this.#nodes + source);
      }
    }
    for (const wire of wires) this.#cuts[wire] = (this.#cuts[wire] ?? 0) + by;
  }
}
