/**
 * Which scripts a built page loads before anything is asked of it: those that index.html names (module scripts and
 * modulepreload links) and, from each, its static imports. Dynamic `import()` and workers do not count.
 */
import { posix } from 'node:path';
import ts from 'typescript';

/** Paths of the first-load scripts relative to the page, in the order of discovery. `read` gives the text of one. */
export function firstLoad(html: string, read: (path: string) => string): string[] {
  const found = new Set(scriptsOf(html));
  // A Set hands out what is added while it is walked, so this ends when no import is new.
  for (const path of found) {
    for (const specifier of staticImports(read(path))) found.add(posix.join(posix.dirname(path), specifier));
  }
  return [...found];
}

function scriptsOf(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const loaded = tags.filter((tag) => tag.startsWith('<script') || /rel="?modulepreload/.test(tag));
  return loaded
    .flatMap((tag) => /(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1] ?? [])
    .map((path) => posix.normalize(path));
}

function staticImports(script: string): string[] {
  const { statements } = ts.createSourceFile('chunk.js', script, ts.ScriptTarget.ES2023);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const from = statement.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) && from.text.startsWith('.') ? [from.text] : [];
  });
}
