/**
 * Designs: what a comparison holds side by side. A design is the scenario with a few values of its policy changed; the
 * seed is no part of it, because all designs of a comparison have the same luck.
 *
 * In a link each is one `with=`: a preset by its name, or `name*key.value*key.value`, which may be no more than `name*`. The design that the page shows is
 * `name*here`: its values are those of the page.
 */
// From its own file: by way of the index the whole parser would come into the page, and it belongs to the worker.
import { nearestName } from '../../sim/scenario/problem.ts';
import { NO_OVERRIDES, OVERRIDES, SYSTEMS, type Overrides } from './overrides.ts';

/** The values of a design, as typed; empty: as in the scenario. */
export type DesignChanges = Omit<Overrides, 'seed'>;

/** One design of a comparison. */
export interface Design {
  /** As the user calls it; empty: called after its changes. */
  readonly name: string;
  readonly changes: DesignChanges;
}

/** The designs of a link, in order. */
export interface DesignList {
  readonly designs: readonly Design[];
  /** Which of them the page shows. */
  readonly shown: number;
}

/** Designs of a comparison: fewer are none, more are no picture. */
export const LEAST_DESIGNS = 2;
export const MOST_DESIGNS = 6;
/** Letters that designs are called by in lanes, where a name has no room. */
export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

/** A design that leaves the scenario as it is written. */
export const AS_WRITTEN: Design = { name: '', changes: changesOf(NO_OVERRIDES) };

const HERE = 'here';
/** Keys in a link, and the fields they stand for. */
const FIELDS = ['system', 'ttl', 'cap', 'drain', 'set'] as const;

/** The preset of that name, with nothing changed on top of it. */
export function presetDesign(system: string): Design {
  return { name: '', changes: { ...AS_WRITTEN.changes, system } };
}

/** What of the page's overrides belongs to a design: all but the seed. */
export function changesOf({ system, ttl, cap, drain, more = '' }: Overrides): DesignChanges {
  return { system, ttl, cap, drain, more };
}

/** What a design is called. */
export function designName({ name, changes }: Design): string {
  if (name !== '') return name;
  const { system, more = '' } = changes;
  const typed = OVERRIDES.flatMap((field) => {
    if (field.name === 'system' || field.name === 'seed') return [];
    const value = changes[field.name].trim();
    return value === '' ? [] : [`${field.label} ${value}`];
  });
  const parts = [...(system === '' ? [] : [system]), ...typed, ...(more.trim() === '' ? [] : [more.trim()])];
  return parts.length === 0 ? 'as written' : parts.join(', ');
}

/** The designs as values of `with=`, in order. */
export function writeDesigns({ designs, shown }: DesignList): readonly string[] {
  return designs.map((design, place) => (place === shown ? writeShown(design) : writeDesign(design)));
}

function writeShown({ name }: Design): string {
  return `${escaped(name)}*${HERE}`;
}

function writeDesign({ name, changes }: Design): string {
  const fields = FIELDS.flatMap((key) => {
    const value = key === 'set' ? (changes.more ?? '') : changes[key];
    return value === '' ? [] : [`${key}.${escaped(value)}`];
  });
  const isPreset = name === '' && fields.length === 1 && SYSTEMS.includes(changes.system);
  return isPreset ? changes.system : `${escaped(name)}*${fields.join('*')}`;
}

/**
 * The designs that values of `with=` name, and a sentence for each that could not be read, which is left out. `page` is
 * what the page itself shows; it is the first of them if no value says where it stands.
 */
export function parseDesigns(
  values: readonly string[],
  page: Overrides,
): { readonly list: DesignList | undefined; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const designs: Design[] = [];
  let shown = -1;
  for (const value of values) {
    const [name = '', ...fields] = value.split('*').map(unescaped);
    if (fields.length === 1 && fields[0] === HERE && shown < 0) {
      shown = designs.length;
      designs.push({ name, changes: changesOf(page) });
    } else if (fields.length === 0) designs.push(...preset(name, problems));
    else designs.push({ name, changes: { ...AS_WRITTEN.changes, ...changesIn(fields, problems) } });
  }
  if (designs.length === 0) return { list: undefined, problems };
  const found = shown < 0 ? [{ name: '', changes: changesOf(page) }, ...designs] : designs;
  const cut = found.length > MOST_DESIGNS;
  if (cut)
    problems.push(`A link compares at most ${MOST_DESIGNS} designs; found ${found.length}, the last are left out.`);
  const list = found.slice(0, MOST_DESIGNS);
  return { list: { designs: list, shown: Math.max(0, Math.min(shown, list.length - 1)) }, problems };
}

function preset(name: string, problems: string[]): readonly Design[] {
  if (SYSTEMS.includes(name)) return [presetDesign(name)];
  problems.push(`In the link, with names no system: found '${name.slice(0, 40)}', left out${nearest(name, SYSTEMS)}`);
  return [];
}

function changesIn(fields: readonly string[], problems: string[]): Partial<DesignChanges> {
  const changes: Partial<Record<keyof DesignChanges, string>> = {};
  for (const field of fields.filter((each) => each !== '')) {
    const dot = field.indexOf('.');
    const key = field.slice(0, Math.max(0, dot));
    const known = FIELDS.find((each) => each === key);
    if (known === undefined) {
      problems.push(
        `In the link, a design has ${FIELDS.join(', ')}; found '${field.slice(0, 40)}', left out${nearest(key, FIELDS)}`,
      );
    } else changes[known === 'set' ? 'more' : known] = field.slice(dot + 1);
  }
  return changes;
}

function nearest(name: string, names: readonly string[]): string {
  const found = nearestName(name, names);
  return found === undefined ? '.' : `. Did you mean ${found}?`;
}

/** An asterisk parts fields, so within them it is `_.`, and the underscore itself `__`. */
function escaped(text: string): string {
  return text.replaceAll('_', '__').replaceAll('*', '_.');
}

function unescaped(text: string): string {
  return text.replace(/_([_.])/g, (_, mark) => (mark === '.' ? '*' : '_'));
}
