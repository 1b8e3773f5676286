import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeeperRuleName } from '../../../src-main/contract/model.ts';
import { keeperRuleNames } from '../../../src-main/contract/model.ts';
import { DEFAULT_ORDER } from '../../../src-main/engine/groups/settings.ts';
import {
  mayBeEnlarged,
  type FactName,
  type KeeperCandidate,
} from '../../../src-main/engine/similarity/keeper-rules.ts';
import { bytesToGain, Keepers } from '../../../src-main/engine/similarity/keeper.ts';

type Changes = Partial<Omit<KeeperCandidate, 'facts'>> & { has?: FactName[] };

function photo(id: number, { has = [], ...changes }: Changes = {}): KeeperCandidate {
  return {
    id,
    path: `/photos/${id}.jpg`,
    folderId: 1,
    width: 4_032,
    height: 3_024,
    bytes: 4_800_000,
    format: 'jpeg',
    takenAt: null,
    modifiedMs: 0,
    reference: false,
    jpegQuality: 90,
    detail: null,
    facts: () => has,
    madeFrom: () => [],
    ...changes,
  };
}

function keep(
  photos: KeeperCandidate[],
  rules: readonly KeeperRuleName[] = DEFAULT_ORDER,
  folders: number[] = [1, 2],
): { keeper: number; reasons: string[]; decided: KeeperRuleName | null } {
  const keepers = new Keepers({ rules, folders });
  const choice = keepers.choose(photos);
  const say = {
    letter: ({ id }: KeeperCandidate) => String.fromCharCode(64 + id),
    folder: (id: number) => `folder ${id}`,
  };
  return { keeper: choice.keeper.id, decided: choice.decided, reasons: keepers.reasons(choice, photos, say) };
}

