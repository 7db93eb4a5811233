/**
 * The running totals of a run, kept at every level, and the two equations they must satisfy:
 *
 *   stored = delivered + expired + lost + pending      (in hints and in payload bytes)
 *   issued = acked + failed + pending                  (writes and reads)
 */
import { assert } from '../../core/index.ts';
import { LOSS_CAUSES, REFUSAL_REASONS } from './trace.ts';
import type { LossCause, RefusalReason, RequestTotals, Totals } from './trace.ts';

/** Counts of one kind of request. */
export class RequestCounter {
  issued = 0;
  acked = 0;
  failed = 0;

  totals(): RequestTotals {
    const pending = this.issued - this.acked - this.failed;
    assert(pending >= 0, 'a request is resolved at most once', pending);
    return { issued: this.issued, acked: this.acked, failed: this.failed, pending };
  }
}

/** Counts of hints, or of their bytes: the same flows in two units. */
export class HintFlow {
  stored = 0;
  delivered = 0;
  expired = 0;
  lost = 0;

  get pending(): number {
    return this.stored - this.delivered - this.expired - this.lost;
  }

  totals(): Totals['hintBytes'] {
    assert(this.pending >= 0, 'a hint ends at most once', this.pending);
    const { stored, delivered, expired, lost, pending } = this;
    return { stored, delivered, expired, lost, pending };
  }
}

/** Everything that is counted, in one place. */
export class Counters {
  readonly writes = new RequestCounter();
  readonly reads = new RequestCounter();
  readonly hints = new HintFlow();
  readonly hintBytes = new HintFlow();
  readonly lostBy = new Map<LossCause, number>(LOSS_CAUSES.map((cause) => [cause, 0]));
  readonly refusedBy = new Map<RefusalReason, number>(REFUSAL_REASONS.map((why) => [why, 0]));
  redelivered = 0;
  requeued = 0;
  sent = 0;
  delivered = 0;
  dropped = 0;
  refused = 0;

  /** A hint was lost, by this cause. */
  lose(cause: LossCause): void {
    this.lostBy.set(cause, (this.lostBy.get(cause) ?? 0) + 1);
  }

  /** A hint was not stored, for this reason. */
  refuseHint(why: RefusalReason): void {
    this.refusedBy.set(why, (this.refusedBy.get(why) ?? 0) + 1);
  }

  totals(): Totals {
    const lost = (cause: LossCause): number => this.lostBy.get(cause) ?? 0;
    const lostBy = {
      holderCrashed: lost('holderCrashed'),
      linkCut: lost('linkCut'),
      requeueRefused: lost('requeueRefused'),
      messageLost: lost('messageLost'),
      refusedByPeer: lost('refusedByPeer'),
      tornTail: lost('tornTail'),
      coalesced: lost('coalesced'),
      misdelivered: lost('misdelivered'),
      holderReplaced: lost('holderReplaced'),
    };
    const sum = Object.values(lostBy).reduce((total, count) => total + count, 0);
    assert(sum === this.hints.lost, 'every lost hint has one cause', this.hints.lost);
    return {
      writes: this.writes.totals(),
      reads: this.reads.totals(),
      hints: {
        ...this.hints.totals(),
        rejectedOverCapacity: this.refusedBy.get('cap') ?? 0,
        refusedByWindow: this.refusedBy.get('window') ?? 0,
        refusedByDisk: this.refusedBy.get('disk') ?? 0,
        refusedByOverload: this.refusedBy.get('overload') ?? 0,
        redelivered: this.redelivered,
        requeued: this.requeued,
      },
      hintBytes: this.hintBytes.totals(),
      lostBy,
      messages: { sent: this.sent, delivered: this.delivered, dropped: this.dropped, refused: this.refused },
    };
  }
}
