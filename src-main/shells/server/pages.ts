/** @file The two pages that the server writes itself. */

function page(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${head}</head>
<body>${body}</body>
</html>
`;
}

/**
 * Answers the first load. A page that goes on by itself, not a redirect: after a click in another page the cookie
 * (SameSite=Strict) would not go along with a redirect, and the key would stay in the address.
 */
export const enterPage = page(
  'Lookalike',
  '<meta http-equiv="refresh" content="0; url=/">',
  '<p><a href="/">Open Lookalike</a></p>',
);

export const keylessPage = page(
  'Lookalike needs its key',
  '',
  `<h1>This address needs its key</h1>
<p>Lookalike printed an address that ends in “?key=…” where it was started. Open that whole address.</p>
<p>Each start makes a new key. If the printed one is lost, stop Lookalike there and start it again.</p>`,
);
