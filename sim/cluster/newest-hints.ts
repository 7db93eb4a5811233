/**
 * The newest hint of each key for each peer, where a newer hint replaces an older one (Voldemort's slop store, whose key
 * is the target node and the key: handoff-systems §5). Entries are not taken out when a hint leaves its store; an entry
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
    const { holder, peer, position, key, isStored, underWay } = this.#registry;
    const rows = this.#rows[holder[row] ?? 0];
    const name = (peer[row] ?? 0) * KEYS + (key[row] ?? 0);
    const older = rows?.get(name) ?? NONE;
    rows?.set(name, row);
    if (older === NONE || older === row || isStored[older] === 0 || (underWay[older] ?? 0) > 0) return NONE;
    const isSame = holder[older] === holder[row] && peer[older] === peer[row] && key[older] === key[row];
    // After a change of the peer table the older one may wait in the queue of another node.
    return isSame && position[older] === position[row] ? older : NONE;
  }
}
