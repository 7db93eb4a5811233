/** Texts as YAML scalars within a flow map: plain where that is safe, else in double quotes, as JSON writes them. */

const WORDS_OF_YAML = /^(true|false|null|yes|no|on|off)$/i;

/** The scalar that reads as `text`. */
export function yamlText(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9 ./()-]*$/.test(text) && !text.endsWith(' ') && !WORDS_OF_YAML.test(text);
  return isPlain ? text : JSON.stringify(text);
}
