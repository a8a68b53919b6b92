// JSON Pointer (RFC 6901): where in a document something is.

/** The pointer along these names and indexes; empty for the whole document. */
export function encodeJsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
