/** @file F6: from one part of the window to the next, as screen readers and keyboards expect. */
const REGIONS = '[data-region]';
const FOCUSABLE = '[tabindex="0"], a[href], button:not([tabindex="-1"]), select, input';

/** Focus goes to the first thing of the next part (step 1) or the one before (step -1), going round. */
export function focusNextRegion(step: 1 | -1, page: Document = document): void {
  const regions = [...page.querySelectorAll<HTMLElement>(REGIONS)].filter(
    (region) => firstIn(region) !== null,
  );
  if (regions.length === 0) return;
  const current = regions.findIndex((region) => region.contains(page.activeElement));
  const start = current === -1 && step === -1 ? 0 : current;
  const next = regions[(start + step + regions.length) % regions.length];
  if (next !== undefined) firstIn(next)?.focus();
}

function firstIn(region: HTMLElement): HTMLElement | null {
  return (
    [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find((element) => element.offsetParent !== null) ??
    null
  );
}
