/**
 * The mark of a run in a link: how many events it had, a few check values along its way and one of its end. Opened by
 * another version of the simulator, it tells not only that the run differs but from where on.
 *
 *   run=4yk.3f_QaB01xZ9kLm.9c41d2
 *
 * Each check is twelve bits of the chained digest (`sim/engine/digest.ts`), so a run that differs passes one by chance
 * once in 4096 times; the end has 24 bits.
 */
import type { Trace } from '../../sim/trace/index.ts';

/** What a link says of the run it was made from. */
export interface RunMark {
  readonly events: number;
  /** Along the run, evenly; see {@link checkedBlocks}. */
  readonly checks: readonly number[];
  /** The first hexadecimal digits of the digest. */
  readonly end: string;
}

/** Events per value of a trace's chain. */
const CHAIN_EVERY = 256;
const MOST_CHECKS = 7;
const CHECK_BITS = 12;
const END_DIGITS = 6;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The mark of a finished run. */
export function runMark({ events, chain, digest }: Trace): RunMark {
  const checks = checkedBlocks(events).map((block) => checkAt(chain, block) ?? 0);
  return { events, checks, end: digest.slice(0, END_DIGITS) };
}

/** As it stands in a link. About 25 characters. */
export function writeRunMark({ events, checks, end }: RunMark): string {
  const packed = checks.map((check) => DIGITS.charAt(check >>> 6) + DIGITS.charAt(check & 63));
  return `${events.toString(36)}.${packed.join('')}.${end}`;
}

/** The mark in a link, or undefined if it is none. */
export function parseRunMark(text: string): RunMark | undefined {
  const [, count = '', packed = '', end = ''] = /^([0-9a-z]{1,8})\.((?:[\w-]{2})*)\.([0-9a-f]{6})$/.exec(text) ?? [];
  const events = parseInt(count, 36);
  if (end === '' || checkedBlocks(events).length !== packed.length / 2) return undefined;
  const digit = (i: number) => DIGITS.indexOf(packed.charAt(i));
  const checks = Array.from({ length: packed.length / 2 }, (_, i) => (digit(2 * i) << 6) | digit(2 * i + 1));
  return { events, checks, end };
}

/**
 * Up to which event a run is surely that of the mark; undefined if it is to its end. Where they differ between two
 * checks, it is the earlier of them: 0 means that they may differ from the start.
 */
export function agreedEvents(mark: RunMark, { events, chain, digest }: Trace): number | undefined {
  if (events === mark.events && digest.startsWith(mark.end)) return undefined;
  let agreed = 0;
  for (const [i, block] of checkedBlocks(mark.events).entries()) {
    if (checkAt(chain, block) !== mark.checks[i]) return agreed;
    agreed = (block + 1) * CHAIN_EVERY;
  }
  return agreed;
}

/** What the page says when a link opens a run that is not the one it was made from; empty if it is. */
export function markNotice(mark: RunMark, trace: Trace): string {
  const agreed = agreedEvents(mark, trace);
  if (agreed === undefined) return '';
  const from = agreed === 0 ? 'from its start' : `from event ${agreed} on`;
  return `This link was made with another version of hintlab: the run may differ ${from}.`;
}

/** The blocks of the chain that have a check, ascending: all of a short run, else a few at even distances. */
function checkedBlocks(events: number): readonly number[] {
  const blocks = Math.floor(events / CHAIN_EVERY);
  const count = Math.min(MOST_CHECKS, blocks);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 1) * blocks) / count) - 1);
}

function checkAt(chain: Uint32Array, block: number): number | undefined {
  const word = chain[2 * block];
  return word === undefined ? undefined : word & ((1 << CHECK_BITS) - 1);
}
