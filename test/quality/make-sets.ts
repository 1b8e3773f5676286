/** @file Makes the pictures of the quality sets ahead of time: node test/quality/make-sets.ts [fit] [test] [copies] [large] */
import sharp from 'sharp';
import { copies } from './sets/copies.ts';
import { largeLookalikes } from './sets/large-lookalikes.ts';
import { lookalikes } from './sets/lookalikes.ts';

sharp.concurrency(1);
const wanted = process.argv.slice(2);
const asked = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

if (asked('fit')) console.log(`${(await lookalikes('fit')).length} look-alike pairs to fit on`);
if (asked('test')) console.log(`${(await lookalikes('test')).length} look-alike pairs to test on`);
if (asked('copies')) console.log(`${(await copies()).flat().length} pictures of set Q`);
if (asked('large')) console.log(`${(await largeLookalikes('test')).length} large pairs to test on`);
