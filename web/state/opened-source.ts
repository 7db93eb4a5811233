/**
 * The text behind the source of a link: unpacked, or made of a story by the edit that the link carries. What cannot be
 * had is replaced by the nearest thing that can, with a sentence that says so.
 */
import { storyText } from '../stories.ts';
import { tracedFile } from './opened-trace.ts';
import { OPENING, type AddressSource } from './address.ts';
import { unpackText } from './packed-text.ts';
import { editedText } from './story-edit.ts';

/** What is opened, and its text where it is not that of a story. */
export interface OpenedSource {
  readonly source: AddressSource;
  readonly text: string | undefined;
  readonly problem?: string;
}

/** Resolves a source. Never throws: a story that does not arrive is left to whoever opens it. */
export async function openedSource(source: AddressSource): Promise<OpenedSource> {
  if (source.kind === 'story') return { source, text: undefined };
  const unpacked = await unpackText(source.packed);
  if (source.kind === 'text') {
    const recorded = tracedFile(unpacked ?? '');
    if (recorded !== undefined) return { source: OPENING.source, text: undefined, problem: whereRecorded(recorded) };
    if (unpacked !== undefined) return { source, text: unpacked };
    const problem = 'The scenario in this link is broken or too long. This is the opening story instead.';
    return { source: OPENING.source, text: undefined, problem };
  }
  const base = await storyText(source.name).catch(() => undefined); // its file did not arrive
  const text = base === undefined || unpacked === undefined ? undefined : editedText(base, unpacked);
  if (text !== undefined) return { source, text };
  const problem = `This link changes the story ${source.name} as it was when the link was made. This is the story as it is.`;
  return { source: { kind: 'story', name: source.name }, text: undefined, problem };
}

function whereRecorded(file: string): string {
  return `This link shows a recorded run, which a link cannot carry: open ${file} here. This is the opening story instead.`;
}
