/**
 * Files at the door of the command line. What can go wrong with one is a sentence for the person who named it, never an
 * exception: it is missing, a folder, not readable, not text, or too large.
 */
import { accessSync, constants, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Larger files are refused: no scenario and no outage table comes near it, and a wrong file often does. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/** The text of a file, or why there is none. */
export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a UTF-8 text file; a byte order mark is dropped. */
export function readText(path: string): ReadResult {
  try {
    const about = statSync(path);
    if (about.isDirectory()) return { kind: 'folder' };
    if (about.size > MAX_INPUT_BYTES)
      return { kind: 'unreadable', why: `is larger than ${MAX_INPUT_BYTES / 1024 / 1024} MiB` };
    return decode(readFileSync(path));
  } catch (problem) {
    const code = errorCode(problem);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    if (code === undefined) throw problem;
    return { kind: 'unreadable', why: reason(code) };
  }
}

/** The names of the YAML files right in a folder; none where there is no such folder. */
export function yamlFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  } catch (problem) {
    if (errorCode(problem) === undefined) throw problem;
    return [];
  }
}

/** Writes a file; returns why it could not be written, or undefined. */
export function writeOut(path: string, data: string | Uint8Array): string | undefined {
  try {
    writeFileSync(path, data);
    return undefined;
  } catch (problem) {
    return cannotWrite(path, problem);
  }
}

/** Why `path` cannot be written to, found out before the work of making its contents; touches nothing. */
export function checkWritable(path: string): string | undefined {
  try {
    const exists = statSync(path, { throwIfNoEntry: false });
    if (exists?.isDirectory() === true) return `cannot write ${path}: it is a folder`;
    accessSync(exists === undefined ? dirname(resolve(path)) : path, constants.W_OK);
    return undefined;
  } catch (problem) {
    return cannotWrite(path, problem);
  }
}

function cannotWrite(path: string, problem: unknown): string {
  const code = errorCode(problem);
  if (code === undefined) throw problem;
  return `cannot write ${path}: it ${code === 'ENOENT' ? 'lies in a folder that does not exist' : reason(code)}`;
}

function decode(bytes: Uint8Array): ReadResult {
  if (bytes.includes(0)) return { kind: 'unreadable', why: 'is not text: it holds zero bytes' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'unreadable', why: 'is not text: it is not valid UTF-8' };
  }
}

function reason(code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return 'is not open to you (permission denied)';
  if (code === 'EISDIR') return 'is a folder';
  return `could not be opened (${code})`;
}

function errorCode(problem: unknown): string | undefined {
  return problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : undefined;
}
