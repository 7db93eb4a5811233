/**
 * What the tidy checks read: every file of the project as text, and its code as a TypeScript syntax tree.
 *
 * In a `.svelte` file everything outside the script elements is blanked, so line numbers stay those of the file; the
 * types written in its markup come from Svelte's own parser. A check is a function from sources to findings, so a test
 * can hand it a made-up file as well as the tree.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** One file of the project. */
export interface Source {
  /** Relative to the top of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The syntax tree of its code; undefined for files that are not TypeScript or Svelte. */
  readonly code: ts.SourceFile | undefined;
  /** The names of the syntax nodes of a Svelte file's markup, with their offsets. */
  readonly markup: readonly { readonly type: string; readonly start: number }[];
}

/** One broken rule at one place; `message` says what to do instead. */
export interface Finding {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** One rule of the house, over all files at once (a cycle is no property of one file). */
export type Check = (sources: readonly Source[]) => readonly Finding[];

const FOLDERS = ['core', 'sim', 'web', 'test', '.ci'];
const TOP_FILES = ['README.md', 'package.json', 'tsconfig.json', 'vite.config.ts', '.gitignore', '.npmrc'];
const TEXT_ENDINGS = ['.ts', '.svelte', '.yaml', '.json', '.md', '.html', '.css', '.txt', 'run'];

/** Every text file of the project under `root`, in the order of their paths. */
export function sourcesUnder(root: string): Source[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  );
  const top = readdirSync(root).filter((name) => TOP_FILES.includes(name));
  const paths = [...inFolders, ...top].filter(
    (path) => TEXT_ENDINGS.some((ending) => path.endsWith(ending)) || top.includes(path),
  );
  return paths.sort().map((path) => source(path, readFileSync(join(root, path), 'utf8')));
}

/** A source made of a path and its text. */
export function source(path: string, text: string): Source {
  const svelte = path.endsWith('.svelte');
  const code = svelte ? scriptOnly(text) : text;
  const parsed =
    svelte || path.endsWith('.ts')
      ? ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS)
      : undefined;
  return { path, text, code: parsed, markup: svelte ? markupNodes(text) : [] };
}

/** Calls `visit` for `node` and everything below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** A finding at a node of a file's code. */
export function findingAt({ path, code }: Source, node: ts.Node, message: string): Finding {
  const line = code === undefined ? 1 : code.getLineAndCharacterOfPosition(node.getStart(code)).line + 1;
  return { path, line, message };
}

/** A finding at an offset into a file's text. */
export function findingAtOffset({ path, text }: Source, offset: number, message: string): Finding {
  return { path, line: text.slice(0, offset).split('\n').length, message };
}

/** The comments of a file: those of its code, or all of its text where it has none. Offsets are into the text. */
export function commentsOf({ text, code, path }: Source): { readonly offset: number; readonly text: string }[] {
  if (code === undefined) return [{ offset: 0, text }];
  const found = new Map<number, string>();
  const note = (range: ts.CommentRange): void => void found.set(range.pos, code.text.slice(range.pos, range.end));
  const visit = (node: ts.Node): void => {
    ts.getLeadingCommentRanges(code.text, node.pos)?.forEach(note);
    ts.getTrailingCommentRanges(code.text, node.end)?.forEach(note);
    for (const child of node.getChildren(code)) visit(child);
  };
  visit(code);
  if (path.endsWith('.svelte')) for (const hit of text.matchAll(/<!--[^]*?-->/g)) found.set(hit.index, hit[0]);
  return [...found].map(([offset, comment]) => ({ offset, text: comment }));
}

function scriptOnly(text: string): string {
  let kept = '';
  let end = 0;
  for (const hit of text.matchAll(/(<script\b[^>]*>)([^]*?)<\/script>/g)) {
    const start = hit.index + (hit[1] ?? '').length;
    const script = hit[2] ?? '';
    kept += blank(text.slice(end, start)) + script;
    end = start + script.length;
  }
  return kept + blank(text.slice(end));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function markupNodes(text: string): { type: string; start: number }[] {
  const found: { type: string; start: number }[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if ('type' in value && typeof value.type === 'string' && 'start' in value && typeof value.start === 'number') {
      found.push({ type: value.type, start: value.start });
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(parse(text, { modern: true }).fragment);
  return found;
}
