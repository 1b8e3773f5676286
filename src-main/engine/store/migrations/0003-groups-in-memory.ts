import type { Migration } from './migration.ts';

/**
 * Groups follow from pairs, verdicts and the threshold in a fraction of a second, so they are no longer stored. What else
 * the old triggers did stays: a content without a shown photo is left out of comparisons, so it has to be compared again
 * should it come back.
 */
const SQL = `
DROP TRIGGER file_gone;
DROP TRIGGER file_changed;
DROP TRIGGER folder_excluded;
DROP TABLE group_members;
DROP TABLE groups;
DROP TABLE group_editions;

CREATE TRIGGER file_changed AFTER UPDATE OF content_id ON files
WHEN OLD.content_id IS NOT NULL AND OLD.content_id IS NOT NEW.content_id BEGIN
  DELETE FROM compared WHERE content_id = OLD.content_id
    AND NOT EXISTS (SELECT 1 FROM files WHERE content_id = OLD.content_id);
END;

CREATE TRIGGER folder_excluded AFTER UPDATE OF role ON folders
WHEN NEW.role = 'excluded' AND OLD.role <> 'excluded' BEGIN
  DELETE FROM compared WHERE content_id IN (
    SELECT content_id FROM files WHERE folder_id = NEW.id AND content_id IS NOT NULL);
END;
`;

export const groupsInMemory: Migration = {
  number: 3,
  reason: 'Groups are made of stored pairs in memory, at any threshold, and are no longer stored.',
  sql: SQL,
};
