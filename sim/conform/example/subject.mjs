/**
 * The example as a process: reads request lines on stdin, writes reply lines on stdout, ends when its stdin does.
 * Replies to whatever arrived together are written together, which is what makes a campaign fast.
 */
import { answersOf } from './answers.mjs';
import { RingStore } from './ring-store.mjs';

const answer = answersOf((maxBytes) => new RingStore(maxBytes));
let unfinished = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (unfinished + text).split('\n');
  unfinished = lines.pop();
  if (lines.length > 0) process.stdout.write(lines.map((line) => `${answer(line)}\n`).join(''));
});
