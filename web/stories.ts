/**
 * The stories that come with hintlab, by name. Their texts are separate files, fetched when picked; only the story
 * that the page opens with is part of the page.
 */
import openingText from '../sim/scenario/stories/single-outage.yaml?raw';
import { OPENING_STORY } from './state/address.ts';

const files = import.meta.glob<string>(
  ['../sim/scenario/stories/**/*.yaml', '!../sim/scenario/stories/single-outage.yaml'],
  { query: '?raw', import: 'default' },
);
const FOLDER = '../sim/scenario/stories/';

/** Names in reading order: the opening story first, then by name. */
export const STORY_NAMES: readonly string[] = [
  OPENING_STORY,
  ...Object.keys(files)
    .map((path) => path.slice(FOLDER.length, -'.yaml'.length))
    .sort(),
];

/** The story's text, or undefined if there is no story of that name. */
export async function storyText(name: string): Promise<string | undefined> {
  if (name === OPENING_STORY) return openingText;
  return await files[`${FOLDER}${name}.yaml`]?.();
}
