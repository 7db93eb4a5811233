/**
 * A form on screen: what all parts of it share, from the frame around it down to each control. There may be two at once:
 * that of the scenario, and that of a fault in its dialog.
 */
import { createContext } from 'svelte';
import type { ScenarioForm } from './scenario-form.svelte.ts';

/** What the frame hands to its parts. */
export interface FormPage {
  readonly form: ScenarioForm;
  /** What the ids in it begin with, unlike those of another form. */
  readonly id: string;
  /** Shows the letter at an offset of the text; undefined: the text is not to be seen from here. */
  readonly show: ((letter: number) => void) | undefined;
  /** Gives the focus to the first thing in it that a selector finds; false: there is none that takes it. */
  focusOn(selector: string): boolean;
}

/** Read in the parts of a form, set by its frame. */
export const [getFormPage, setFormPage] = createContext<FormPage>();
