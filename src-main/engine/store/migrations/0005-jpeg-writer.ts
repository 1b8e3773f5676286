import type { Migration } from './migration.ts';

/** NULL for contents of earlier scans: their pairs are judged as before, and no file is opened again for it. */
export const jpegWriter: Migration = {
  number: 5,
  reason: 'How a JPEG was written tells a copy that was saved again from another frame of the camera.',
  sql: 'ALTER TABLE contents ADD COLUMN jpeg_writer TEXT CHECK (length(jpeg_writer) = 12);',
};
