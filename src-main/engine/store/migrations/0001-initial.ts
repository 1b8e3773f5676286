import type { Migration } from './migration.ts';

/**
 * Derived data hang on contents (the bytes of a file), never on files, so a rename or a move costs nothing. Big
 * blobs have tables of their own, so lists never read past them. Ids of files and folders are never given twice:
 * a window that still shows an old id must not get another photo. `part` 0 is the whole frame; parts inside
 * it may follow. Groups are written as a new edition, bit by bit, while the one that is shown stays as it is.
 */
const TABLES = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('library', 'reference', 'excluded')),
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  follow_links INTEGER NOT NULL CHECK (follow_links IN (0, 1)),
  exclude TEXT NOT NULL CHECK (json_type(exclude) = 'array'),
  online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)),
  scanned_at TEXT
) STRICT;

CREATE TABLE contents (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  taken_at TEXT,
  camera TEXT,
  thumbnail_hash BLOB NOT NULL,
  stream_hash BLOB
) STRICT;

CREATE TABLE thumbnails (
  content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
  jpeg BLOB NOT NULL
) STRICT;

CREATE TABLE features (
  content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
  float16 BLOB NOT NULL
) STRICT;

CREATE TABLE models (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE embeddings (
  content_id INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  part INTEGER NOT NULL DEFAULT 0,
  float32 BLOB NOT NULL,
  UNIQUE (model_id, part, content_id)
) STRICT;
CREATE INDEX embeddings_by_content ON embeddings (content_id);

CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
  directory TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  inode TEXT,
  state TEXT NOT NULL CHECK (state IN ('photo', 'failed', 'other')),
  content_id INTEGER REFERENCES contents,
  UNIQUE (folder_id, directory, name),
  CHECK ((state = 'photo') = (content_id IS NOT NULL))
) STRICT;
CREATE INDEX files_by_content ON files (content_id);
CREATE INDEX files_by_state ON files (folder_id, state, bytes);

CREATE TABLE failures (
  file_id INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;

CREATE TABLE pairs (
  a INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  score REAL NOT NULL,
  relation TEXT NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (a, b, model_id),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_by_b ON pairs (b);
CREATE INDEX pairs_by_score ON pairs (model_id, score, a, b);

CREATE TABLE compared (
  content_id INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  PRIMARY KEY (content_id, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_editions (shown INTEGER NOT NULL) STRICT;
INSERT INTO group_editions (shown) VALUES (0);

CREATE TABLE groups (
  edition INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  keeper INTEGER NOT NULL,
  keeper_reasons TEXT NOT NULL CHECK (json_type(keeper_reasons) = 'array'),
  tier TEXT NOT NULL,
  probability REAL NOT NULL,
  bytes_to_gain INTEGER NOT NULL,
  members INTEGER NOT NULL CHECK (members > 1),
  dated TEXT NOT NULL,
  weakest_a INTEGER NOT NULL,
  weakest_b INTEGER NOT NULL,
  weakest_score REAL NOT NULL,
  weakest_probability REAL NOT NULL,
  PRIMARY KEY (edition, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX groups_by_gain ON groups (edition, kind, bytes_to_gain DESC, id, probability, members);
CREATE INDEX groups_by_probability ON groups (edition, kind, probability DESC, id);
CREATE INDEX groups_by_date ON groups (edition, kind, dated DESC, id);
CREATE INDEX groups_by_members ON groups (edition, kind, members DESC, id);

CREATE TABLE group_members (
  edition INTEGER NOT NULL,
  group_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  photo_id INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
  is_keeper INTEGER NOT NULL CHECK (is_keeper IN (0, 1)),
  relation TEXT NOT NULL,
  score REAL NOT NULL,
  probability REAL NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (edition, group_id, position),
  FOREIGN KEY (edition, group_id) REFERENCES groups ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_photo ON group_members (photo_id);
CREATE INDEX group_members_by_relation ON group_members (edition, is_keeper, relation, group_id);
`;

/**
 * A group that lost a photo, or whose photo has other bytes now, is no longer true: it goes, until groups are
 * made anew. A content without a shown photo is left out of comparisons, so it has to be compared again should
 * it come back.
 */
const TRIGGERS = `
CREATE TRIGGER file_gone BEFORE DELETE ON files BEGIN
  DELETE FROM groups WHERE (edition, id) IN (
    SELECT edition, group_id FROM group_members WHERE photo_id = OLD.id);
END;

CREATE TRIGGER content_unused AFTER DELETE ON files WHEN OLD.content_id IS NOT NULL BEGIN
  DELETE FROM compared WHERE content_id = OLD.content_id
    AND NOT EXISTS (SELECT 1 FROM files WHERE content_id = OLD.content_id);
END;

CREATE TRIGGER file_changed AFTER UPDATE OF content_id ON files
WHEN OLD.content_id IS NOT NULL AND OLD.content_id IS NOT NEW.content_id BEGIN
  DELETE FROM groups WHERE (edition, id) IN (
    SELECT edition, group_id FROM group_members WHERE photo_id = OLD.id);
  DELETE FROM compared WHERE content_id = OLD.content_id
    AND NOT EXISTS (SELECT 1 FROM files WHERE content_id = OLD.content_id);
END;

CREATE TRIGGER folder_excluded AFTER UPDATE OF role ON folders
WHEN NEW.role = 'excluded' AND OLD.role <> 'excluded' BEGIN
  DELETE FROM groups WHERE (edition, id) IN (
    SELECT m.edition, m.group_id FROM files f JOIN group_members m ON m.photo_id = f.id WHERE f.folder_id = NEW.id);
  DELETE FROM compared WHERE content_id IN (
    SELECT content_id FROM files WHERE folder_id = NEW.id AND content_id IS NOT NULL);
END;
`;

export const initial: Migration = {
  number: 1,
  reason: 'The first schema: folders, files, contents, candidate pairs and groups.',
  sql: TABLES + TRIGGERS,
};
