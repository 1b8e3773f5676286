/** Absolute path of the checkout. */
export const root: string;
/** Absolute path of the Node 24 that the development dependency `node` brings. */
export const node24: string;
/** The folder from which relative paths on the command line are meant. */
export function callersFolder(): string;
