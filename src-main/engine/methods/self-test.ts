import type { EngineContext, Handlers } from '../context.ts';

export function selfTestMethods(context: EngineContext): Pick<Handlers, 'selfTest.run'> {
  return {
    'selfTest.run': async ({ photos }, call) => {
      // Loaded only here, with the damages that nothing else needs.
      const { runSelfTest } = await import('../self-test/self-test.ts');
      return runSelfTest(context, photos, call);
    },
  };
}
