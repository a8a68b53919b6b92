// Trusted roots for the tests: the public one, to be changed, and keys of logs that are made anew.

import { createHash, type KeyObject } from 'node:crypto'
import { encodeUtf8, type Result } from '../../../src/core/index.ts'
import { loadPublicGoodRoot, parseTrustedRoot, type TrustedRoot } from '../../../src/trust/index.ts'

export type Json = Record<string, unknown>

/** The public root; every call gives one of its own, which a test may change. */
export const PUBLIC = structuredClone(await loadPublicGoodRoot()) as unknown as {
  readonly mediaType: string
  readonly tlogs: readonly [Json, Json]
  readonly ctlogs: readonly [Json, Json]
  readonly certificateAuthorities: readonly [Json, Json]
  readonly timestampAuthorities: readonly [Json]
}

/** The public root with other members. */
export const rootWith = (members: Json): Json => ({ ...PUBLIC, ...members })

/** With its first log changed. */
export const withLog = (members: Json): Json =>
  rootWith({ tlogs: [{ ...PUBLIC.tlogs[0], ...members }] })

/** With the key of its first log changed; `undefined` takes a member away. */
export const withLogKey = (members: Json): Json =>
  withLog({ publicKey: { ...(PUBLIC.tlogs[0]['publicKey'] as Json), ...members } })

/** With its first authority changed. */
export const withAuthority = (members: Json): Json =>
  rootWith({ certificateAuthorities: [{ ...PUBLIC.certificateAuthorities[0], ...members }] })

/** With a log of this key alone. */
export function withKey(key: KeyObject, keyDetails: string, members: Json = {}): Json {
  const spki = key.export({ type: 'spki', format: 'der' })
  const keyId = createHash('sha256').update(spki).digest('base64')
  const publicKey = { rawBytes: spki.toString('base64'), keyDetails, validFor: { start: START } }
  return withLog({ logId: { keyId }, publicKey: { ...publicKey, ...members } })
}

/** A log whose key is of a kind that is not known here. */
export const foreignLog = (key: Json = {}): Json => ({
  ...PUBLIC.tlogs[0],
  baseUrl: 'https://log.next.example',
  publicKey: {
    rawBytes: 'AAEC',
    keyDetails: 'PKIX_ML_DSA_65',
    validFor: { start: START },
    ...key,
  },
})

export const START = '2026-01-01T00:00:00Z'

export function parseRoot(document: unknown): Result<TrustedRoot> {
  return parseTrustedRoot(
    encodeUtf8(typeof document === 'string' ? document : JSON.stringify(document)),
  )
}

/** `accepted`, or each code with its place. */
export function problemsOf(result: Result<unknown>): 'accepted' | readonly string[] {
  if (result.ok) return 'accepted'
  return result.problems.map(({ code, at }) => (at === undefined ? code : `${code} ${at}`))
}
