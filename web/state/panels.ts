/** The panels of the inspector beside the timeline. */

/** In the order of their tabs. */
export const PANELS = ['summary', 'properties', 'selection', 'map', 'events', 'scenario'] as const;
/** One of them. */
export type Panel = (typeof PANELS)[number];
