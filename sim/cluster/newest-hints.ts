/**
 * The newest hint of each key for each peer: where a newer hint replaces an older one (Voldemort's slop store, whose key
 * is the target node and the key: handoff-systems §5), and where hints are read (Riak's fallbacks, §4). Entries are not
 * taken out when a hint leaves its store; an entry counts only while its row still is a stored hint of that very holder,
 * peer and key.
 *
 * Where writes have versions, newer is what a replica would keep, and of two coordinators that race for a key the hint of
 * the older write goes, whichever came first: a slop store takes no obsolete version (§5), a fallback merges. Where they
 * have none, newer is what reached the holder later.
 */
import { NONE } from '../trace/trace.ts';
import type { HintRegistry } from './hint-registry.ts';
import type { Versions } from './versions.ts';

/** Keys are int32: a peer and a key together are an exact integer. */
const KEYS = 4_294_967_296;

export class NewestHints {
  readonly #registry: HintRegistry;
  readonly #versions: Versions;
  /** By holder. */
  readonly #rows: readonly Map<number, number>[];

  constructor(nodes: number, registry: HintRegistry, versions: Versions) {
    this.#registry = registry;
    this.#versions = versions;
    this.#rows = Array.from({ length: nodes }, () => new Map<number, number>());
  }

  /** Bytes of the maps, at what an entry takes in engines today. */
  get weight(): number {
    return this.#rows.reduce((sum, rows) => sum + rows.size * 40, 0);
  }

  /**
   * Notes a hint that was just stored. Answers with the one that has to go: an older one that still waits and is not under
   * way, or the hint itself, if the one that is there carries the newer write; NONE if both stay.
   */
  replace(row: number): number {
    const { holder, peer, position, key, underWay } = this.#registry;
    const other = this.find(holder[row] ?? 0, peer[row] ?? 0, key[row] ?? 0);
    const isRival = other !== NONE && other !== row;
    // After a change of the peer table the other one may wait in the queue of another node.
    const isBeside = isRival && position[other] === position[row];
    if (isBeside && this.#isOlder(row, other)) return row;
    this.#rows[holder[row] ?? 0]?.set(nameOf(peer[row] ?? 0, key[row] ?? 0), row);
    return isBeside && (underWay[other] ?? 0) === 0 ? other : NONE;
  }

  /** The newest hint of a key for a peer, if it is stored still; else NONE. */
  find(holder: number, peer: number, key: number): number {
    const registry = this.#registry;
    const row = this.#rows[holder]?.get(nameOf(peer, key)) ?? NONE;
    if (row === NONE || registry.isStored[row] === 0) return NONE;
    const isSame = registry.holder[row] === holder && registry.peer[row] === peer && registry.key[row] === key;
    return isSame ? row : NONE;
  }

  /** A replica that has the write of `other` would ignore that of `row`. */
  #isOlder(row: number, other: number): boolean {
    const { write } = this.#registry;
    return !this.#versions.supersedes(write[row] ?? NONE, write[other] ?? NONE);
  }
}

function nameOf(peer: number, key: number): number {
  return peer * KEYS + key;
}
