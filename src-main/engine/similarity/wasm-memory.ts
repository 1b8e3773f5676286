const PAGE_BYTES = 65_536;
/** Of 32-bit addresses. */
const PAGES_MAX = 65_536;

/** Grows a module's memory where it has less; views of it are of no use then. @throws RangeError when there is none */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const wanted = Math.ceil(bytes / PAGE_BYTES);
  const there = memory.buffer.byteLength / PAGE_BYTES;
  if (wanted <= there) return;
  if (wanted > PAGES_MAX) throw new RangeError(`${bytes} bytes are more memory than WASM can have.`);
  memory.grow(wanted - there);
}
