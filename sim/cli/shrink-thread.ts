/**
 * The main thread's side of a reduction: hands the job to a thread, tells how far that is, and hears Ctrl-C at any time.
 * What was asked to stop has a second to end by itself; then it is ended, and what it last handed out is the result.
 */
import { Pool } from './explore-pool.ts';
import type { Io } from './io.ts';
import type { ShrinkJob, ShrinkNews, Shrunk, Shrunken } from './shrink-file.ts';
import { StatusLine } from './status-line.ts';

const PACE = { silent: 1, logEvery: 10 };
/** How often it is looked whether there is something to tell or to end, in milliseconds. */
const LOOK_EVERY_MILLIS = 100;
/** A run under way, or an explanation, may go on for so long after Ctrl-C. */
const GRACE_SECONDS = 1;

/** How the work ended: by itself, or by an interrupt with what there was by then, or before there was anything. */
export type ShrinkEnd =
  | (Shrunk & { readonly kind: 'refused' })
  | { readonly kind: 'shrunken'; readonly shrunken: Shrunken; readonly isInterrupted: boolean }
  | { readonly kind: 'nothing' };

/** Does the job in a thread of its own. */
export async function shrinkInThread(job: ShrinkJob, io: Io): Promise<ShrinkEnd> {
  const watch = io.watchInterrupt();
  const under = new UnderWay(job.name, io, watch.interrupted);
  const pool = new Pool(1, watch.interrupted);
  try {
    await Promise.race([worked(pool, job, under), under.givenUp()]);
    return under.result();
  } finally {
    under.end();
    watch.stop();
    await pool.close();
  }
}

function worked(pool: Pool, job: ShrinkJob, under: UnderWay): Promise<void> {
  const tasks = [{ kind: 'shrinkFile', job } as const];
  return pool.work(
    () => tasks.pop(),
    (answer) => {
      if (answer.kind === 'shrunk') under.shrunk = answer.shrunk;
    },
    (news) => under.hear(news),
  );
}

/** What is known of a job under way. */
class UnderWay {
  readonly #io: Io;
  readonly #interrupted: () => boolean;
  readonly #line: StatusLine;
  readonly #started: number;
  #timer: NodeJS.Timeout | undefined;
  #stage: string;
  /** When the interrupt was heard. */
  #stoppedAt: number | undefined;
  #smallest: Shrunken | undefined;
  shrunk: Shrunk | undefined;

  constructor(name: string, io: Io, interrupted: () => boolean) {
    this.#stage = `running ${name} to see what it violates`;
    this.#io = io;
    this.#interrupted = interrupted;
    this.#line = new StatusLine(io, PACE);
    this.#started = io.seconds();
  }

  hear(news: ShrinkNews): void {
    if (news.kind === 'stage') this.#stage = news.text;
    else this.#smallest = news.shrunken;
  }

  /** Tells how far the work is until `end`; resolves when it was asked to stop and has not. */
  givenUp(): Promise<void> {
    return new Promise((resolve) => {
      this.#timer = setInterval(() => {
        const now = this.#io.seconds();
        this.#line.say(() => `${this.#stage}, ${Math.floor(now - this.#started)} s`);
        if (this.#interrupted()) this.#stoppedAt ??= now;
        if (this.#stoppedAt !== undefined && now - this.#stoppedAt > GRACE_SECONDS) resolve();
      }, LOOK_EVERY_MILLIS);
    });
  }

  result(): ShrinkEnd {
    const isInterrupted = this.#interrupted();
    if (this.shrunk?.kind === 'refused') return this.shrunk;
    const shrunken = this.shrunk?.shrunken ?? this.#smallest;
    return shrunken === undefined ? { kind: 'nothing' } : { kind: 'shrunken', shrunken, isInterrupted };
  }

  end(): void {
    clearInterval(this.#timer);
    this.#line.end();
  }
}
