/**
 * The script that every engine runs: each story and each file of the corpus to its end, at level `counters`, and a line
 * of JSON with its digest.
 * Bundled into one classic script, so that a bare JavaScript shell can run it too: no modules, no files, no console.
 */
import { parseScenario, run } from '../../sim/index.ts';
import type { Line } from './digests.ts';

const texts = import.meta.glob<string>(['../../sim/scenario/stories/**/*.yaml', '../corpus/*.yaml'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What a shell prints with; Node has a console, and in a page `print` is for paper. */
declare const print: ((line: string) => void) | undefined;
const say = typeof print === 'function' && !('document' in globalThis) ? print : (line: string) => console.log(line);

for (const [path, text] of Object.entries(texts)) {
  const line: Line = {
    story: path.slice(0, -'.yaml'.length).replace(/^.*stories\/|^.*(?=corpus\/)/, ''),
    ...outcome(path, text),
  };
  say(JSON.stringify(line));
}

function outcome(file: string, text: string): Pick<Line, 'digest' | 'events'> {
  const parsed = parseScenario(text, { file, sets: ['record=counters'] });
  if (parsed.kind === 'invalid') return { digest: 'refused', events: 0 };
  const result = run(parsed.scenario);
  return result.kind === 'limit'
    ? { digest: `stopped at ${result.limit}`, events: 0 }
    : { digest: result.trace.digest, events: result.trace.events };
}
