/**
 * How well a line fits what was typed: its letters in order, better the closer they stand together and the more of them
 * begin a word. Words may be typed in any order, parted by spaces.
 */

/** Points for a letter that begins a word, and for one that follows the letter before it. */
const BEGINS_WORD = 8;
const FOLLOWS = 5;
/** A line that fits as well but is shorter comes first. */
const PER_LETTER = 0.05;

/** Higher is better; undefined: it does not fit. Empty text fits everything equally. */
export function fitOf(typed: string, line: string): number | undefined {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = line.toLowerCase();
  let total = 0;
  for (const word of words) {
    const fit = bestOf(word, text);
    if (fit === undefined) return undefined;
    total += fit;
  }
  return words.length === 0 ? 0 : total - PER_LETTER * line.length;
}

/** The best of the ways to find a word in a text, each begun at another place. O(letters²) at worst. */
function bestOf(word: string, text: string): number | undefined {
  let best: number | undefined;
  for (let start = text.indexOf(word.charAt(0)); start !== -1; start = text.indexOf(word.charAt(0), start + 1)) {
    const points = pointsFrom(word, text, start);
    if (points === undefined) return best; // begun later, even fewer letters are left
    if (best === undefined || points > best) best = points;
  }
  return best;
}

function pointsFrom(word: string, text: string, start: number): number | undefined {
  let points = 0;
  let last = start - 1;
  for (const letter of word) {
    const at = text.indexOf(letter, last + 1);
    if (at === -1) return undefined;
    if (at === last + 1 && at > start) points += FOLLOWS;
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) points += BEGINS_WORD;
    last = at;
  }
  return points;
}
