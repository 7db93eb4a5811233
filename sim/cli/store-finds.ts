/**
 * Finds of `hintlab conform` as files: saving one, and `hintlab replay --exec`, which asks a store for the lives in such
 * files again.
 */
import { join } from 'node:path';
import { keptOf, replayKept, textOfKept, transcriptLines } from '../conform/index.ts';
import type { ConformReport, StoreReplay } from '../conform/index.ts';
import { corpusFileName } from '../explore/index.ts';
import { carry } from './carry.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readText, writeOut } from './files.ts';
import type { Io } from './io.ts';
import { readKept } from './read-store-find.ts';
import { tell } from './tell.ts';
import { packageVersion } from './version.ts';

/** What is said of an empty `--exec`. */
export const NO_COMMAND = 'expected a command after --exec, found nothing';

/** Writes the find of a report into a folder, and says so; does nothing if there is none. Returns why it could not. */
export function saveFind({ random: { find, seed } }: ConformReport, folder: string, io: Io): string | undefined {
  if (find === undefined) return undefined;
  const kept = keptOf(find, { seed, version: packageVersion() });
  const file = join(folder, corpusFileName({ property: 'store', cause: kept.rule }));
  const problem = writeOut(file, textOfKept(kept));
  if (problem === undefined) io.err(`wrote ${file}; ask a store again: hintlab replay ${file} --exec "…"\n`);
  return problem;
}

/** The store to ask. */
export interface StoreCommand {
  /** The command that starts it, with its arguments. */
  readonly exec: string;
  /** The longest it may say nothing while a reply is due. */
  readonly timeoutMillis: number;
}

/** Asks a store for the lives in files; code 1 if it goes wrong in one of them, whatever that one records. */
export async function replayStoreFiles(
  files: readonly string[],
  { exec, timeoutMillis }: StoreCommand,
  io: Io,
): Promise<ExitCode> {
  const [file, ...args] = splitCommand(exec);
  if (file === undefined) return tell(io, [NO_COMMAND]);
  let diverging = 0;
  for (const name of files) {
    const read = readText(name);
    if (read.kind !== 'text') return tell(io, [`${name}: ${read.kind === 'unreadable' ? read.why : read.kind}`]);
    const parsed = readKept(read.text);
    if (parsed.kind === 'invalid') return tell(io, [`${name}:${parsed.why}`]);
    const replayed = await carry(replayKept(parsed.kept), { file, args, timeoutMillis }, io);
    if (replayed === 'interrupted') return tell(io, ['interrupted'], EXIT.interrupted);
    if (replayed.kind === 'unusable') return tell(io, [`${exec}: ${replayed.why}`]);
    if (replayed.kind === 'diverges') diverging += 1;
    io.out(`${[...talkOf(replayed, files.length === 1), `${name}: ${verdictOf(replayed)}`].join('\n')}\n`);
  }
  if (files.length > 1) io.out(`${files.length} files, ${diverging} on which it does not conform\n`);
  return diverging === 0 ? EXIT.ok : EXIT.violated;
}

function talkOf(replayed: StoreReplay, isTold: boolean): readonly string[] {
  return isTold && replayed.kind === 'diverges' ? transcriptLines(replayed.find) : [];
}

function verdictOf(replayed: Exclude<StoreReplay, { readonly kind: 'unusable' }>): string {
  if (replayed.kind === 'agrees') return `${replayed.name} answers as it should`;
  return `${replayed.name} answers wrongly, ${replayed.isAsRecorded ? 'as recorded' : 'in another way than recorded'}`;
}

/** A command line as its words; quotes, single or double, keep blanks. There is no shell: nothing else is special. */
export function splitCommand(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double ?? single ?? ''),
  );
}
