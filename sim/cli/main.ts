#!/usr/bin/env node
/**
 * The executable: makes an Io of the real process, runs hintlab, and leaves its exit code. The only file of sim/ that
 * touches the process.
 */
import { isatty } from 'node:tty';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { hintlab } from './program.ts';

for (const stream of [process.stdout, process.stderr]) stream.on('error', unwritten);

const { env, version, platform, arch } = process;

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  errIsTerminal: isatty(2),
  colour: isatty(1) && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
  debug: (env.HINTLAB_DEBUG ?? '') !== '',
  page: (env.HINTLAB_PAGE ?? '') === '' ? undefined : env.HINTLAB_PAGE,
  runtime: `node ${version}, ${platform} ${arch}`,
  seconds: () => performance.now() / 1_000,
  watchInterrupt,
};

// Set, not exit(): what was written to a pipe must arrive first.
process.exitCode = await hintlab(process.argv.slice(2), io);

/**
 * A reader that has seen enough (`hintlab list | head -1`) closes the pipe: that is no failure, and no reason to stop what
 * still goes to a file or the other stream. Output that has nowhere to go, as on a full disk, is one.
 */
function unwritten({ code = 'unknown' }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
  process.stderr.write(`cannot write the output (${code})\n`);
  process.exit(EXIT.badInput);
}

/** A second Ctrl-C finds no listener any more and ends the process at once. */
function watchInterrupt(): ReturnType<Io['watchInterrupt']> {
  let interrupted = false;
  const note = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', note);
  return { interrupted: () => interrupted, stop: () => void process.off('SIGINT', note) };
}
