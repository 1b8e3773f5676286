/** @param inputs files and folders, relative to the checkout. @param extras other facts that count. */
export function fingerprint(inputs: string[], extras?: string[]): string;
