/**
 * The ledger: what became of every acknowledged write at every replica that should have it. Each (acknowledged write,
 * intended replica) pair is **present** (the replica's value is that write), **superseded** (it is a newer one), or
 * **missing with exactly one cause**. Newer means issued later by the clients, whatever order the replicas saw.
 *
 * Read from a trace at level `full`, at the end of the run; a query like any other.
 */
import { assert } from '../../core/index.ts';
import { COPY_ROUTES, HINT_FATES, NEVER, NONE, WRITE_OUTCOMES } from '../trace/index.ts';
import type { HintFate, Trace } from '../trace/index.ts';

/** How a copy stands at the end. */
export const COPY_STANDINGS = ['present', 'superseded', 'missing'] as const;
/** One of {@link COPY_STANDINGS}. */
export type CopyStanding = (typeof COPY_STANDINGS)[number];

/**
 * Why a copy is missing:
 *
 * - `overwritten`: it was applied, and an older write was applied over it
 * - `expired`, `holderCrashed`, `linkCut`, `requeueRefused`: what became of its hint
 * - `refusedAtCap`: its hint was refused because the store was full
 * - `neverHinted`: neither sent nor hinted, because handoff is off
 * - `dropped`: it was sent directly and lost with its connection
 * - `waiting`: its hint is still in a store; `inFlight`: it, or its hint, is still on the way
 */
export const MISSING_CAUSES = [
  'overwritten',
  'expired',
  'holderCrashed',
  'linkCut',
  'requeueRefused',
  'refusedAtCap',
  'neverHinted',
  'dropped',
  'waiting',
  'inFlight',
] as const;
/** What each cause is called where people read it. */
export const MISSING_CAUSE_NAMES: Readonly<Record<MissingCause, string>> = {
  overwritten: 'overwritten by an older write',
  expired: 'hint expired',
  holderCrashed: 'hint died with its holder',
  linkCut: 'hint lost on the wire',
  requeueRefused: 'hint refused at requeue',
  refusedAtCap: 'hint refused at the cap',
  neverHinted: 'neither sent nor hinted',
  dropped: 'lost with its connection',
  waiting: 'hint still waiting',
  inFlight: 'still on the way',
};
/** One of {@link MISSING_CAUSES}. */
export type MissingCause = (typeof MISSING_CAUSES)[number];

/** One (acknowledged write, intended replica) pair. */
export interface LedgerRow {
  /** Row in `trace.copies`. */
  readonly copy: number;
  readonly write: number;
  readonly replica: number;
  readonly standing: CopyStanding;
  /** Of a missing copy, and of no other. */
  readonly cause?: MissingCause;
}

/** Counts of pairs; present + superseded + Σ missing = all pairs. */
export interface LedgerTotals {
  readonly present: number;
  readonly superseded: number;
  readonly missing: Readonly<Record<MissingCause, number>>;
}

/** The whole ledger of a run. */
export interface Ledger {
  readonly totals: LedgerTotals;
  /** The missing pairs only, in the order of writes: the ones that want an explanation. */
  readonly missing: readonly LedgerRow[];
}

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/** The ledger of a run; undefined below level `full`, where copies are not recorded. O(copies). */
export function ledger(trace: Trace): Ledger | undefined {
  if (trace.level !== 'full') return undefined;
  const values = valuesOf(trace);
  const counts = new Map<MissingCause, number>(MISSING_CAUSES.map((cause) => [cause, 0]));
  const missing: LedgerRow[] = [];
  let present = 0;
  let superseded = 0;
  for (let copy = 0; copy < trace.copies.write.length; copy++) {
    const row = rowOf(trace, values, copy);
    if (row === undefined) continue;
    if (row.standing === 'present') present++;
    else if (row.standing === 'superseded') superseded++;
    else {
      missing.push(row);
      if (row.cause !== undefined) counts.set(row.cause, (counts.get(row.cause) ?? 0) + 1);
    }
  }
  return { totals: { present, superseded, missing: recordOf(counts) }, missing };
}

/** How one copy stands; undefined if its write was not acknowledged or the trace has no copies. */
export function standingOf(trace: Trace, copy: number): LedgerRow | undefined {
  return trace.level === 'full' ? rowOf(trace, valuesOf(trace), copy) : undefined;
}

/** The write that a replica's key has at the end, or NONE. */
type Values = (replica: number, key: number) => number;

function rowOf(trace: Trace, values: Values, copy: number): LedgerRow | undefined {
  const { copies, writes } = trace;
  const write = copies.write[copy] ?? NONE;
  if (writes.outcome[write] !== ACKED) return undefined;
  const replica = copies.replica[copy] ?? 0;
  const held = values(replica, writes.key[write] ?? 0);
  const pair = { copy, write, replica };
  if (held === write) return { ...pair, standing: 'present' };
  if (held > write) return { ...pair, standing: 'superseded' };
  return { ...pair, standing: 'missing', cause: causeOf(trace, copy) };
}

function causeOf({ copies, hints }: Trace, copy: number): MissingCause {
  if (copies.appliedAt[copy] !== NEVER) return 'overwritten';
  const route = COPY_ROUTES[copies.route[copy] ?? 0];
  if (route === 'refused') return 'refusedAtCap';
  if (route === 'unsent') return 'neverHinted';
  if (route === 'direct') return copies.droppedAt[copy] === NEVER ? 'inFlight' : 'dropped';
  const hint = copies.hint[copy] ?? NONE;
  const fate = HINT_FATES[hints.fate[hint] ?? 0] ?? 'pending';
  return fate === 'pending' && hints.leftAt[hint] !== NEVER ? 'inFlight' : causeOfFate(fate);
}

function causeOfFate(fate: HintFate): MissingCause {
  assert(fate !== 'delivered', 'a delivered hint has been applied');
  return fate === 'pending' ? 'waiting' : fate;
}

/** Looks values up by replica and key; the table is ordered by both. */
function valuesOf({ values }: Trace): Values {
  const byReplica = new Map<number, Map<number, number>>();
  values.replica.forEach((replica, row) => {
    const keys = byReplica.get(replica) ?? new Map<number, number>();
    byReplica.set(replica, keys);
    keys.set(values.key[row] ?? 0, values.write[row] ?? NONE);
  });
  return (replica, key) => byReplica.get(replica)?.get(key) ?? NONE;
}

function recordOf(counts: ReadonlyMap<MissingCause, number>): LedgerTotals['missing'] {
  const count = (cause: MissingCause): number => counts.get(cause) ?? 0;
  return {
    overwritten: count('overwritten'),
    expired: count('expired'),
    holderCrashed: count('holderCrashed'),
    linkCut: count('linkCut'),
    requeueRefused: count('requeueRefused'),
    refusedAtCap: count('refusedAtCap'),
    neverHinted: count('neverHinted'),
    dropped: count('dropped'),
    waiting: count('waiting'),
    inFlight: count('inFlight'),
  };
}
