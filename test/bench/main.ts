/**
 * @file `npm run bench [-- NAME...] [-- --czkawka PROGRAM]`: cold-scan, czkawka, jpeg, rescan, regroup, memory, start-up,
 * features, verification, candidates, neighbours, search-and-map; all of them unless named.
 */
import { parseArgs } from 'node:util';
import { benchCandidates } from './candidates.ts';
import { benchColdScan } from './cold-scan.ts';
import { benchCzkawka, CZKAWKA } from './czkawka.ts';
import { benchFeatures } from './features.ts';
import { benchJpeg } from './jpeg.ts';
import { benchMemory } from './memory.ts';
import { benchRegroup } from './regroup.ts';
import { benchNeighbours } from './neighbours.ts';
import { benchRescan } from './rescan.ts';
import { benchSearchAndMap } from './search-and-map.ts';
import { benchStartUp } from './start-up.ts';
import { benchVerification } from './verification.ts';

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { czkawka: { type: 'string', default: CZKAWKA } },
});

const benches: Record<string, () => string[] | Promise<string[]>> = {
  'cold-scan': benchColdScan,
  czkawka: () => benchCzkawka(values.czkawka),
  rescan: benchRescan,
  regroup: benchRegroup,
  jpeg: benchJpeg,
  memory: () => benchMemory(),
  'start-up': benchStartUp,
  features: benchFeatures,
  verification: benchVerification,
  candidates: benchCandidates,
  neighbours: () => benchNeighbours(),
  'search-and-map': () => benchSearchAndMap(),
};

const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const line of await bench()) console.log(line);
}
