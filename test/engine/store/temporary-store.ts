/** @file Real databases in temporary folders, and small records to fill them with. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeLocalFeatures } from '../../../src-main/engine/features/local-features-codec.ts';
import { openStore } from '../../../src-main/engine/store/open.ts';
import type { ContentRecord, FileRow, Store, ThumbnailLook } from '../../../src-main/engine/store/store.ts';

export const MODEL = 'test-model';

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-store-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryStore(): Store {
  const store = openStore(path.join(temporaryFolder(), 'library.db'));
  onTestFinished(() => store.close());
  return store;
}

/** 32 bytes that differ for every seed. */
export function hashOf(seed: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, seed);
  return bytes;
}

/** Two local features, one content box, a grey picture of 4 x 3; all differ for every seed. */
export function look(seed: number): ThumbnailLook {
  const count = 2;
  const localFeatures = encodeLocalFeatures({
    count,
    width: 256,
    height: 192,
    codes: new Uint8Array(16 * count).fill(seed % 256),
    x: Float32Array.of(10, 20 + (seed % 100)),
    y: Float32Array.of(30, 40),
    scale: Float32Array.of(2, 4),
    angle: Float32Array.of(0, 1),
  });
  return {
    localFeatures,
    thumbnail: { width: 320, height: 240 },
    boxes: [{ left: seed % 50, top: 5, width: 200, height: 150 }],
    grey: { width: 4, height: 3, data: new Uint8Array(12).fill(seed % 256) },
  };
}

export function content(seed: number, changes: Partial<ContentRecord> = {}): ContentRecord {
  return {
    hash: hashOf(seed),
    bytes: 1000 + seed,
    format: 'jpeg',
    width: 400,
    height: 300,
    takenAt: null,
    camera: null,
    thumbnailHash: hashOf(seed).slice(0, 16),
    streamHash: null,
    jpegQuality: null,
    jpegWriter: null,
    facts: {},
    look: { ...look(seed), boxes: [] },
    boxes: [],
    thumbnail: Uint8Array.of(0xff, 0xd8, seed % 256),
    features: Float32Array.of(seed / 7, -1.5, 0.25),
    embedding: Float32Array.of(Math.cos(seed), Math.sin(seed)),
    ...changes,
  };
}

export function addFolder(store: Store, folderPath: string): number {
  return store.folders.upsert({
    path: folderPath,
    role: 'library',
    hidden: false,
    followLinks: false,
    exclude: [],
  });
}

export function file(folderId: number, name: string, changes: Partial<FileRow> = {}): Omit<FileRow, 'id'> {
  return {
    folderId,
    directory: '',
    name,
    bytes: 1000,
    modifiedMs: 1_700_000_000_000.25,
    inode: '1:2',
    state: 'other',
    contentId: null,
    ...changes,
  };
}

/** A photo with a content of its own. @returns its id and its content's. */
export function addPhoto(
  store: Store,
  folderId: number,
  name: string,
  record: ContentRecord,
  changes: Partial<FileRow> = {},
): { id: number; contentId: number } {
  const contentId = store.contents.insert(record, MODEL);
  const row = file(folderId, name, { bytes: record.bytes, state: 'photo', contentId, ...changes });
  return { id: store.photos.insert(row), contentId };
}
