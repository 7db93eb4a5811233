/**
 * The link to exactly this: scenario, changes, moment, view and selection, and the mark of the run it was made from. A
 * story travels by its name, an edited one as its edit where that is much shorter, any other text as it is.
 */
import { addressText, type Address, type AddressSource } from '../state/address.ts';
import type { DraftState } from '../state/draft.svelte.ts';
import { packText } from '../state/packed-text.ts';
import { runMark } from '../state/run-mark.ts';
import { editOf } from '../state/story-edit.ts';
import { storyText } from '../stories.ts';
import type { Trace } from '../../sim/trace/index.ts';

/** What a link is made of; a workbench is one. */
export interface Shared {
  readonly draft: Pick<DraftState, 'source' | 'text'>;
  readonly view: Omit<Address, 'source'>;
  readonly run: { readonly trace: Trace | undefined };
}

/** An edit that is not this much shorter than the whole text is not worth leaning on a story for. */
const WORTH_AN_EDIT = 0.7;

/** The fragment of the link, with its `#`. With `whole`, the text of an edited story leans on nothing else. */
export async function linkFragment({ draft, view, run }: Shared, whole = false): Promise<string> {
  const source = await sharedSource(draft, whole);
  return addressText({ source, ...view, ...(run.trace ? { run: runMark(run.trace) } : {}) });
}

async function sharedSource({ source, text }: Shared['draft'], whole: boolean): Promise<AddressSource> {
  if (source.kind === 'story') return { kind: 'story', name: source.name };
  const packed = await packText(text);
  const base = whole ? undefined : await storyText(source.name).catch(() => undefined);
  if (base === undefined) return { kind: 'text', packed };
  const edit = await packText(editOf(base, text));
  const isWorthIt = edit.length < WORTH_AN_EDIT * packed.length;
  return isWorthIt ? { kind: 'edit', name: source.name, packed: edit } : { kind: 'text', packed };
}
