import type { Command } from '../command.ts';
import { compare } from './compare.ts';
import { doctor } from './doctor.ts';
import { failed } from './failed.ts';
import { groups } from './groups.ts';
import { map } from './map.ts';
import { model } from './model.ts';
import { pairs } from './pairs.ts';
import { scan } from './scan.ts';
import { selfTest } from './self-test.ts';
import { serve } from './serve.ts';
import { similar } from './similar.ts';
import { tag, untag } from './tag.ts';
import { teach } from './teach.ts';
import { train } from './train.ts';
import { verdicts } from './verdicts.ts';

/** In the order of the help. */
export const commands: readonly Command[] = [
  scan,
  failed,
  groups,
  pairs,
  similar,
  compare,
  map,
  selfTest,
  tag,
  untag,
  verdicts,
  teach,
  train,
  model,
  serve,
  doctor,
];
