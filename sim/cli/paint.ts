/**
 * Emphasis for terminals. It only ever repeats what words and layout say, so every style can fall away.
 */
export type Paint = Readonly<Record<'strong' | 'quiet', (text: string) => string>>;

/** The styles as terminal codes, or as nothing at all. */
export function paintFor(colour: boolean): Paint {
  const style = (on: number, off: number) => (text: string) => (colour ? `\u001B[${on}m${text}\u001B[${off}m` : text);
  return { strong: style(1, 22), quiet: style(2, 22) };
}
