/** @file The part of WebAssembly's JavaScript interface that the engine uses; TypeScript knows it only with the DOM. */
declare namespace WebAssembly {
  interface Memory {
    /** Another one after growing. */
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB. */
    grow(pages: number): number;
  }

  /** Of type i32. */
  interface Global {
    readonly value: number;
  }

  interface Instance {
    readonly exports: Record<string, unknown>;
  }

  /** Compiled; it can be sent to a thread. */
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }

  /** Is there SIMD, for one: bytes that use what this machine does not know are not valid. */
  function validate(bytes: Uint8Array): boolean;

  function compile(bytes: Uint8Array): Promise<Module>;

  function instantiate(bytes: Uint8Array): Promise<{ instance: Instance }>;
  function instantiate(module: Module): Promise<Instance>;
}
