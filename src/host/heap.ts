// How V8 gives memory to short-lived values: while a large lockfile is read, and while a large ledger is audited.

/**
 * Keeps the space for new values at the size that it has. V8 would double it again and again while a tree of 10,000
 * packages is read, up to 100 MiB that are never needed, to collect less often: it costs a tenth of the time.
 */
export function keepHeapSmall(): void {
  // Loaded on use: `assay verify` starts without it.
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
}

/** A heap is collected when it has grown by this much, in percent. */
const GROWTH = 30

/**
 * Keeps the heap, and those of threads that start after it, near what is held in it. Of a large ledger nearly everything is garbage soon:
 * V8 would wait until there is several times as much of it as of the rest.
 */
export function keepHeapFlat(): void {
  keepHeapSmall()
  const v8 = process.getBuiltinModule('node:v8')
  v8.setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
  // Growth counts from the last collection: until there was one, V8 goes by a guess, which is the largest.
  v8.setFlagsFromString('--expose-gc')
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
  v8.setFlagsFromString('--no-expose-gc')
  collect()
}
