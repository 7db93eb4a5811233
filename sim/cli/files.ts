/**
 * Files at the door of the command line, as text or as bytes. What can go wrong with one is a sentence for the person who
 * named it, never an exception: it is missing, a folder, not readable, not text, or too large.
 */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const MEBIBYTE = 1024 * 1024;
/** Larger texts are refused: no scenario and no outage table comes near it, and a wrong file often does. */
const MAX_TEXT_BYTES = 64 * MEBIBYTE;
/** Larger files of bytes are refused: a segment is as long as the cap of a store, and its records' frames. */
const MAX_BYTES = 1024 * MEBIBYTE;
const CHUNK_BYTES = MEBIBYTE;

/** Why there is nothing to read. */
export type Unread =
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  /** `why` goes on from the file's name: `is larger than 64 MiB`. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** The text of a file, or why there is none. */
export type ReadResult = { readonly kind: 'text'; readonly text: string } | Unread;

/** The bytes of a file, or why there are none. */
export type BytesResult = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Unread;

/** Reads a UTF-8 text file; a byte order mark is dropped. */
export function readText(path: string): ReadResult {
  const read = readUpTo(path, MAX_TEXT_BYTES);
  return read.kind === 'bytes' ? decode(read.bytes) : read;
}

/** Reads a file as it is. */
export function readBytes(path: string): BytesResult {
  return readUpTo(path, MAX_BYTES);
}

function readUpTo(path: string, most: number): BytesResult {
  try {
    const about = statSync(path);
    if (about.isDirectory()) return { kind: 'folder' };
    const bytes = about.size > most ? undefined : bytesUpTo(path, most);
    if (bytes === undefined) return { kind: 'unreadable', why: `is larger than ${most / MEBIBYTE} MiB` };
    return { kind: 'bytes', bytes };
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

/**
 * Makes a folder for files to write, if it is not there; returns why it could not be made or takes none, or undefined.
 * Whether it takes any is tried out: permissions alone do not tell of a disk that is full or may only be read.
 */
export function madeFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (problem) {
    const code = errorCode(problem);
    if (code === undefined) throw problem;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    return `cannot make the folder ${folder}: ${isFile ? 'a file has that name, or part of it' : `it ${reason(code)}`}`;
  }
  try {
    rmdirSync(mkdtempSync(join(folder, '.hintlab-')));
    return undefined;
  } catch (problem) {
    return cannotWrite(folder, problem);
  }
}

/**
 * Writes a file; returns why it could not be written, or undefined. Of one that was cut off, by a full disk or by a limit
 * on the size of files, nothing stays: half a file looks like a whole one to whoever opens it next.
 */
export function writeOut(path: string, data: string | Uint8Array): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'w');
    writeFileSync(file, data);
    return undefined;
  } catch (problem) {
    if (file !== undefined && fstatSync(file).isFile()) rmSync(path);
    return cannotWrite(path, problem);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Why `path` cannot be written to, found out before the work of making its contents; touches nothing. What the contents
 * are made of, `source`, is not written over.
 */
export function checkWritable(path: string, source: string): string | undefined {
  if (path === '') return 'expected the name of a file to write, found ""';
  if (isSameFile(path, source)) return `cannot write ${path}: it is what is read`;
  try {
    const exists = statSync(path, { throwIfNoEntry: false });
    if (exists?.isDirectory() === true) return `cannot write ${path}: it is a folder`;
    accessSync(exists === undefined ? dirname(resolve(path)) : path, constants.W_OK);
    return undefined;
  } catch (problem) {
    return cannotWrite(path, problem);
  }
}

/** Whether both name one regular file that exists. */
function isSameFile(a: string, b: string): boolean {
  try {
    return statSync(a).isFile() && realpathSync(a) === realpathSync(b);
  } catch (problem) {
    if (errorCode(problem) === undefined) throw problem;
    return false;
  }
}

function cannotWrite(path: string, problem: unknown): string {
  const code = errorCode(problem);
  if (code === undefined) throw problem;
  return `cannot write ${path}: it ${code === 'ENOENT' ? 'lies in a folder that does not exist' : reason(code)}`;
}

/** The bytes of a file, or undefined if there are more than `most`: a pipe or a device tells no size beforehand. */
function bytesUpTo(path: string, most: number): Uint8Array | undefined {
  const file = openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    let total = 0;
    while (total <= most) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const read = readSync(file, chunk);
      if (read === 0) return Buffer.concat(chunks, total);
      chunks.push(chunk.subarray(0, read));
      total += read;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
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
  if (code === 'ENOSPC') return 'lies on a disk that is full';
  if (code === 'EFBIG') return 'would be larger than a file may be here';
  return `could not be opened (${code})`;
}

function errorCode(problem: unknown): string | undefined {
  return problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : undefined;
}
