/** @file Progress of a scan: raw counts by stage. The shells word it (rate, time left). */
import type { PhotoId } from './model.ts';

/** Stages of a scan in their order; look (both files of pairs that thumbnails leave open) only where there are such pairs. */
export const scanStages = ['find', 'read', 'compare', 'look', 'group'] as const;
export type ScanStage = (typeof scanStages)[number];

export interface ScanProgress {
  stage: ScanStage;
  /** Items of this stage done so far (find: files seen; read: photos; compare: photos; look: pairs; group: groups). */
  done: number;
  /** Items of this stage in all; null while it is not known (stage find). */
  total: number | null;
  bytesDone: number;
  bytesTotal: number | null;
  /** Photos that were known already and cost a stat only. */
  known: number;
  failed: number;
  /** Copies found so far (stage compare on). */
  copies: number;
  /** Up to ten photos that were read last, newest first. */
  recent: PhotoId[];
  /** Seconds since the scan began, and since this stage began. */
  seconds: number;
  stageSeconds: number;
}
