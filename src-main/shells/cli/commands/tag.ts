import { resolve } from 'node:path';
import type { Verdict, VerdictChange } from '../../../contract/model.ts';
import { UsageError } from '../arguments.ts';
import { defineCommand, type Command, type Invocation } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { countOf, printable } from '../render-text.ts';

async function setVerdict(
  { operands, common, workingDirectory, output, signal, openEngine }: Invocation,
  verdict: Verdict | null,
): Promise<ExitCode> {
  const [a = '', b = ''] = operands.map((path) => resolve(workingDirectory, path));
  const engine = await openEngine('existing');
  const change = await engine.request('verdicts.setFiles', { a, b, verdict }, { signal });
  const { changed, sameBytes, contradicted } = change;
  if (common.json)
    await output.json({ a, b, verdict, changed, sameBytes, contradicted: contradicted.length });
  else for (const line of changeText(a, b, verdict, change)) await output.line(line);
  return exitCodes.done;
}

function changeText(a: string, b: string, verdict: Verdict | null, change: VerdictChange): string[] {
  if (change.sameBytes > 0) return ['Both files hold the same bytes: no answer is needed.'];
  const pair = `${printable(a)} and ${printable(b)}`;
  const now =
    verdict === null ? `No answer about ${pair}` : `${verdict === 'same' ? 'Same' : 'Different'}: ${pair}`;
  const said = change.changed === 0 ? `${now} (as before)` : now;
  const { length } = change.contradicted;
  if (length === 0) return [said];
  return [said, `${countOf(length, 'answer')} “same” can’t be honoured, because others say “different”.`];
}

export const tag: Command = defineCommand({
  name: 'tag',
  summary: 'Say that two photos are the same, or different, for ever',
  operands: 'A B same|different',
  operandCount: { min: 3, max: 3 },
  details: [
    'Groups follow at once. The answer belongs to the bytes of both files: it survives renaming, moving, and another machine.',
  ],
  options: {},
  examples: [
    { line: 'tag a.jpg b.jpg same', does: 'Both are one photo, whatever they score' },
    { line: 'tag a.jpg b.jpg different', does: 'Never in one group again' },
  ],
  run(invocation) {
    const [a = '', b = '', word] = invocation.operands;
    if (word !== 'same' && word !== 'different')
      throw new UsageError(`A verdict is “same” or “different”, not “${word ?? ''}”.`, tag);
    return setVerdict({ ...invocation, operands: [a, b] }, word);
  },
});

export const untag: Command = defineCommand({
  name: 'untag',
  summary: 'Take back what was said of two photos',
  operands: 'A B',
  operandCount: { min: 2, max: 2 },
  options: {},
  examples: [{ line: 'untag a.jpg b.jpg', does: 'Their scores decide again' }],
  run: (invocation) => setVerdict(invocation, null),
});
