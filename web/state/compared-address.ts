/**
 * A comparison in a link: its designs as `with=`, in order, and how they are drawn as `as=`.
 */
import { parseDesigns, writeDesigns, type DesignList } from './designs.ts';
import type { Overrides } from './overrides.ts';

/** How the designs of a lane are drawn: as lines in one picture, one below the other, or as what they differ by. */
export const LAYOUTS = ['overlay', 'side', 'difference'] as const;
/** One of {@link LAYOUTS}. */
export type Layout = (typeof LAYOUTS)[number];

/** What a link says of a comparison. */
export interface ComparedAddress extends DesignList {
  readonly layout: Layout;
}

/** The fields of a link, in order. */
export function writeCompared(compared: ComparedAddress): readonly (readonly [name: string, value: string])[] {
  const designs = writeDesigns(compared).map((value) => ['with', value] as const);
  return compared.layout === 'overlay' ? designs : [...designs, ['as', compared.layout] as const];
}

/** What the fields of a link say; `page` is the design that the page itself shows. What is broken is named. */
export function parseCompared(
  fields: URLSearchParams,
  page: Overrides,
): { readonly address: ComparedAddress | undefined; readonly problems: readonly string[] } {
  const { list, problems } = parseDesigns(fields.getAll('with'), page);
  if (!list) return { address: undefined, problems };
  const as = fields.get('as') ?? 'overlay';
  const layout = LAYOUTS.find((each) => each === as);
  const address = { ...list, layout: layout ?? 'overlay' };
  if (layout) return { address, problems };
  const problem = `In the link, as should be one of ${LAYOUTS.join(', ')}; found '${as.slice(0, 40)}', left out.`;
  return { address, problems: [...problems, problem] };
}
