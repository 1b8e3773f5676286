/** @file All methods of the engine, put together from one file a namespace. */
import type { EngineContext, Handlers } from '../context.ts';
import { compareMethods } from './compare.ts';
import { demoMethods } from './demo.ts';
import { doctorMethods } from './doctor.ts';
import { failureMethods } from './failures.ts';
import { folderMethods } from './folders.ts';
import { groupMethods } from './groups.ts';
import { keeperRuleMethods } from './keeper-rules.ts';
import { libraryMethods } from './library.ts';
import { mapMethods } from './map.ts';
import { modelMethods } from './model.ts';
import { pairMethods } from './pairs.ts';
import { photoMethods } from './photos.ts';
import { scanMethods } from './scan.ts';
import { selfTestMethods } from './self-test.ts';
import { similarMethods } from './similar.ts';
import { teachMethods } from './teach.ts';
import { trainMethods } from './train.ts';
import { verdictMethods } from './verdicts.ts';
import { HeldPictures } from '../search/held-pictures.ts';

export function createHandlers(context: EngineContext): Handlers {
  const held = new HeldPictures(context);
  return {
    ...libraryMethods(context),
    ...folderMethods(context),
    ...scanMethods(context),
    ...failureMethods(context),
    ...groupMethods(context),
    ...verdictMethods(context),
    ...teachMethods(context),
    ...trainMethods(context),
    ...modelMethods(context),
    ...keeperRuleMethods(context),
    ...selfTestMethods(context),
    ...pairMethods(context),
    ...photoMethods(context),
    ...similarMethods(context, held),
    ...compareMethods(context, held),
    ...mapMethods(context),
    ...demoMethods(context),
    ...doctorMethods(context),
  };
}
