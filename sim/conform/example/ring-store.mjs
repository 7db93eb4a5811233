/**
 * A second hint store, made differently from the one in core/: a ring buffer of hints for each peer, plain objects, no
 * columns. It is here to be tested: the kit has to accept it, and to reject each of its broken variants.
 *
 * Payloads are kept as what they are made of, `{ bytes, fill }`, so sizes of gigabytes cost nothing.
 */

/** A queue in an array whose size is a power of two; it doubles when it is full. */
class Ring {
  slots = new Array(2);
  head = 0;
  length = 0;

  push(hint) {
    if (this.length === this.slots.length) this.grow();
    this.slots[(this.head + this.length) & (this.slots.length - 1)] = hint;
    this.length += 1;
  }

  at(index) {
    return this.slots[(this.head + index) & (this.slots.length - 1)];
  }

  shift() {
    const first = this.at(0);
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length -= 1;
    return first;
  }

  /** Keeps the hints that `isKept` says, in their order, and hands back the others. */
  keep(isKept) {
    const removed = [];
    while (this.length > 0 && !isKept(this.at(0))) removed.push(this.shift());
    const before = this.length;
    this.length = 0;
    for (let index = 0; index < before; index += 1) {
      const hint = this.at(index);
      if (isKept(hint)) this.push(hint);
      else removed.push(hint);
    }
    return removed;
  }

  grow() {
    const wider = new Array(this.slots.length * 2);
    for (let index = 0; index < this.length; index += 1) wider[index] = this.at(index);
    this.slots = wider;
    this.head = 0;
  }
}

/** Sizes in bytes, times in microseconds; `maxBytes` of 0 is no cap. */
export class RingStore {
  rings = new Map();
  bytes = 0;
  hintCount = 0;
  expiredTotal = 0;
  rejectedOverCapacityTotal = 0;

  constructor(maxBytes) {
    this.maxBytes = maxBytes;
  }

  enqueue(now, peer, payload, ttl) {
    if (ttl === 0) return 'zeroTtl';
    if (payload.bytes === 0) return 'emptyPayload';
    if (this.maxBytes > 0 && this.bytes + payload.bytes > this.maxBytes) {
      this.rejectedOverCapacityTotal += 1;
      return 'overCapacity';
    }
    this.bytes += payload.bytes;
    this.hintCount += 1;
    this.ringOf(peer).push({ payload, deadline: now + ttl });
    return 'accepted';
  }

  takeFor(now, peer) {
    const ring = this.rings.get(peer);
    if (ring === undefined) return [];
    this.rings.delete(peer);
    const live = [];
    for (let index = 0; index < ring.length; index += 1) {
      const hint = ring.at(index);
      this.letGo(hint);
      if (hint.deadline <= now) this.expiredTotal += 1;
      else live.push(hint);
    }
    return live;
  }

  expireNow(at) {
    let dropped = 0;
    for (const [peer, ring] of this.rings) {
      const due = ring.keep((hint) => hint.deadline > at);
      for (const hint of due) this.letGo(hint);
      dropped += due.length;
      if (ring.length === 0) this.rings.delete(peer);
    }
    this.expiredTotal += dropped;
    return dropped;
  }

  lengthFor(peer) {
    return this.rings.get(peer)?.length ?? 0;
  }

  totalLength() {
    return this.hintCount;
  }

  peersWithHints() {
    return [...this.rings.keys()];
  }

  stats() {
    const { hintCount, bytes, maxBytes, expiredTotal, rejectedOverCapacityTotal } = this;
    return { hintCount, bytes, maxBytes, expiredTotal, rejectedOverCapacityTotal };
  }

  ringOf(peer) {
    const ring = this.rings.get(peer) ?? new Ring();
    this.rings.set(peer, ring);
    return ring;
  }

  letGo(hint) {
    this.bytes -= hint.payload.bytes;
    this.hintCount -= 1;
  }
}
