/**
 * The newest hint of each key for each peer: where a newer hint replaces an older one (Voldemort's slop store, whose key
 * is the target node and the key: handoff-systems §5), and where hints are read (Riak's fallbacks, §4). Entries are not taken out when a hint leaves its store; an entry
 * counts only while its row still is a stored hint of that very holder, peer and key.
 *
 * Newer is what reached the holder later: versions are not compared, as a slop store does. Where two coordinators race
 * for one key, the hint of the older write may stay, and the ledger calls the other one `coalesced`.
 */
import { NONE } from '../trace/trace.ts';
import type { HintRegistry } from './hint-registry.ts';

/** Keys are int32: a peer and a key together are an exact integer. */
const KEYS = 4_294_967_296;

export class NewestHints {
  readonly #registry: HintRegistry;
  /** By holder. */
  readonly #rows: readonly Map<number, number>[];

  constructor(nodes: number, registry: HintRegistry) {
    this.#registry = registry;
    this.#rows = Array.from({ length: nodes }, () => new Map<number, number>());
  }

  /** Bytes of the maps, at what an entry takes in engines today. */
  get weight(): number {
    return this.#rows.reduce((sum, rows) => sum + rows.size * 40, 0);
  }

  /** Notes a hint that was just stored. Answers with the one it replaces, which still waits and is not under way, or NONE. */
  replace(row: number): number {
    const { holder, peer, position, key, underWay } = this.#registry;
    const older = this.find(holder[row] ?? 0, peer[row] ?? 0, key[row] ?? 0);
    this.#rows[holder[row] ?? 0]?.set(nameOf(peer[row] ?? 0, key[row] ?? 0), row);
    if (older === NONE || older === row || (underWay[older] ?? 0) > 0) return NONE;
    // After a change of the peer table the older one may wait in the queue of another node.
    return position[older] === position[row] ? older : NONE;
  }

  /** The hint of a key that reached the holder last for a peer, if it is stored still; else NONE. */
  find(holder: number, peer: number, key: number): number {
    const registry = this.#registry;
    const row = this.#rows[holder]?.get(nameOf(peer, key)) ?? NONE;
    if (row === NONE || registry.isStored[row] === 0) return NONE;
    const isSame = registry.holder[row] === holder && registry.peer[row] === peer && registry.key[row] === key;
    return isSame ? row : NONE;
  }
}

function nameOf(peer: number, key: number): number {
  return peer * KEYS + key;
}
