/**
 * Comma-separated values with places: fields in quotes may hold commas, quotes (doubled) and line ends (RFC 4180).
 */

/** A field, and the column at which it begins, from 1. */
export interface Field {
  readonly text: string;
  readonly column: number;
}

/** A row, and the line at which it begins, from 1. */
export interface Row {
  readonly line: number;
  readonly fields: readonly Field[];
}

/** The rows of a text, without empty lines. An open quote reaches to the end of the text. Linear in the text. */
export function parseCsv(text: string): readonly Row[] {
  const rows: Row[] = [];
  let line = 1;
  let lineStart = 0;
  let rowLine = 1;
  let fields: Field[] = [];
  let at = 0;
  let isWithinRow = false;
  // A comma at the very end is followed by one more field, which is empty.
  while (at < text.length || isWithinRow) {
    const field = readField(text, at);
    fields.push({ text: field.text, column: at - lineStart + 1 });
    isWithinRow = text[field.end] === ',';
    const next = field.end + (text.startsWith('\r\n', field.end) ? 2 : 1);
    for (let end = text.indexOf('\n', at); end >= 0 && end < next; end = text.indexOf('\n', end + 1)) {
      line++;
      lineStart = end + 1;
    }
    at = next;
    if (isWithinRow) continue;
    if (fields.length > 1 || fields[0]?.text !== '') rows.push({ line: rowLine, fields });
    fields = [];
    rowLine = line;
  }
  return rows;
}

/** The field that begins at `start`, and where it ends: at a comma, at the end of a line or of the text. */
function readField(text: string, start: number): { readonly text: string; readonly end: number } {
  const isQuoted = text[start] === '"';
  const close = isQuoted ? closingQuote(text, start + 1) : start;
  const quoted = isQuoted ? text.slice(start + 1, close).replaceAll('""', '"') : '';
  const rest = isQuoted ? close + 1 : start;
  let end = rest;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && !text.startsWith('\r\n', end)) end++;
  return { text: quoted + text.slice(rest, end), end: Math.min(end, text.length) };
}

/** The quote that closes the one before `from`; two in a row stand for one within the text. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}
