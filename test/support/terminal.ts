/**
 * A terminal for tests of the command line: runs hintlab in this process and keeps what it wrote to each stream.
 */
import { type ExitCode, hintlab, type Io } from '../../sim/cli/index.ts';

/** What one call of hintlab left behind. */
export interface Session {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A plain terminal without colour, but for what `own` says otherwise, and what was written to it. */
export function terminal(own: Partial<Io> = {}): { readonly io: Io; readonly written: { out: string; err: string } } {
  const written = { out: '', err: '' };
  const io: Io = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    errIsTerminal: false,
    colour: false,
    debug: false,
    runtime: 'a test',
    seconds: () => 0,
    watchInterrupt: () => ({ interrupted: () => false, stop: () => undefined }),
    ...own,
  };
  return { io, written };
}

/** Runs `hintlab ARGS` on such a terminal. */
export async function onTerminal(args: readonly string[], own: Partial<Io> = {}): Promise<Session> {
  const { io, written } = terminal(own);
  const code = await hintlab(args, io);
  return { code, ...written };
}
