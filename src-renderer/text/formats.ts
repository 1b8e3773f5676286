/** @file Names of formats and backends as people write them. */
import type { BackendName } from '../../src-main/contract/model.ts';

const names: Record<string, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  bmp: 'BMP',
  heic: 'HEIC',
  heif: 'HEIF',
  jxl: 'JPEG XL',
  raw: 'Camera RAW',
};

export function formatName(format: string): string {
  return names[format.toLowerCase()] ?? format.toUpperCase();
}

export const backendNames: Record<BackendName, string> = {
  tensorflow: 'native TensorFlow',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};
