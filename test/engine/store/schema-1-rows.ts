/** Two photos, compared and grouped, as the first version of the app left them. */
export const SCHEMA_1_ROWS = `
INSERT INTO meta VALUES ('groups.from', '3 old-model'), ('scan.backend', 'wasm');
INSERT INTO folders (id, path, role, hidden, follow_links, exclude) VALUES (1, '/photos', 'library', 0, 0, '[]');
INSERT INTO models (id, name) VALUES (1, 'old-model');
INSERT INTO contents (id, hash, bytes, format, width, height, thumbnail_hash) VALUES
  (10, x'0000000000000000000000000000000000000000000000000000000000000001', 500, 'jpeg', 40, 30, zeroblob(16)),
  (11, x'0000000000000000000000000000000000000000000000000000000000000002', 400, 'jpeg', 20, 15, zeroblob(16));
INSERT INTO thumbnails VALUES (10, x'ffd8'), (11, x'ffd8');
INSERT INTO features VALUES (10, x'003c0040'), (11, x'00c0003c');
INSERT INTO embeddings (content_id, model_id, part, float32) VALUES (10, 1, 0, x'0000803f'), (11, 1, 0, x'0000803f');
INSERT INTO files (id, folder_id, directory, name, bytes, modified_ms, state, content_id) VALUES
  (1, 1, '', 'a.jpg', 500, 1, 'photo', 10), (2, 1, '', 'b.jpg', 400, 1, 'photo', 11);
INSERT INTO pairs VALUES (10, 11, 1, 0.9, 'resized', '');
INSERT INTO compared VALUES (10, 1), (11, 1);
INSERT INTO groups VALUES (0, 1, 'copies', 1, '[]', 'safe', 1, 400, 2, '', 1, 2, 0.9, 1);
INSERT INTO group_members VALUES 
  (0, 1, 0, 1, 1, 'exact', 1, 1, ''), (0, 1, 1, 2, 0, 'resized', 0.9, 1, '');
`;
