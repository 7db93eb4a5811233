/**
 * When nothing stood between a holder and a peer: both processes were up, the holder took the peer for `Normal`, and no
 * fault was in force at either of them or on the wire between them. Only then a policy owes the peer its hints.
 */
import { unreachable } from '../../core/index.ts';
import type { Fault } from '../scenario/model/fault.ts';
import type { Trace } from '../trace/index.ts';
import { without } from './spans.ts';
import type { Span } from './spans.ts';

/** Answers for any pair of nodes of one trace. */
export class LiveSpans {
  readonly #trace: Trace;
  /** Per node: when it was down, or a fault was in force there. */
  readonly #troubles: readonly Span[][];
  /** Per pair, `from * nodes + to`: when `from` took `to` for `Down`, or the wire between them was broken. */
  readonly #between = new Map<number, Span[]>();

  constructor(trace: Trace) {
    this.#trace = trace;
    const { outages, beliefs, scenario } = trace;
    this.#troubles = scenario.nodes.map((): Span[] => []);
    outages.node.forEach((node, row) => this.#addTrouble(node, spanAt(outages, row)));
    beliefs.observer.forEach((observer, row) =>
      this.#addBetween(observer, beliefs.peer[row] ?? 0, spanAt(beliefs, row)),
    );
    for (const fault of scenario.faults) this.#addFault(fault);
  }

  /** When a peer could have had the hints of a holder, ascending. O(n log n) in the troubles of both. */
  between(holder: number, peer: number): readonly Span[] {
    const nodes = this.#trace.scenario.nodes.length;
    const troubles = [
      ...(this.#troubles[holder] ?? []),
      ...(this.#troubles[peer] ?? []),
      ...(this.#between.get(holder * nodes + peer) ?? []),
    ];
    return without({ from: 0, until: this.#trace.endedAt }, troubles);
  }

  #addFault(fault: Fault): void {
    switch (fault.kind) {
      case 'crash':
      case 'stop':
      case 'replace':
      case 'clock':
      case 'diskFull':
      case 'reindex':
      case 'collect':
        // Outages are in their own table, and none of the others stops delivery.
        return;
      case 'loading':
      case 'stall':
      case 'slow':
      case 'pauseDrain':
      case 'flap':
        return this.#addTrouble(fault.node, fault);
      case 'partition':
      case 'loss':
        for (const source of fault.sources) {
          for (const target of fault.targets) {
            this.#addBetween(source, target, fault);
            this.#addBetween(target, source, fault);
          }
        }
        return;
      default:
        return unreachable(fault);
    }
  }

  #addTrouble(node: number, span: Span): void {
    this.#troubles[node]?.push(span);
  }

  #addBetween(from: number, to: number, span: Span): void {
    const pair = from * this.#trace.scenario.nodes.length + to;
    const spans = this.#between.get(pair) ?? [];
    this.#between.set(pair, spans);
    spans.push(span);
  }
}

function spanAt({ from, until }: { readonly from: Float64Array; readonly until: Float64Array }, row: number): Span {
  return { from: from[row] ?? 0, until: until[row] ?? 0 };
}
