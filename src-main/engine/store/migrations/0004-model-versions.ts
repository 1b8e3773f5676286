import type { Migration } from './migration.ts';

/**
 * Versions of the model that were trained here or came from elsewhere, each whole in one row: a database that is moved
 * takes them along. Embeddings and pairs of a version hang on its name among `models`, so switching back is one act. The
 * model that ships has no row. `active` is NULL for that one.
 */
const SQL = `
CREATE TABLE model_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  parent TEXT NOT NULL,
  created_at TEXT NOT NULL,
  about TEXT NOT NULL CHECK (json_type(about) = 'object'),
  card TEXT NOT NULL CHECK (json_type(card) = 'object'),
  head BLOB NOT NULL,
  personal TEXT CHECK (json_type(personal) = 'object')
) STRICT;

CREATE TABLE active_version (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version_id INTEGER REFERENCES model_versions ON DELETE SET NULL
) STRICT;
INSERT INTO active_version (one, version_id) VALUES (1, NULL);
`;

export const modelVersions: Migration = {
  number: 4,
  reason: 'Models can be trained here: their versions are kept, and one of them is in use.',
  sql: SQL,
};
