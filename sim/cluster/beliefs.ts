/**
 * What each node believes of each other node: `Down` or `Normal`. The detector says which, and with what a process
 * begins: `Down`, after dynomite-rs `peer.rs` (handoff-systems §1.2). The coordinator and the drainer read only this.
 */
import { instantAt } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { Recorder } from '../trace/recorder.ts';

export class Beliefs {
  readonly #count: number;
  readonly #isDown: Uint8Array;
  readonly #downSince: Float64Array;
  readonly #recorder: Recorder;

  constructor(count: number, recorder: Recorder) {
    this.#count = count;
    this.#isDown = new Uint8Array(count * count);
    this.#downSince = new Float64Array(count * count);
    this.#recorder = recorder;
  }

  /** A node never doubts itself. */
  isDown(observer: number, peer: number): boolean {
    return this.#isDown[observer * this.#count + peer] === 1;
  }

  /** Since when the observer takes the peer for `Down`; only worth anything while it does. */
  downSince(observer: number, peer: number): Instant {
    return instantAt(this.#downSince, observer * this.#count + peer);
  }

  down(observer: number, peer: number, at: Instant): void {
    const pair = observer * this.#count + peer;
    if (observer === peer || this.#isDown[pair] === 1) return;
    this.#isDown[pair] = 1;
    this.#downSince[pair] = at;
    this.#recorder.believedDown(at, observer, peer);
  }

  up(observer: number, peer: number, at: Instant): void {
    const pair = observer * this.#count + peer;
    if (this.#isDown[pair] === 0) return;
    this.#isDown[pair] = 0;
    this.#recorder.believedUp(at, observer, peer);
  }

  /** A fresh process knows nobody: every peer is `Down`. The recorder closed its old beliefs when it crashed. */
  forget(observer: number, at: Instant): void {
    this.trust(observer);
    for (let peer = 0; peer < this.#count; peer++) this.down(observer, peer, at);
  }

  /** A fresh process doubts nobody: every peer is `Normal`. As in {@link forget}, its old beliefs are closed already. */
  trust(observer: number): void {
    this.#isDown.fill(0, observer * this.#count, (observer + 1) * this.#count);
  }
}
