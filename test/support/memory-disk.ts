/**
 * A disk of segments in memory, for tests: it outlives the stores put on it, so a restart is a second `open` on the same
 * disk. It keeps a list of what was asked of it, and can be told to fail the next call of a kind.
 */
import type {
  AppendResult,
  DiskFailure,
  DiskResult,
  ListResult,
  PeerIndex,
  ReadResult,
  SegmentDisk,
} from '../../core/index.ts';

export type DiskCall = 'append' | 'remove' | 'rewrite' | 'read' | 'list';

export class MemoryDisk implements SegmentDisk {
  /** What each segment holds. A test may damage it. */
  readonly segments = new Map<PeerIndex, Uint8Array>();
  /** Every call since the last `forgetCalls`, as `append 3`. */
  calls: string[] = [];
  readonly #failing = new Map<DiskCall, number>();

  /** Fails the next `call`. An append writes its first `writtenBytes` before it fails, all but one byte at most. */
  failNext(call: DiskCall, writtenBytes = 0): void {
    this.#failing.set(call, writtenBytes);
  }

  forgetCalls(): void {
    this.calls = [];
  }

  /** Lets the calls that were to fail, and were not made, succeed. */
  forgetFailures(): void {
    this.#failing.clear();
  }

  append(peer: PeerIndex, bytes: Uint8Array): AppendResult {
    const failsAfter = this.#enter('append', peer);
    const writtenBytes = failsAfter === undefined ? bytes.length : Math.min(failsAfter, bytes.length - 1);
    if (writtenBytes > 0) this.#extend(peer, bytes.subarray(0, writtenBytes));
    return failsAfter === undefined ? { kind: 'done' } : { kind: 'failed', message: 'disk full', writtenBytes };
  }

  remove(peer: PeerIndex): DiskResult {
    if (this.#enter('remove', peer) !== undefined) return refused();
    this.segments.delete(peer);
    return { kind: 'done' };
  }

  rewrite(peer: PeerIndex, bytes: Uint8Array): DiskResult {
    if (this.#enter('rewrite', peer) !== undefined) return refused();
    this.segments.set(peer, bytes.slice());
    return { kind: 'done' };
  }

  read(peer: PeerIndex): ReadResult {
    if (this.#enter('read', peer) !== undefined) return refused();
    return { kind: 'read', bytes: this.segments.get(peer)?.slice() ?? new Uint8Array() };
  }

  list(): ListResult {
    if (this.#enter('list') !== undefined) return refused();
    return { kind: 'listed', peers: [...this.segments.keys()].toSorted((a, b) => a - b) };
  }

  /** Notes the call; the number of bytes after which it is to fail, or undefined if it is not. */
  #enter(call: DiskCall, peer?: PeerIndex): number | undefined {
    this.calls.push(peer === undefined ? call : `${call} ${peer}`);
    const failsAfter = this.#failing.get(call);
    this.#failing.delete(call);
    return failsAfter;
  }

  #extend(peer: PeerIndex, tail: Uint8Array): void {
    const head = this.segments.get(peer) ?? new Uint8Array();
    const longer = new Uint8Array(head.length + tail.length);
    longer.set(head);
    longer.set(tail, head.length);
    this.segments.set(peer, longer);
  }
}

function refused(): DiskFailure {
  return { kind: 'failed', message: 'permission denied' };
}
