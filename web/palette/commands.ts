/**
 * Everything the page can do or go to, as lines of one list: its verbs with their keys, the ways to take a run away,
 * stories, systems, panels, nodes, properties and terms.
 */
import { TERMS } from '../glossary.ts';
import { STORY_NAMES } from '../stories.ts';
import { KEY_BINDINGS, type KeyContext } from '../state/keys.ts';
import { SYSTEMS } from '../state/overrides.ts';
import { fitOf } from './fuzzy.ts';

/** A line of the palette. */
export interface Command {
  /** Unique in the list. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** Said beside the label in grey, and not searched. */
  readonly note?: string;
  /** Keys that do the same. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** The groups, in the order in which lines that fit equally well are listed. */
export const COMMAND_GROUPS = ['Do', 'Take away', 'Story', 'System', 'Node', 'Property', 'Term'] as const;
/** One of {@link COMMAND_GROUPS}. */
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** A way to take the run away; see {@link ../share/share.svelte.ts}. */
export interface Verb {
  readonly label: string;
  readonly run: () => void;
}

/** Lines shown at once. */
export const MOST_SHOWN = 60;

/** All lines there are now. O(lines): asked for when the palette opens. */
export function commandsOf(context: KeyContext, takeAway: readonly Verb[]): readonly Command[] {
  const { workbench } = context;
  const { trace, findings } = workbench.run;
  const nodes = trace?.scenario.nodes ?? [];
  const lines: Omit<Command, 'id'>[] = [
    ...KEY_BINDINGS.map(({ does, shown, run }) => ({
      group: 'Do' as const,
      label: does,
      keys: shown,
      run: () => run(context),
    })),
    ...takeAway.map(({ label, run }) => ({ group: 'Take away' as const, label, run })),
    ...STORY_NAMES.map((name) => ({
      group: 'Story' as const,
      label: name,
      run: () => void workbench.pickStory(name),
    })),
    { group: 'System', label: 'as the scenario has it', run: () => workbench.pickSystem('') },
    ...SYSTEMS.map((name) => ({ group: 'System' as const, label: name, run: () => workbench.pickSystem(name) })),
    ...nodes.map(({ name }, node) => ({
      group: 'Node' as const,
      label: name,
      run: () => workbench.select({ kind: 'node', node }),
    })),
    ...(findings?.properties ?? []).map((property) => ({
      group: 'Property' as const,
      label: `${property.id}: ${property.sentence}`,
      note: VERDICTS[property.verdict],
      run: () => {
        workbench.show('properties');
        if (property.verdict === 'violated') workbench.showViolation(property);
      },
    })),
    ...TERMS.map(({ name, definition }) => ({
      group: 'Term' as const,
      label: name,
      note: definition,
      run: () => workbench.notify([`${name}: ${definition}`]),
    })),
  ];
  return lines.map((line, i) => ({ ...line, id: `command-${i}` }));
}

const VERDICTS = { holds: 'holds', violated: 'violated', notExercised: 'not exercised' } as const;

/** The lines that fit what was typed, best first; a group's name counts as part of its lines. */
export function fitting(commands: readonly Command[], typed: string): readonly Command[] {
  const fits = commands.flatMap((command) => {
    const alone = fitOf(typed, command.label);
    const grouped = fitOf(typed, `${command.group} ${command.label}`);
    const fit = Math.max(alone ?? -Infinity, (grouped ?? -Infinity) - 1);
    return fit === -Infinity ? [] : [{ command, fit }];
  });
  return fits
    .toSorted((a, b) => b.fit - a.fit)
    .slice(0, MOST_SHOWN)
    .map(({ command }) => command);
}
