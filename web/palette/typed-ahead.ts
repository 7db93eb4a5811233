/**
 * Letters that are typed between asking for the palette and having it: the palette is loaded when it is asked for, and
 * until then no key may do anything else.
 */

/** The part of a keyboard event that is needed. */
export type TypedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export class TypedAhead {
  #text = '';

  /** Notes a letter, takes the last one back; other keys are not text. */
  note({ key, ctrlKey, metaKey, altKey }: TypedKey): void {
    if (key === 'Backspace') this.#text = this.#text.slice(0, -1);
    else if (key.length === 1 && !ctrlKey && !metaKey && !altKey) this.#text += key;
  }

  /** What was typed so far; it is asked for once. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
