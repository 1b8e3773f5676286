/** @file Inputs that several namespaces share. */
import * as v from 'valibot';

export const none = v.strictObject({});
export const id = v.pipe(v.number(), v.integer(), v.minValue(1));
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(32_767));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
