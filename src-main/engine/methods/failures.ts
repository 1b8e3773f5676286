import type { EngineContext, Handlers } from '../context.ts';

export function failureMethods(context: EngineContext): Pick<Handlers, 'failures.list'> {
  return { 'failures.list': () => context.store.photos.failures() };
}
