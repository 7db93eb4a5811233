/**
 * A process of a soak (`soak-pool.ts`): it is told the numbers of pieces, and answers each with what came out.
 */
import { soakPiece } from './soak.ts';

process.on('message', (piece: number) => {
  process.send?.(soakPiece(piece));
});
