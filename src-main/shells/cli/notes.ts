/** @file Standard error: remarks and the progress of a scan; with --quiet only what went wrong. */
import type { Writable } from 'node:stream';
import type { ScanProgress } from '../../contract/progress.ts';
import { ProgressReport } from './progress-report.ts';

export interface Notes {
  /** A remark; not with --quiet. */
  say: (text: string) => void;
  /** Something that went wrong; always. */
  complain: (text: string) => void;
  progress: (progress: ScanProgress) => void;
  /** Progress of anything else, on a terminal; the next text takes its place. */
  live: (text: string) => void;
  /** Finishes the progress that is under way, so that other text may follow. */
  endProgress: () => void;
}

export interface NotesOptions {
  stream: Writable;
  quiet: boolean;
  /** Columns of a terminal that can rewrite its line; undefined elsewhere. */
  liveColumns: (() => number) | undefined;
}

export function createNotes({ stream, quiet, liveColumns }: NotesOptions): Notes {
  const report = new ProgressReport((text) => void stream.write(text), liveColumns);
  const line = (text: string): void => {
    report.clear();
    stream.write(`${text}\n`);
  };
  return {
    say: (text) => {
      if (!quiet) line(text);
    },
    complain: line,
    progress: (progress) => {
      if (!quiet) report.show(progress);
    },
    live: (text) => {
      if (!quiet) report.showText(text);
    },
    endProgress: () => report.end(),
  };
}
