/** @file How well copies are found, and what works on this machine. */
import * as v from 'valibot';
import { method } from '../method.ts';
import type { DoctorReport, SelfTest, SelfTestProgress } from '../model.ts';
import { count, none } from './inputs.ts';

export const checkUpMethods = {
  /**
   * Damaged copies of a sample of the library, made in memory, looked for in the library as a scan would. Nothing is
   * written, neither to disk nor to the database. NOTHING_TO_DO without photos that can be reached.
   */
  'selfTest.run': method<SelfTest, SelfTestProgress>()(
    'window',
    v.strictObject({ photos: v.optional(v.pipe(count, v.maxValue(10_000)), 50) }),
  ),
  'doctor.report': method<DoctorReport>()('window', none),
} as const;
