/**
 * The words of the page, each with its one definition: what a reader of the Dynamo paper knows, and everyone else finds
 * one hover away. The glossary of the README says the same, and a test compares them.
 */

/** Terms in the order of the README. A name `a / b` or `a, b` defines both words together. */
export const GLOSSARY = {
  Coordinator: 'the node a client talks to; it asks the replicas and keeps hints.',
  Replica: 'a node that owns the key, one per rack.',
  Hint: 'a write kept for a replica that could not be reached.',
  Payload: 'its request bytes.',
  'TTL, deadline': 'how long a hint lives; it is expired when `deadline <= now`.',
  Cap: "the most payload bytes a node's store holds, over all peers.",
  'Enqueue / take': "put a hint into a store / remove a peer's whole queue.",
  Sweep: "the drainer's round: expire, then ship to every peer taken for Normal.",
  Drain: 'deliver hints to a peer that is back.',
  Requeue: 'a hint the channel refused goes back to the tail.',
  Channel: 'the bounded queue in front of a link, shared by writes, replay and gossip.',
  'Down / Normal': 'what a node believes of a peer, whatever is true.',
  Conviction: 'when belief turns to Down.',
  Vote: "a replica's answer, or a hint in its place.",
  Behind: 'hints for the node exist that it has not got.',
  Superseded: 'a newer write of the key stands in the place of the copy.',
  Stale: 'of a read: answered with less than a write that was acknowledged before the read was sent.',
  'Not exercised': 'of a property: the run never came to what it is about.',
  Digest: 'a number made of every event of a run; the same digest, the same run.',
  Seed: 'where all the luck of a run comes from.',
  'First divergence': 'where two designs first do different things to the same request.',
} as const satisfies Readonly<Record<string, string>>;

/** The name of a term. */
export type TermName = keyof typeof GLOSSARY;

/** All terms with their definitions, in order. */
export const TERMS: readonly { readonly name: string; readonly definition: string }[] = Object.entries(GLOSSARY).map(
  ([name, definition]) => ({ name, definition: definition.replaceAll('`', '') }),
);

/** The definition of a term as plain text. */
export function definitionOf(name: TermName): string {
  return GLOSSARY[name].replaceAll('`', '');
}
