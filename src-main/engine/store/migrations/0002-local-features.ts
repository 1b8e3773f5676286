import type { Migration } from './migration.ts';

/**
 * `features` gets a part, as `embeddings` has: 0 is the frame, 1 to 4 its content boxes, the largest first. What was
 * made of a content's thumbnail is stamped on the content by `look_version`: NULL means not made yet. Pairs are derived
 * and now hold another score, so they go, with the notes of what was compared. Verdicts hang on hashes, so they outlive
 * a content that is gone for a while.
 */
const TABLES = `
CREATE TABLE local_features (
  content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
  code BLOB NOT NULL
) STRICT;

CREATE TABLE verification_base (
  content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
  thumbnail_width INTEGER NOT NULL CHECK (thumbnail_width > 0),
  thumbnail_height INTEGER NOT NULL CHECK (thumbnail_height > 0),
  boxes BLOB NOT NULL CHECK (length(boxes) % 8 = 0),
  grey_width INTEGER NOT NULL,
  grey_height INTEGER NOT NULL,
  grey BLOB NOT NULL CHECK (length(grey) = grey_width * grey_height)
) STRICT;

CREATE TABLE part_features (
  content_id INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  part INTEGER NOT NULL CHECK (part BETWEEN 0 AND 4),
  float16 BLOB NOT NULL,
  PRIMARY KEY (content_id, part)
) STRICT;
INSERT INTO part_features (content_id, part, float16) SELECT content_id, 0, float16 FROM features ORDER BY content_id;
DROP TABLE features;
ALTER TABLE part_features RENAME TO features;

DROP INDEX embeddings_by_content;
CREATE INDEX embeddings_by_content ON embeddings (content_id, model_id, part);

ALTER TABLE contents ADD COLUMN jpeg_quality INTEGER CHECK (jpeg_quality BETWEEN 1 AND 100);
ALTER TABLE contents ADD COLUMN facts TEXT CHECK (json_type(facts) = 'object');
ALTER TABLE contents ADD COLUMN look_version INTEGER;
CREATE INDEX contents_by_look ON contents (look_version);

CREATE TABLE detail (
  content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1)
) STRICT;

DROP TABLE pairs;
CREATE TABLE pairs (
  a INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  score REAL NOT NULL,
  relation TEXT NOT NULL,
  reasons TEXT NOT NULL,
  measures TEXT CHECK (json_type(measures) = 'object'),
  PRIMARY KEY (a, b, model_id),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_by_b ON pairs (b);
CREATE INDEX pairs_by_score ON pairs (model_id, score, a, b, relation);
DELETE FROM compared;
DELETE FROM meta WHERE name = 'groups.from';

CREATE TABLE verdicts (
  hash_a BLOB NOT NULL CHECK (length(hash_a) = 32),
  hash_b BLOB NOT NULL CHECK (length(hash_b) = 32),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  at TEXT NOT NULL,
  PRIMARY KEY (hash_a, hash_b),
  CHECK (hash_a < hash_b)
) STRICT, WITHOUT ROWID;

CREATE TABLE keeper_choices (
  photo_id INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
  at TEXT NOT NULL
) STRICT;
`;

/**
 * The choice was made for the picture, not for its name. A content's id may be given again once it is gone, so what is
 * kept of looks outside the database is good only as long as none was lost or replaced: they are counted.
 */
const TRIGGERS = `
CREATE TRIGGER keeper_changed AFTER UPDATE OF content_id ON files
WHEN OLD.content_id IS NOT NEW.content_id BEGIN
  DELETE FROM keeper_choices WHERE photo_id = OLD.id;
END;

CREATE TRIGGER look_gone AFTER DELETE ON local_features BEGIN
  INSERT INTO meta (name, value) VALUES ('looks.lost', '1')
  ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);
END;

CREATE TRIGGER look_replaced AFTER UPDATE OF look_version ON contents WHEN OLD.look_version IS NOT NULL BEGIN
  INSERT INTO meta (name, value) VALUES ('looks.lost', '1')
  ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);
END;
`;

export const localFeatures: Migration = {
  number: 2,
  reason: 'Pairs are verified on local features and explained by measures; users give verdicts and keepers.',
  sql: TABLES + TRIGGERS,
};
