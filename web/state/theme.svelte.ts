/**
 * Light, dark, or whatever the system says; remembered in this browser, never in a link.
 */
import { readTheme } from '../draw/read-theme.ts';
import type { Theme } from '../draw/pen.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORAGE_KEY = 'hintlab.theme';

export class ThemeState {
  #choice = $state<ThemeChoice>(remembered());
  #systemDark = $state(false);

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', () => (this.#systemDark = query.matches));
    this.#apply();
  }

  /** The colours for canvases; made anew when the choice or the system's theme changes. */
  readonly dark = $derived(this.#choice === 'dark' || (this.#choice === 'system' && this.#systemDark));
  readonly colours: Theme = $derived.by(() => {
    void this.dark; // the style sheet answers differently when this changes
    return readTheme(document.body);
  });

  get choice(): ThemeChoice {
    return this.#choice;
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    try {
      localStorage.setItem(STORAGE_KEY, choice);
    } catch {
      // Storage may be forbidden here; the choice then lasts as long as the page.
    }
    this.#apply();
  }

  /** To the theme that is not shown now. */
  toggle(): void {
    this.choose(this.dark ? 'light' : 'dark');
  }

  /** To the choice after this one, and after the last to the first. */
  next(): void {
    const after = THEME_CHOICES[THEME_CHOICES.indexOf(this.#choice) + 1];
    this.choose(after ?? THEME_CHOICES[0]);
  }

  #apply(): void {
    if (this.#choice === 'system') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset['theme'] = this.#choice;
  }
}

function remembered(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}
