/**
 * `hintlab list`: the stories that ship with hintlab, each with its own introduction.
 */
import { type ExitCode, EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { openScenario } from './open-scenario.ts';
import { paintFor } from './paint.ts';
import { storyNames } from './stories.ts';
import { tell } from './tell.ts';
import { wrapText } from './wrap-text.ts';

const ABOUT_WIDTH = 92;

/** Prints all stories; with `json`, as an array of { name, about }. */
export function listStories({ json }: { readonly json: boolean }, io: Io): ExitCode {
  const stories: { name: string; about: string }[] = [];
  for (const name of storyNames()) {
    const opened = openScenario(name, { sets: [] });
    if (opened.kind === 'refused') return tell(io, opened.lines, EXIT.ourBug);
    stories.push({ name, about: opened.scenario.about });
  }
  io.out(json ? `${JSON.stringify(stories, undefined, 2)}\n` : asText(stories, io));
  return EXIT.ok;
}

function asText(stories: readonly { name: string; about: string }[], io: Io): string {
  const paint = paintFor(io.colour);
  const blocks = stories.map(({ name, about }) =>
    [paint.strong(name), ...wrapText(about, ABOUT_WIDTH).map((line) => `  ${line}`)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n\n${paint.quiet('run one: hintlab run NAME')}\n`;
}
