// Trust documents of one root, for tests that need no file.

import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { accept, isJsonObject, parseJson, type Result } from '../../../src/core/index.ts'
import {
  buildEmptyTrust,
  type NamedRoot,
  type PublicKey,
  parseTrustedRoot,
  type TrustDocument,
  type TrustedIdentity,
  type TrustProblem,
} from '../../../src/trust/index.ts'

/** A root that is live, by nothing but the word of the test. */
export function readRoot(bytes: Uint8Array, name = 'root'): Result<NamedRoot, TrustProblem> {
  const root = parseTrustedRoot(bytes)
  if (!root.ok) return root
  const json = parseJson(bytes)
  const document = json.ok && isJsonObject(json.value) ? json.value : {}
  const digest = createHash('sha256').update(bytes).digest('hex')
  return accept({ name, mark: 'live', root: root.value, document, digest, isPublicGood: false })
}

const TUF_SEEDS = createRequire(import.meta.url)('@sigstore/tuf/seeds.json') as Readonly<
  Record<string, { readonly targets: Readonly<Record<string, string>> }>
>
const [PUBLIC_SEED] = Object.values(TUF_SEEDS)

/** The root of the public Sigstore, from the package that carries it. */
export const PUBLIC_GOOD = readRoot(
  Buffer.from(PUBLIC_SEED?.targets['trusted_root.json'] ?? '', 'base64'),
  'public-good',
)

interface Trusted {
  readonly root?: NamedRoot
  readonly roots?: readonly NamedRoot[]
  readonly identity?: Partial<TrustedIdentity> & Pick<TrustedIdentity, 'issuer' | 'san'>
  readonly key?: PublicKey
}

/** A document that trusts one root, and one identity or key in the role `release`. */
export function trusting({ root, roots = [], identity, key }: Trusted): TrustDocument {
  const roles = ['release']
  return {
    ...buildEmptyTrust(),
    roots: root === undefined ? roots : [root],
    identities:
      identity === undefined
        ? []
        : [{ name: 'signer', isRefGlob: false, claims: {}, roles, isCi: false, ...identity }],
    keys: key === undefined ? [] : [{ name: 'key', publicKey: key, roles }],
  }
}