describe('the keeper', () => {
  it('has the most facts, then pixels, then the least compression, each with the best of those that lose', () => {
    const choice = keep([
      photo(1, { jpegQuality: 95 }),
      photo(2, { jpegQuality: 71 }),
      photo(3, { width: 2_608, height: 1_956 }),
      photo(4, { width: 100, height: 100 }),
    ]);
    expect(choice).toEqual({
      keeper: 1,
      decided: 'compression',
      reasons: ['Most pixels: 12.2 million; C has 5.1', 'Least compressed: 95 of 100; B has 71'],
    });
  });

  it('is the file of more bytes where quality is unknown and all else is equal', () => {
    const webp = { format: 'webp', jpegQuality: null } as const;
    const choice = keep([photo(1, webp), photo(2, { ...webp, bytes: 6_900_000 })]);
    expect(choice).toMatchObject({ keeper: 2, reasons: ['Least compressed: 6.9 MB; A has 4.8 MB'] });
  });

  it('is no photo that was only enlarged', () => {
    const enlarged = photo(1, { width: 8_064, height: 6_048, detail: 0.5 });
    const original = photo(2, { detail: 1 });
    expect(keep([enlarged, original])).toMatchObject({
      keeper: 2,
      decided: 'detail',
      reasons: ['Real detail: A was only enlarged'],
    });
    const smaller = { madeFrom: () => ['A has fewer pixels of the same picture'] };
    expect(keep([enlarged, photo(2, { detail: 1, ...smaller })])).toMatchObject({
      keeper: 2,
      decided: 'detail',
    });
    // As long as nobody has measured, pixels decide; blurred originals of a sharp reduction stay.
    expect(keep([photo(1, { width: 8_064, height: 6_048 }), original]).keeper).toBe(1);
    expect(keep([enlarged, photo(2, { width: 1_008, height: 756, detail: 1 })]).keeper).toBe(1);
    expect(keep([photo(1, { width: 8_064, height: 6_048, detail: 0.67 }), original]).keeper).toBe(2);
  });

  it('has its detail measured only where it may have been enlarged', () => {
    const camera: Changes = { has: ['date', 'camera'] };
    const small = photo(1, { ...camera, width: 2_016, height: 1_512, bytes: 1_200_000 });
    expect(mayBeEnlarged([small, photo(2, camera)])).toBe(false);
    expect(mayBeEnlarged([small, photo(2, { ...camera, bytes: 1_500_000 })])).toBe(true);
    expect(mayBeEnlarged([small, photo(2)])).toBe(true);
    expect(mayBeEnlarged([photo(1), photo(2)])).toBe(false);
  });

  it('takes sizes within one percent for one size', () => {
    const choice = keep([photo(1, { jpegQuality: 60 }), photo(2, { width: 4_031, height: 3_023 })]);
    expect(choice).toMatchObject({ keeper: 2, decided: 'compression' });
  });

  it('has the better format, facts, date, folder or name, whatever comes first', () => {
    const others: [KeeperRuleName, Changes, string][] = [
      ['reference', { reference: true }, 'In a reference folder, where nothing is ever removed'],
      ['folder', { folderId: 1 }, 'In the folder that comes first: folder 1; A is in folder 2'],
      ['format', { format: 'png' }, 'Better format: PNG; A is JPEG'],
      ['facts', { has: ['caption'] }, 'Has caption; A has not'],
      ['earliest', { takenAt: '2019-07-12T08:00:00' }, 'Earliest: 12 Jul 2019; A is of 14 Aug 2020'],
      ['name', { path: '/photos/beach.jpg' }, 'Plain name: beach; A is beach copy'],
    ];
    for (const [rule, changes, sentence] of others) {
      const plain = { folderId: 2, path: '/photos/beach copy.jpg', takenAt: '2020-08-14T08:00:00' };
      const choice = keep([photo(1, plain), photo(2, { ...plain, ...changes })], [rule]);
      expect(choice).toEqual({ keeper: 2, decided: rule, reasons: [sentence] });
    }
    const dated = [
      photo(1, { takenAt: '2020-08-14T08:00:00' }),
      photo(2, { takenAt: '2021-08-14T08:00:00' }),
    ];
    expect(keep(dated, ['newest']).keeper).toBe(2);
    expect(keep([photo(1), photo(2, { takenAt: '2021-08-14T08:00:00' })], ['newest']).reasons).toEqual([
      'Has a date: 14 Aug 2021; A has none',
    ]);
  });

  it('is the first by path where nothing tells them apart, and says so', () => {
    const photos = [photo(2), photo(1, { path: '/photos/0.jpg' })];
    expect(keep(photos)).toEqual({
      keeper: 1,
      decided: null,
      reasons: ['All are equal; the first by path stays'],
    });
  });

  it('is the one that the user chose, if it is there', () => {
    const photos = [photo(1), photo(2, { width: 10, height: 10 })];
    const keepers = new Keepers({ rules: DEFAULT_ORDER, folders: [] });
    expect(keepers.choose(photos, 2)).toMatchObject({ keeper: { id: 2 }, chosen: true, decided: null });
    expect(keepers.choose(photos, 3)).toMatchObject({ keeper: { id: 1 }, chosen: false });
  });

  it('keeps what others were made of before larger ones, and says why', () => {
    const plain = photo(1, { width: 500, height: 375, bytes: 9 });
    const madeFrom = ({ id }: KeeperCandidate) => (id === 1 ? ['A has something around the photo'] : []);
    const collage = photo(2, { madeFrom });
    expect(keep([collage, plain])).toMatchObject({
      keeper: 1,
      decided: 'original',
      reasons: ['The original: B has something around the photo'],
    });
    const crop = photo(2, { madeFrom: ({ id }) => (id === 1 ? ['A is a part of B'] : []) });
    expect(keep([crop, plain]).reasons).toEqual(['The original: B is a part of A']);
    // A copy of a copy.
    const copy = photo(4, { madeFrom: ({ id }) => (id === 2 ? ['A is a part of B'] : []) });
    expect(keep([copy, collage, plain]).reasons).toEqual(['The original: B has something around the photo']);
    // Nobody else holds the photo itself.
    expect(keep([collage, photo(3, { width: 500, height: 375 })]).keeper).toBe(2);
  });

  it('frees all others but those in reference folders', () => {
    const photos = [photo(1), photo(2, { bytes: 7, reference: true }), photo(3, { bytes: 5 })];
    expect(bytesToGain(photos[0]!, photos)).toBe(5);
  });

  it('does not depend on the order of the photos, under any rules', () => {
    const some = fc.record({
      width: fc.constantFrom(100, 101, 200),
      bytes: fc.constantFrom(10, 20),
      format: fc.constantFrom('jpeg' as const, 'png' as const),
      jpegQuality: fc.constantFrom(null, 70, 90),
      takenAt: fc.constantFrom(null, '2019-07-12T08:00:00', '2020-07-12T08:00:00'),
      detail: fc.constantFrom(null, 0.5, 1),
      reference: fc.boolean(),
      folderId: fc.constantFrom(1, 2, 3),
    });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 6 }),
        fc.shuffledSubarray([...keeperRuleNames]),
        fc.nat(),
        (made, rules, turn) => {
          const photos = made.map((changes, i) => photo(i + 1, changes));
          const at = turn % photos.length;
          const turned = [...photos.slice(at), ...photos.slice(0, at)].reverse();
          expect(keep(turned, rules)).toEqual(keep(photos, rules));
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
