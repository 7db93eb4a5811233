/**
 * Tables of a trace grow together: one capacity for all columns of a table, doubled when full, so that writing a row
 * is a handful of plain stores.
 */

/** The first capacity of a table, in rows. */
export const FIRST_CAPACITY = 1_024;
