// The digests of one file's content: SHA-256, which makes the set's identity, and SHA-512 where it is asked for.

import { createHash, hash } from 'node:crypto'

/** Lower-case hexadecimal. */
export interface FileDigests {
  readonly sha256: string
  readonly sha512?: string
}

/** The digests of content that is in memory whole. */
export function digestContent(content: Uint8Array, sha512: boolean): FileDigests {
  const sha256 = hash('sha256', content, 'hex')
  return sha512 ? { sha256, sha512: hash('sha512', content, 'hex') } : { sha256 }
}

/** The digests of content that comes in parts, and its size. */
export interface ContentDigester {
  update(part: Uint8Array): void
  end(): FileDigests & { readonly size: number }
}

/** A digester of one file's content. */
export function createContentDigester(sha512: boolean): ContentDigester {
  const short = createHash('sha256')
  const long = sha512 ? createHash('sha512') : undefined
  let size = 0
  return {
    update(part) {
      size += part.length
      short.update(part)
      long?.update(part)
    },
    end() {
      const sha256 = short.digest('hex')
      return long === undefined ? { sha256, size } : { sha256, sha512: long.digest('hex'), size }
    },
  }
}
