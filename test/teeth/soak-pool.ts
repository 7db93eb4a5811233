/**
 * A soak over several processors: as many processes, each of which takes the next piece of the plan when it is free. The
 * result is that of one process that works out the same pieces: what is kept ends at the first piece that is missing.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import type { SoakResult } from './results.ts';
import { nextPiece, withPieces } from './soak.ts';
import type { SoakPiece } from './soak.ts';

/** How a soak goes on. */
export interface SoakOrders {
  /** Asked before each piece. Those that are under way are finished. */
  readonly isOver: () => boolean;
  /** At most as many as there are cores. */
  readonly processes: number;
  /** Told of the result whenever it has grown. */
  readonly told: (soak: SoakResult) => void;
}

/** What a process is started with: one processor has it all to itself, so nothing collects garbage beside it. */
const NODE_OPTIONS = ['--single-threaded-gc', '--max-semi-space-size=32'];

/** Goes on from a result until it is over. Rejects if a process ends before. */
export async function soaked(before: SoakResult, { isOver, processes, told }: SoakOrders): Promise<SoakResult> {
  const file = fileURLToPath(await bundle('test/teeth/soak-worker.ts', (_, text) => text));
  const pieces = new Map<number, SoakPiece>();
  let [soak, next] = [before, nextPiece(before)];
  const work = async (): Promise<void> => {
    const child = fork(file, { execArgv: NODE_OPTIONS });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('a process of the soak has ended')));
    while (!isOver()) {
      const answer = once(child, 'message');
      child.send(next++);
      const [piece]: SoakPiece[] = await Promise.race([answer, ended]);
      if (piece === undefined) throw new Error('a process answers with a piece');
      pieces.set(piece.piece, piece);
      soak = withPieces(soak, pieces);
      told(soak);
    }
    ended.catch(() => undefined);
    child.disconnect();
  };
  const atATime = Math.min(availableParallelism(), processes);
  await Promise.all(Array.from({ length: atATime }, work));
  return soak;
}
