/**
 * The shim between the protocol and a store: one request line in, one reply line out. For a store in another language
 * this is what has to be written; nothing of it knows how the store is made.
 */

const HELLO = {
  protocol: 1,
  name: 'ring store',
  // Whatever is not said here is as in the reference: policies, and the operations it does without.
  policies: {},
  without: [],
  // This store keeps sizes, not bytes.
  maxPayloadBytes: 0xffffffff,
};

/** A subject whose stores are made by `makeStore(maxBytes)`: a function from a request line to a reply line. */
export function answersOf(makeStore) {
  let store = makeStore(0);
  const answer = (request) => {
    // Integers above 2^53 - 1 would come as strings of digits; this store has no use for them.
    const now = Number(request.now);
    switch (request.op) {
      case 'hello':
        return HELLO;
      case 'reset':
        store = makeStore(Number(request.maxBytes));
        return 'ok';
      case 'bye':
        return 'ok';
      case 'enqueue': {
        const payload = { bytes: Number(request.bytes), fill: request.fill };
        return store.enqueue(now, request.peer, payload, Number(request.ttl));
      }
      case 'takeFor':
        return store.takeFor(now, request.peer).map(({ payload, deadline }) => ({ ...payload, deadline }));
      case 'expireNow':
        return store.expireNow(Number(request.at));
      case 'lengthFor':
        return store.lengthFor(request.peer);
      case 'totalLength':
        return store.totalLength();
      case 'peersWithHints':
        return store.peersWithHints();
      case 'stats':
        return store.stats();
      default:
        throw new Error(`no operation is called ${request.op}`);
    }
  };
  return (line) => {
    const request = JSON.parse(line);
    try {
      return JSON.stringify({ id: request.id, result: answer(request) });
    } catch (problem) {
      // Whether the operation took place is not known: a definite error would claim that it did not.
      return JSON.stringify({ id: request.id, error: { definite: false, message: String(problem) } });
    }
  };
}
