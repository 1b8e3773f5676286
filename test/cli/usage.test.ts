import { describe, expect, it } from 'vitest';
import { errorCodes, LookalikeError, type ErrorCode } from '../../src-main/contract/errors.ts';
import { commands } from '../../src-main/shells/cli/commands/index.ts';
import { exitCodeOf } from '../../src-main/shells/cli/exit-codes.ts';
import { editDistance, nearestWord } from '../../src-main/shells/cli/suggest.ts';
import { runInProcess } from './helpers/in-process.ts';
import { folder, summary } from './helpers/photos.ts';

const names = [
  ...['scan', 'failed', 'groups', 'pairs', 'similar', 'compare'],
  ...['map', 'self-test', 'tag', 'untag', 'verdicts', 'teach', 'train', 'model', 'serve', 'doctor'],
];

describe('help', () => {
  it('lists the commands there are and no others', async () => {
    const { code, out, err } = await runInProcess(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(commands.map(({ name }) => name)).toEqual(names);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const later of ['plan', 'apply', 'rescue']) expect(out).not.toContain(later);
  });

  it.each(names)('of %s has its usage, each of its options, and examples', async (name) => {
    const { code, out, engine } = await runInProcess([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: lookalike ${name}`);
    const command = commands.find((candidate) => candidate.name === name)!;
    for (const option of Object.keys(command.options))
      expect(out).toMatch(new RegExp(`^  --${option}\\b`, 'm'));
    expect(out).toMatch(/Examples:\n {2}lookalike /);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(engine.asked).toEqual([]);
  });

  it('comes with the version on its own flag', async () => {
    expect(await runInProcess(['--version'])).toMatchObject({ code: 0, out: '9.8.7\n' });
  });
});

describe('wrong usage ends with 2, asks nothing of the engine, and shows the right way', () => {
  const cases: [string, string[], string][] = [
    ['no command', [], 'lookalike --help'],
    ['a mistyped command', ['gruops'], 'Did you mean “groups”?'],
    ['a command that is not built yet', ['rescue'], 'There is no command “rescue”'],
    ['an unknown option', ['pairs', '--topp', '3'], 'Did you mean “--top”?'],
    ['an option of one letter', ['scan', '-h'], 'Did you mean “--help”?'],
    ['another command’s option', ['failed', '--top', '3'], 'There is no option “--top”'],
    ['a value where none belongs', ['scan', 'a', '--hidden=yes'], '--hidden takes no value'],
    ['a missing value', ['groups', '--limit'], '--limit needs a value: --limit N'],
    ['an option in place of a value', ['scan', 'a', '--exclude', '--hidden'], '--exclude needs a value'],
    ['no number', ['pairs', '--top', 'ten'], 'must be a whole number'],
    ['a number out of range', ['groups', '--min-probability', '1.5'], 'must be a number from 0 to 1'],
    ['a word that is none of the choices', ['groups', '--kind', 'cats'], 'must be one of copies, burst'],
    [
      'an unknown relation',
      ['groups', '--relation', 'exact', '--relation', 'x'],
      '--relation must be one of',
    ],
    ['an unknown backend', ['doctor', '--backend', 'gpu'], 'must be one of tensorflow, wasm, cpu'],
    ['no threads', ['doctor', '--threads', '0'], '--threads must be a whole number from 1'],
    ['an empty path', ['similar', ''], 'must not be empty'],
    ['an empty database', ['doctor', '--db', ''], '--db must not be empty'],
    ['too few operands', ['compare', 'a.jpg'], 'Usage: lookalike compare A B'],
    ['too many operands', ['compare', 'a', 'b', 'c'], '“c” is one word too many'],
    ['a scan of nothing', ['scan'], 'Usage: lookalike scan DIR...'],
    [
      'a folder in both roles',
      ['scan', 'a', '--reference', './a'],
      'both scanned as library and as reference',
    ],
    ['a map into a photo', ['map', '--output', 'holiday.jpg'], '--output must end in .json, .csv or .svg'],
    ['two formats', ['map', '--format', 'csv', '--output', 'a.svg'], 'It can’t be both csv and svg'],
    ['JSON as CSV', ['map', '--json', '--format', 'csv'], 'It can’t be both json and csv'],
    ['a port beyond ports', ['serve', '--port', '70000'], '--port must be a whole number from 1 to 65,535'],
  ];
  it.each(cases)('%s', async (_case, words, message) => {
    const { code, out, err, engine } = await runInProcess(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(engine.asked).toEqual([]);
  });
});

describe('words', () => {
  const library = { 'library.summary': () => ({ photos: 1, failed: [] }) as never };

  it('may come in any order, options before the command too, and paths after --', async () => {
    const answers = { ...library, 'similar.toFile': () => [] };
    const { code, engine } = await runInProcess(['--json', 'similar', '--top=3', '--', '--odd.jpg'], answers);
    expect(code).toBe(0);
    expect(engine.asked.at(-1)).toEqual({
      name: 'similar.toFile',
      input: { path: '/work-here/--odd.jpg', top: 3 },
    });
  });

  it('take a negative number for a value', async () => {
    const answers = { ...library, 'pairs.list': () => ({ pairs: 0 }) };
    const { code, engine } = await runInProcess(['pairs', '--min-score', '-0.5'], answers);
    expect(code).toBe(0);
    expect(engine.asked.at(-1)).toEqual({ name: 'pairs.list', input: { minScore: -0.5 } });
  });
});

describe('the exit code', () => {
  const expected: Record<ErrorCode, number> = {
    INVALID_INPUT: 2,
    FORBIDDEN: 2,
    NOT_FOUND: 3,
    NOTHING_TO_DO: 3,
    FOLDER_MISSING: 3,
    PHOTO_UNREADABLE: 3,
    DATABASE_LOCKED: 4,
    DATABASE_NEWER: 4,
    DATABASE_DAMAGED: 4,
    DATABASE_UNUSABLE: 4,
    BACKEND_UNAVAILABLE: 5,
    ENGINE_NOT_STARTED: 5,
    ENGINE_EXITED: 5,
    ENGINE_GAVE_UP: 5,
    CANCELLED: 130,
    INTERNAL: 1,
  };

  it.each(errorCodes)('of %s', async (code) => {
    expect(exitCodeOf(code)).toBe(expected[code]);
    const answers = {
      'compare.files': () => {
        throw new LookalikeError(code, 'What happened.', { nextStep: 'What to do.' });
      },
    };
    const run = await runInProcess(['compare', 'a', 'b'], answers);
    expect([run.code, run.out]).toEqual([expected[code], '']);
    expect(run.err).toContain('What happened.');
    if (code !== 'INTERNAL') expect(run.err).toBe('What happened. What to do.\n');
    expect(run.engine.closed).toBe(true);
  });

  it('of a failure that nobody foresaw is 1, with one line that tells where the report is', async () => {
    const bug = new TypeError('x is not a function');
    const answers = {
      'compare.files': () => {
        throw bug;
      },
    };
    const { code, err, reported } = await runInProcess(['compare', 'a', 'b'], answers);
    expect(code).toBe(1);
    expect(err).toBe(
      'Lookalike failed unexpectedly: x is not a function. A report is in /reports/failure.txt\n',
    );
    expect(reported).toEqual([bug]);
  });

  it('is 3 when there is no library, or nothing in it', async () => {
    for (const words of [['groups'], ['failed'], ['pairs'], ['similar', 'a.jpg'], ['map']]) {
      const none = await runInProcess(words, {}, { database: '/nowhere/library.sqlite' });
      expect([none.code, none.out]).toEqual([3, '']);
      expect(none.err).toContain('lookalike scan DIR');
      expect(none.engine.asked).toEqual([]);
      const empty = await runInProcess(words, {
        'library.summary': () => ({ photos: 0, failed: [] }) as never,
      });
      expect([empty.code, empty.out]).toEqual([3, '']);
    }
  });

  it('is 130 after Ctrl-C, whatever the stop makes of the request, and says what is kept', async () => {
    const controller = new AbortController();
    const answers = {
      'folders.list': () => [],
      'folders.add': () => [folder(1, '/work-here/a')],
      'scan.run': () => {
        controller.abort();
        return summary({ stopped: true });
      },
    };
    const scan = await runInProcess(['scan', 'a', '--json'], answers, { signal: controller.signal });
    expect(scan.code).toBe(130);
    expect(JSON.parse(scan.out)).toMatchObject({ stopped: true, photos: 10 });
    expect(scan.err).toContain('Stopped. What was read so far is kept');
    const failing = new AbortController();
    const compare = await runInProcess(
      ['compare', 'a', 'b'],
      {
        'compare.files': () => {
          failing.abort();
          throw new LookalikeError('CANCELLED', 'cancelled');
        },
      },
      { signal: failing.signal },
    );
    expect([compare.code, compare.err]).toEqual([130, 'Stopped.\n']);
  });
});

describe('did you mean', () => {
  it('counts edits, a swap as one', () => {
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('scan', 'scan')).toBe(0);
    expect(editDistance('sacn', 'scan')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
  it('says nothing rather than something far off', () => {
    expect(nearestWord('plan', names)).toBeUndefined();
    expect(nearestWord('Scna', names)).toBe('scan');
    expect(nearestWord('doktor', names)).toBe('doctor');
  });
});
