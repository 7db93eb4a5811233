/**
 * A store under test as a process: lines out, lines in, a limit on its silence, and the end of what it complained of.
 *
 * All lines of a batch are written at once and replies are collected as they come, so neither side waits for the other.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Breakdown, Received } from '../conform/index.ts';

/** Characters of stderr that are kept: the last ones, where the reason is. */
const MAX_STDERR = 600;

/** What a subject may write ahead of what it is asked for, or in one line: far more than a batch of replies takes. */
const MAX_AHEAD_MEBIBYTES = 32;
const MAX_AHEAD_CHARS = MAX_AHEAD_MEBIBYTES * 1024 * 1024;

/** The longest until the first line, in milliseconds: some languages take seconds to start. */
const START_MILLIS = 30_000;

/** How to start a subject. */
export interface SubjectCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The longest it may say nothing while a reply is due, in milliseconds; until its first line, 30 s if that is more. */
  readonly timeoutMillis: number;
}

export class SubjectProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #timeoutMillis: number;
  /** Lines that nobody has collected yet. */
  #lines: string[] = [];
  #unfinished = '';
  /** Characters of both. */
  #ahead = 0;
  #hasSpoken = false;
  #stderr = '';
  #broken: Breakdown | undefined;
  /** Set while an exchange waits: looks whether it is complete. */
  #look: () => void = () => undefined;

  constructor({ file, args, timeoutMillis }: SubjectCommand) {
    this.#timeoutMillis = timeoutMillis;
    this.#child = spawn(file, args, { stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.#child;
    stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MAX_STDERR);
    });
    // A subject that ends while it is written to is told of by its end.
    stdin.on('error', () => undefined);
    this.#child.on('error', ({ message }) => this.#break({ kind: 'notStarted', why: message }));
    this.#child.on('close', (code, signal) => {
      if (this.#unfinished !== '') this.#read('\n');
      const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
      this.#break({ kind: 'ended', how, stderr: this.#stderr.trim() });
    });
  }

  /** Writes `lines` and resolves to as many, or to fewer with the reason. */
  exchange(lines: readonly string[]): Promise<Received> {
    if (this.#broken === undefined) this.#child.stdin.write(lines.map((line) => `${line}\n`).join(''));
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = (): void => {
        clearTimeout(timer);
        this.#look = () => undefined;
        resolve(this.#collect(lines.length));
      };
      this.#look = () => {
        clearTimeout(timer);
        if (this.#broken !== undefined || this.#lines.length >= lines.length) return settle();
        const afterMillis = this.#limitMillis();
        timer = setTimeout(() => {
          this.#broken = { kind: 'silent', afterMillis, stderr: this.#stderr.trim() };
          settle();
        }, afterMillis);
      };
      this.#look();
    });
  }

  #collect(count: number): Received {
    const received = this.#lines.slice(0, count);
    this.#lines = this.#lines.slice(count);
    this.#ahead -= received.reduce((sum, line) => sum + line.length, 0);
    const breakdown = received.length < count ? this.#broken : undefined;
    return breakdown === undefined ? { lines: received } : { lines: received, breakdown };
  }

  /** A process may take its time to start: its first line has a longer limit. */
  #limitMillis(): number {
    return this.#hasSpoken ? this.#timeoutMillis : Math.max(this.#timeoutMillis, START_MILLIS);
  }

  /** Ends the process, however it is. */
  end(): void {
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
  }

  #read(text: string): void {
    if (this.#broken !== undefined) return;
    this.#ahead += text.length;
    const end = text.lastIndexOf('\n');
    if (end >= 0) this.#readLines(this.#unfinished + text.slice(0, end));
    this.#unfinished = end < 0 ? this.#unfinished + text : text.slice(end + 1);
    if (this.#ahead > MAX_AHEAD_CHARS) this.#dam();
  }

  #readLines(text: string): void {
    for (const line of text.split('\n')) this.#lines.push(line.endsWith('\r') ? line.slice(0, -1) : line);
    this.#hasSpoken = true;
    this.#look();
  }

  /** Nothing that it writes from here on is read. */
  #dam(): void {
    this.#child.kill('SIGKILL');
    this.#break({ kind: 'flood', mebibytes: MAX_AHEAD_MEBIBYTES, stderr: this.#stderr.trim() });
  }

  #break(breakdown: Breakdown): void {
    this.#broken ??= breakdown;
    this.#look();
  }
}
