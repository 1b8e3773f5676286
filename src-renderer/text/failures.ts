/** @file Files that can't be read: by reason, what happened and what helps. */
import type { FailureCode } from '../../src-main/contract/model.ts';

interface FailureWords {
  title: string;
  /** Cause and next step, in a sentence or two. */
  help: string;
}

export const failureWords: Record<FailureCode, FailureWords> = {
  CUT_OFF: { title: 'End too early', help: 'The file is cut off. Look for a whole copy on another disk.' },
  DAMAGED: {
    title: 'Damaged inside',
    help: 'Its data contradict each other. Look for a whole copy on another disk.',
  },
  NOT_A_PHOTO: { title: 'Not a photo inside', help: 'Named like a photo, but something else. Let it be.' },
  EMPTY: { title: 'Empty', help: 'The file has no content. Nothing in it can be lost.' },
  TOO_LARGE: { title: 'Too large', help: 'More pixels than the limit allows. It stays as it is.' },
  UNSUPPORTED: {
    title: 'Format without a reader',
    help: 'This version can’t read its format. It stays as it is.',
  },
  NO_PERMISSION: {
    title: 'No right to open',
    help: 'Owned by another user. Change its rights, then try again.',
  },
  VANISHED: { title: 'Gone while reading', help: 'It was moved or removed during the scan. Scan again.' },
  IO_ERROR: { title: 'Disk could not read it', help: 'Check the drive and its cable, then try again.' },
  TIMED_OUT: {
    title: 'Took too long',
    help: 'Reading it was given up. Try again when the computer is less busy.',
  },
  DECODER_CRASHED: {
    title: 'Stopped the reader',
    help: 'It made the reader stop twice and is left out until you try again.',
  },
};
