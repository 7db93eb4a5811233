/**
 * The text that stands in the editor while a saved trace is shown. A trace holds its scenario as it was understood, not
 * as it was written, so there is nothing to edit; saying so beats showing the text of another run.
 */

/** How such a text begins. */
const FIRST_LINE = /^# This run was opened from (.+) and is shown as it was recorded;/;

/** Comments alone, so that the text is no scenario and nothing of it can be run by accident. */
export function traceText(name: string): string {
  const file = name.replaceAll(/\s+/g, ' ');
  return [
    `# This run was opened from ${file} and is shown as it was recorded; nothing was computed.`,
    '# A trace keeps what its scenario means, not its text: there is none to edit here, and no link can carry it.',
    '# Undo brings back the scenario that was open before.',
    '',
  ].join('\n');
}

/** The file that the text of a saved trace names; undefined for any other text. */
export function tracedFile(text: string): string | undefined {
  return FIRST_LINE.exec(text)?.[1];
}
