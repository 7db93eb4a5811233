/**
 * What the commands under test/ are asked for on the command line. One that is asked for what there is not says so in one
 * line, with the name that was probably meant, and ends with the exit code of bad input; `--help` prints how it is used.
 * The command line of hintlab itself is sim/cli.
 */
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { didYouMean, nearestName } from '../../sim/index.ts';
import { EXIT } from '../../sim/cli/exit-codes.ts';

/** Flags by their names, as `parseArgs` takes them. */
type FlagTable = NonNullable<ParseArgsConfig['options']>;

/** A command was asked for what there is not: the message is all that its user has to be told. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument';
}

/**
 * What `read` makes of the arguments of this process. Ends it for `--help`, and for what `read` refuses with a
 * {@link BadArgument}; anything else that it throws is our bug and goes on.
 */
export function asked<Asked>(usage: string, read: (args: readonly string[]) => Asked): Asked {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(EXIT.ok);
  }
  try {
    return read(args);
  } catch (problem) {
    if (!(problem instanceof BadArgument)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    process.exit(EXIT.badInput);
  }
}

/** The arguments of a command that takes none. */
export function nothing(args: readonly string[]): void {
  known(args, {});
}

/**
 * The arguments themselves, ready for `parseArgs` with the same options: every flag is one of them and has a value where
 * it takes one, and beside them stand names only where `takesNames`. Throws {@link BadArgument}.
 */
export function known(args: readonly string[], options: FlagTable, takesNames = false): string[] {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token, options);
    else if (token.kind === 'positional' && !takesNames)
      throw new BadArgument(`nothing is called '${token.value}' here`);
  }
  return [...args];
}

/** `a,b,c`, each of them one of `names`; empty if nothing was asked for. Throws {@link BadArgument}. */
export function namesIn(text: string | undefined, what: string, names: readonly string[]): readonly string[] {
  const wanted = text === undefined ? [] : text.split(',').filter((name) => name !== '');
  for (const name of wanted) checkName(name, what, names);
  return wanted;
}

/** Throws {@link BadArgument} unless `name` is one of `names`, which the message lists where none of them is near. */
export function checkName(name: string, what: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const near = nearestName(name, names);
  const others = near === undefined && names.length <= MOST_LISTED ? `; there are ${names.join(', ')}` : '';
  throw new BadArgument(`there is no ${what} '${name}'${didYouMean(near)}${others}`);
}

/** A whole number from 1 up, or `standard` if none was asked for. Throws {@link BadArgument}. */
export function countFrom1(flag: string, text: string | undefined, standard: number): number {
  if (text === undefined) return standard;
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new BadArgument(`${flag} takes a whole number from 1 up, not '${text}'`);
}

/** More names than that are no help in one line. */
const MOST_LISTED = 12;

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function checkOption({ name, rawName, value }: OptionToken, options: FlagTable): void {
  const option = options[name];
  if (option === undefined || !rawName.startsWith('--')) {
    const near = nearestName(name, Object.keys(options));
    throw new BadArgument(`unknown option '${rawName}'${didYouMean(near === undefined ? undefined : `--${near}`)}`);
  }
  if (option.type === 'boolean' && value !== undefined) throw new BadArgument(`${rawName} takes no value`);
  // A flag that follows at once is no value, or `--only --json x` would look for a case called --json.
  const isMissing = option.type === 'string' && (value === undefined || value.startsWith('-'));
  if (isMissing) throw new BadArgument(`${rawName} takes a value`);
}
