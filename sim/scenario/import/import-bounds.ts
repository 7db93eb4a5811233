/** Bounds of imported files. The largest known one, 23 000 outages of all LANL systems, has 3 million characters. */

/** Characters of a file that is imported. */
export const MAX_IMPORT_CHARS = 33_554_432;
