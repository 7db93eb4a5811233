/**
 * An edited story as what was changed of it: for a link, a few lines instead of the whole text. An edit carries the
 * checksum of the text it makes, so that it is never applied to a story that has changed since.
 *
 *   k2j9f1a        checksum of the result, base 36
 *   14,1,2         from line 14 (counted from 0), one line goes and the two below come
 *   faults:
 *     - { crash: b, at: 90s, for: 5m }
 */
import { crc32 } from '../../core/index.ts';

/** Lines that go and lines that come in their place. */
interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

/** A stretch longer than this is replaced as a whole instead of line by line. In lines of either text. */
const MOST_COMPARED = 400;

/** What makes `text` of `base`. O(lines²) in the stretch between the first and the last line changed. */
export function editOf(base: string, text: string): string {
  const splices = splicesOf(base.split('\n'), text.split('\n'));
  const lines = splices.flatMap(({ at, removed, added }) => [`${at},${removed},${added.length}`, ...added]);
  return [checksum(text), ...lines].join('\n');
}

/** The text that an edit makes of `base`, or undefined if it was made from another one. */
export function editedText(base: string, edit: string): string | undefined {
  const [sum, ...lines] = edit.split('\n');
  const from = base.split('\n');
  const made: string[] = [];
  let copied = 0;
  for (let i = 0; i < lines.length;) {
    const [, at, removed, count] = /^(\d{1,7}),(\d{1,7}),(\d{1,7})$/.exec(lines[i] ?? '')?.map(Number) ?? [];
    if (at === undefined || removed === undefined || count === undefined || at < copied) return undefined;
    made.push(...from.slice(copied, at), ...lines.slice(i + 1, i + 1 + count));
    copied = at + removed;
    i += 1 + count;
  }
  const text = [...made, ...from.slice(copied)].join('\n');
  return checksum(text) === sum ? text : undefined;
}

function checksum(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(36);
}

function splicesOf(from: readonly string[], to: readonly string[]): readonly Splice[] {
  const head = commonHead(from, to);
  const tail = commonHead(from.slice(head).reverse(), to.slice(head).reverse());
  const [a, b] = [from.slice(head, from.length - tail), to.slice(head, to.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  if (a.length > MOST_COMPARED || b.length > MOST_COMPARED) return [{ at: head, removed: a.length, added: b }];
  return lineSplices(a, b).map((splice) => ({ ...splice, at: splice.at + head }));
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((line, i) => line !== b[i]);
  return differing === -1 ? a.length : differing;
}

/** The splices between two stretches by their longest common subsequence of lines. */
function lineSplices(a: readonly string[], b: readonly string[]): readonly Splice[] {
  const width = b.length + 1;
  const common = commonLengths(a, b);
  const splices: Splice[] = [];
  let [i, j, startA, startB] = [0, 0, 0, 0];
  const flush = () => {
    if (i > startA || j > startB) splices.push({ at: startA, removed: i - startA, added: b.slice(startB, j) });
  };
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      flush();
      [i, j] = [i + 1, j + 1];
      [startA, startB] = [i, j];
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  [i, j] = [a.length, b.length];
  flush();
  return splices;
}

/** At `i · (|b| + 1) + j`: how many lines a from `i` on and b from `j` on have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0];
      common[i * width + j] = a[i] === b[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : down > right ? down : right;
    }
  }
  return common;
}
