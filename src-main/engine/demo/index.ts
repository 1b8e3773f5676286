export { createDemoLibrary, type DemoOptions } from './demo-library.ts';
export { asCameraFile, damage, damageNames, type DamagedFile, type DamageName } from './damages.ts';
export { createRandom, type Random } from './random.ts';
export { renderScene } from './scene.ts';
