/**
 * The store of core/ as a subject of the conformance kit: operations in, what the protocol answers out.
 */
import { unreachable } from '../../core/assert.ts';
import { VirtualClock } from '../../core/clock.ts';
import { HintStore } from '../../core/hint-store.ts';
import { bytes, duration, instant, peerIndex } from '../../core/units.ts';
import { type Ask, fieldsOf, integer, PROTOCOL } from '../../sim/conform/index.ts';
import type { Subject } from './in-process.ts';
import { askOf } from './model-subject.ts';

interface FilledPayload {
  readonly byteLength: number;
  readonly fill: number;
}

/** An empty store under `maxBytes`, as a function that does what it is asked. */
export function coreStore(maxBytes: bigint): (ask: Ask) => unknown {
  const clock = new VirtualClock();
  const store = new HintStore<FilledPayload>(clock, { maxBytes: bytes(Number(maxBytes)) });
  return (ask) => {
    clock.advanceTo(instant(Number(ask.now)));
    return answer(store, ask);
  };
}

function answer(store: HintStore<FilledPayload>, ask: Ask): unknown {
  switch (ask.op) {
    case 'enqueue': {
      const payload = { byteLength: Number(ask.bytes), fill: ask.fill };
      return store.enqueue(peerIndex(ask.peer), payload, duration(Number(ask.ttl))).kind;
    }
    case 'takeFor':
      return store
        .takeFor(peerIndex(ask.peer))
        .map(({ payload, deadline }) => ({ bytes: payload.byteLength, fill: payload.fill, deadline }));
    case 'expireNow':
      return store.expireNow(instant(Number(ask.at)));
    case 'lengthFor':
      return store.lengthFor(peerIndex(ask.peer));
    case 'totalLength':
      return store.totalLength();
    case 'stats':
      return store.stats();
    case 'peersWithHints':
      return store.peersWithHints();
    default:
      return unreachable(ask);
  }
}

/** The same, behind the lines of the protocol. */
export function coreSubject(): Subject {
  let store = coreStore(0n);
  return (line) => {
    const request = fieldsOf(JSON.parse(line)) ?? {};
    const { id, op } = request;
    if (op === 'hello') return reply(id, { protocol: PROTOCOL, name: 'hintlab core', maxPayloadBytes: 0xffff_ffff });
    if (op === 'reset') store = coreStore(integer(request.maxBytes) ?? 0n);
    const ask = askOf(request);
    return reply(id, ask === undefined ? 'ok' : store(ask));
  };
}

function reply(id: unknown, result: unknown): string {
  return JSON.stringify({ id, result });
}
