/**
 * From what the person typed to a Scenario: a file by its path, or else a story by its name. Everything that can be wrong
 * on the way is told in one go, as lines for stderr.
 */
import { dirname, resolve } from 'node:path';
import {
  formatCountOf,
  formatProblem,
  didYouMean,
  nearestName,
  type Note,
  parseScenario,
  recogniseFile,
  type Scenario,
} from '../index.ts';
import { readText, yamlFilesIn } from './files.ts';
import { storyNames, storyPath } from './stories.ts';

/** What files of `hintlab conform` begin with; a test holds it to the kit's own, which is not loaded for it. */
export const STORE_FILE_KEY = 'hintlabStore';
const STORE_FILE = new RegExp(`^${STORE_FILE_KEY}:`, 'm');

/** What the command line may change in a scenario before it is validated. */
export interface Changes {
  /** `path=value`, applied in order. */
  readonly sets: readonly string[];
  readonly seed?: number;
  readonly system?: string;
}

/** A scenario ready to run, or why there is none. */
export type Opened =
  | { readonly kind: 'opened'; readonly scenario: Scenario; readonly notes: readonly Note[] }
  | { readonly kind: 'refused'; readonly lines: readonly string[] };

/** Opens the scenario called `name`: a path wins over a story. */
export function openScenario(name: string, changes: Changes): Opened {
  const found = findScenario(name);
  if (found.kind === 'refused') return found;
  const { file, path, text } = found;
  const parsed = parseScenario(text, { file, ...changes, readImport: (named) => readBeside(path, named) });
  if (parsed.kind === 'scenario') return { kind: 'opened', scenario: parsed.scenario, notes: parsed.notes };
  const howMany = formatCountOf(parsed.problems.length, 'problem');
  return { kind: 'refused', lines: [...parsed.problems.map(formatProblem), `${howMany}; nothing was run`] };
}

/** The text of a scenario, or why there is none. `file` is what messages call it. */
export type Found =
  | { readonly kind: 'found'; readonly file: string; readonly path: string; readonly text: string }
  | (Opened & { kind: 'refused' });

/** The text that `name` stands for, unread: a path wins over a story. */
export function findScenario(name: string): Found {
  const read = readText(name);
  if (read.kind === 'text') return asScenario(name, read.text);
  if (read.kind === 'unreadable')
    return refused(`${name} ${read.why}`, 'expected a scenario file (YAML) or the name of a story');
  const stories = storyNames();
  if (stories.includes(name)) return readStory(name);
  if (read.kind === 'folder')
    return refused(`${name} is a folder`, 'expected a scenario file (YAML) or the name of a story');
  const nearest =
    stories.find((story) => story.endsWith(`/${name}`)) ?? nearestName(name, [...stories, ...neighbours(name)]);
  return refused(`no file and no story is called '${name}'${didYouMean(nearest)}`, '`hintlab list` shows all stories');
}

function readStory(name: string): Found {
  const path = storyPath(name);
  const read = readText(path);
  return read.kind === 'text'
    ? { kind: 'found', file: `${name}.yaml`, path, text: read.text }
    : refused(`the story ${name} cannot be read`);
}

/** The scenario files in the folder that a path points into, as paths of the same form. */
function neighbours(path: string): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return yamlFilesIn(folder === '' ? '.' : folder).map((file) => folder + file);
}

function asScenario(path: string, text: string): Found {
  switch (recogniseFile(path, text)) {
    case 'lanl':
      return refused(
        `${path} is a table of LANL outages, not a scenario`,
        'make one of it: hintlab import lanl --help',
      );
    case 'twitter':
      return refused(
        `${path} is Twitter's table of cache clusters, not a scenario`,
        'make one of it: hintlab import twitter --help',
      );
    case 'scenario':
    case 'unknown':
      if (STORE_FILE.test(text)) return refused(`${path} is the life of a store, no scenario`, asksStore(path));
      return { kind: 'found', file: path, path, text };
  }
}

function asksStore(path: string): string {
  return `ask a store what it makes of it: hintlab replay ${path} --exec "…"`;
}

/** Files that a scenario names are found from where the scenario is. */
export function readBeside(scenarioPath: string, named: string): string | undefined {
  const read = readText(resolve(dirname(scenarioPath), named));
  return read.kind === 'text' ? read.text : undefined;
}

function refused(...lines: readonly string[]): Opened & { kind: 'refused' } {
  return { kind: 'refused', lines };
}
