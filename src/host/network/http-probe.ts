// A question to a server that is itself observed: every status is an answer, and no answer is one too.

import type { NetworkFault } from './network-fault.ts'

/**
 * One question, asked once.
 *
 * @example { url: 'https://staging.example.org/health', method: 'GET', bytesMax: 1048576, timeoutMs: 10000 }
 */
export interface HttpProbe {
  /** `https:`; plain `http:` only for this machine (loopback). No login in it. */
  readonly url: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** Sent besides our own, under names in lower case; what they hold is never shown. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Certificate authorities in PEM that are accepted instead of those of this machine. */
  readonly authorities?: Uint8Array
  /** Of the answer, as it is sent: nothing is decompressed. */
  readonly bytesMax: number
  /** For the whole answer: bytes that drip in do not prolong it. */
  readonly timeoutMs: number
}

/** What a question came to. */
export type ProbeOutcome =
  | ({ readonly kind: 'answer' } & ProbeAnswer)
  | ({ readonly kind: 'fault' } & Pick<NetworkFault, 'code' | 'words'>)
  /** The answer is larger than it may be. */
  | { readonly kind: 'too-large'; readonly httpStatus: number }

/** An answer, whole, with the headers that are looked at. */
export interface ProbeAnswer {
  readonly httpStatus: number
  readonly contentType?: string
  readonly contentEncoding?: string
  readonly location?: string
  readonly setCookies: readonly string[]
  readonly body: Uint8Array
}
