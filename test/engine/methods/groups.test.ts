import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInput } from '../../../src-main/contract/methods.ts';
import { groupMethods } from '../../../src-main/engine/methods/groups.ts';
import { direction, engineContext, madeLibrary, thumbnails } from '../scan/made-library.ts';
import { quiet, scanned } from './scanned-library.ts';

describe('groups.list', () => {
  it('gives each member its photo, its relation and a sentence', async () => {
    const library = madeLibrary();
    const frame = { thumbnail: thumbnails.clockwise, width: 150, height: 200 };
    const turned = library.add('turned.jpg', { ...frame, embedding: direction(0, 10) });
    const keeper = library.add('keeper.jpg');
    await scanned(library);
    const list = groupMethods(engineContext(library.store))['groups.list'];
    const page = await list(parseInput('groups.list', {}), quiet);
    expect(page).toMatchObject({ total: 1, copies: 1, kinds: { copies: 1 } });
    const [group] = page.groups;
    expect(group).toMatchObject({ keeper: keeper.id });
    expect(group!.members.map(({ id }) => id)).toEqual([keeper.id, turned.id]);
    expect(group!.members[1]).toMatchObject({
      path: path.join('/photos/library', 'turned.jpg'),
      width: 150,
      relation: 're-encoded',
      sentence: 'Re-encoded',
    });
  });
});
