/**
 * Sentences of the simulator set thousands apart by plain spaces; on a page a number must not break over two lines.
 */
export function unbroken(text: string): string {
  return text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '\u00a0');
}
