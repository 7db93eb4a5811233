/**
 * What a file is, by what stands in it: a scenario, LANL's outages, Twitter's table, or none of them.
 */

/** Kinds of files that hintlab reads as text. */
export type FileKind = 'scenario' | 'lanl' | 'twitter' | 'unknown';

/** The header is looked for in so many characters. */
const HEAD_CHARS = 4_096;

/** The kind of a file. Its content decides; the name only where the content is silent. */
export function recogniseFile(name: string, text: string): FileKind {
  const head = text.slice(0, HEAD_CHARS);
  if (/^\uFEFF?[^\n]*\bProb Started\b[^\n]*,/i.test(head)) return 'lanl';
  if (/^\s*\|[^\n]*\bcluster\b[^\n]*\bZipf alpha\b/im.test(head)) return 'twitter';
  if (/^\uFEFF?["']?hintlab["']?\s*:/m.test(text.slice(0, HEAD_CHARS * 16))) return 'scenario';
  return /\.ya?ml$/i.test(name) ? 'scenario' : 'unknown';
}
