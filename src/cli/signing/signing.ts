// A statement becomes a bundle in one of three ways: by a key alone, by a key with witnesses, by an identity.

import { accept, type JsonObject, parseJson, type Result } from '../../core/index.ts'
import { type Bundle, encodeBundle, parseBundle } from '../../bundle/index.ts'
import type { Host } from '../../host/index.ts'
import { signStatement, type TokenHolder } from '../../sign/index.ts'
import type { Statement } from '../../statement/index.ts'
import { isExampleKey } from '../../trust/index.ts'
import { openSigner } from '../key/signer-input.ts'
import { usage } from '../usage.ts'
import { judgePublishable } from './publishable.ts'
import type { SigningFlags } from './signing-flags.ts'

/** What is signed. */
export interface Draft {
  readonly statement: Statement
  /** The statement's bytes, which are what travels. */
  readonly payload: Uint8Array
}

/** A draft that is to be signed. */
export interface PlacedDraft extends Draft {
  /** Whether the bundle can go where it is to go: judged before anybody is asked for anything, for a log takes nothing back. */
  readonly judgePlace: () => Promise<Result<unknown>>
  /** Whether the key may sign it, by its id: judged before it does. */
  readonly judgeKey?: (keyId: string) => Result<unknown>
  /** Whether somebody whom the token names may sign it: judged before anything of the token is sent. */
  readonly judgeHolder?: (holder: TokenHolder) => Result<unknown>
  /** Whether it will be accepted where it goes, as far as a bundle that no log has yet can be judged. */
  readonly judgeUnpublished?: (bytes: Uint8Array) => Result<unknown>
}

/** A bundle of the version that is written. */
export type NewBundle = Bundle & { readonly version: '0.3' }

/** A draft that was signed, and words about who did it. */
export interface SignedDraft {
  /** The bundle, byte for byte as it was read back. */
  readonly bytes: Uint8Array
  /** `the key NzbL…` */
  readonly signer: string
  readonly notes: readonly string[]
  /** Of the document that `--format json` prints. */
  readonly members: JsonObject
}

/** Whether the options name one way to sign. */
export function judgeSigningFlags(flags: SigningFlags): Result<undefined> {
  const { sigstore = false, timestamp = [], rekor = [] } = flags
  const { key, signerCommand, trustedRoot, signingConfig, identityTokenFile } = flags
  const witnesses = timestamp.length + rekor.length
  if (sigstore) {
    return (key ?? signerCommand) === undefined && witnesses === 0
      ? accept(undefined)
      : usage('Expected --sigstore, or --key with --timestamp and --rekor, found both')
  }
  if ((signingConfig ?? identityTokenFile) !== undefined) {
    return usage('Expected --signing-config and --identity-token-file with --sigstore')
  }
  return witnesses > 0 || trustedRoot === undefined
    ? accept(undefined)
    : usage('Expected --trusted-root with --sigstore, --timestamp or --rekor')
}

/** Signs as the options say. What anybody else than a key has added is verified before it is given back. */
export async function signDraft(
  host: Host,
  flags: SigningFlags,
  draft: PlacedDraft,
): Promise<Result<SignedDraft>> {
  // Of the bytes that travel, and not of what they were made from.
  const said = parseJson(draft.payload)
  const publishable = said.ok ? judgePublishable(said.value) : said
  if (!publishable.ok) return publishable
  const writable = await draft.judgePlace()
  if (!writable.ok) return writable
  const sound = judgeSigningFlags(flags)
  if (!sound.ok) return sound
  const { sigstore = false, timestamp = [], rekor = [] } = flags
  if (sigstore) {
    // What needs the network is loaded where it is used.
    const { signKeyless } = await import('./keyless.ts')
    return signKeyless(host, flags, draft)
  }
  if (timestamp.length + rekor.length === 0) return signWithKey(host, flags, draft)
  const { signWitnessed } = await import('./witnessed-key.ts')
  return signWitnessed(host, flags, draft)
}

async function signWithKey(
  host: Host,
  flags: SigningFlags,
  { payload, judgeKey = accept }: PlacedDraft,
): Promise<Result<SignedDraft>> {
  const signer = await openSigner(host, flags)
  if (!signer.ok) return signer
  const { hint, publicKey } = signer.value
  const known = judgeKey(publicKey.keyId)
  if (!known.ok) return known
  // Checks its own signature over the PAE before it gives the bundle away.
  const bytes = encodeBundle(await signStatement(payload, signer.value))
  const read = parseBundle(bytes)
  if (!read.ok) return read
  return accept({ bytes, ...describeKey(hint), members: { keyId: hint } })
}

/** The words about a signature by a key. */
export function describeKey(hint: string): Pick<SignedDraft, 'signer' | 'notes'> {
  const warning = 'UNSAFE: signed with an example key, whose private half everybody has'
  return { signer: `the key ${hint}`, notes: isExampleKey(hint) ? [warning] : [] }
}
