// Signed results of the gate of staging, and keys to check them with.

import { generateKeyPairSync } from 'node:crypto'
import {
  buildResult,
  encodeSignedResult,
  type GateFinding,
  judgeGate,
  judgeResult,
  parseSignedResult,
  RESULT_JWS_TYPE,
  type ResultExpectation,
  type UnsignedResult,
} from '../../../src/gate/index.ts'
import type { Outcome } from '../../../src/core/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import {
  createLocalSigner,
  type Signer,
  signCompactJws,
  signJose,
} from '../../../src/sign/index.ts'
import { joseAlgorithmOf, type PublishedKey } from '../../../src/trust/index.ts'
import { shippedRegistry } from '../../policy/shipped.ts'
import { pemOf, readKey, valueOf } from '../../trust/keys.ts'
import { COMMIT, DEPLOY_EVIDENCE, indexOf, NOW, RELEASE } from '../evidence.ts'
import { STAGING } from '../states.ts'

export const REGISTRY = shippedRegistry()
export const DIGEST = 'cd'.repeat(32)

type Pair = ReturnType<typeof generateKeyPairSync>

function signerOf({ publicKey, privateKey }: Pair): Signer {
  return createLocalSigner({ key: privateKey, publicKey: readKey(pemOf(publicKey)) })
}

export const SIGNERS: readonly (readonly [alg: string, signer: Signer])[] = [
  ['ES256', signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
  ['ES384', signerOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
  ['ES512', signerOf(generateKeyPairSync('ec', { namedCurve: 'P-521' }))],
  ['EdDSA', signerOf(generateKeyPairSync('ed25519'))],
  ['RS256', signerOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
]
export const SIGNER = SIGNERS[0]![1]

export interface Made {
  readonly evidence?: readonly Evidence[]
  readonly subject?: Parameters<typeof judgeGate>[0]['subject']
  readonly ledger?: Outcome
  readonly signer?: Signer
  readonly isRun?: boolean
  readonly isStrict?: boolean
  readonly at?: number
  /** What a gate comes to that is go by exception. */
  readonly decision?: Partial<Pick<GateFinding, 'decision' | 'exceptions'>>
  readonly head?: { readonly size: number; readonly root: Uint8Array } | undefined
}

export const SUBJECT = { release: { ...RELEASE, digest: DIGEST }, commit: COMMIT, against: [] }

export function findingOf({ evidence = DEPLOY_EVIDENCE, subject = SUBJECT }: Made = {}) {
  const gate = REGISTRY.of('gate').get(STAGING)!
  const index = indexOf(...evidence)
  return judgeGate({
    ...{ gate, registry: REGISTRY, subject, evidence: index, now: NOW, isStrict: false },
  })
}

export function resultOf(made: Made = {}): UnsignedResult {
  const { ledger = 'accepted', signer = SIGNER, isRun = false, isStrict = false } = made
  const { at = NOW, decision } = made
  const { keyId, type } = signer.publicKey
  const head = 'head' in made ? made.head : { size: 7, root: new Uint8Array(32) }
  return buildResult({
    finding: { ...findingOf(made), ...decision },
    ledger: { outcome: ledger, ...(head !== undefined && { head }) },
    registry: REGISTRY,
    trust: DIGEST,
    at,
    signedAt: NOW + 1000,
    signer: { keyId, algorithm: joseAlgorithmOf(type) },
    isRun,
    isStrict,
  })
}

/** The file of a result. */
export async function signed(made: Made = {}): Promise<Uint8Array> {
  const result = resultOf(made)
  return encodeSignedResult(result, await signJose(result.bytes, made.signer ?? SIGNER))
}

/** The same as compact JWS. */
export async function signedJws(made: Made = {}): Promise<string> {
  return signCompactJws(resultOf(made).bytes, made.signer ?? SIGNER, RESULT_JWS_TYPE)
}

export function published(signer: Signer = SIGNER): PublishedKey {
  return { publicKey: signer.publicKey }
}

const ANY = { verdict: 'continue', isRun: false, isStrict: false } as const

/** The outcome, and the code of every check that is not accepted; or those of the document. */
export function judge(
  bytes: Uint8Array,
  keys: readonly PublishedKey[] = [published()],
  expected: Partial<ResultExpectation> = {},
  now = NOW + 1000,
): readonly (string | undefined)[] {
  const read = parseSignedResult(bytes)
  if (!read.ok) return read.problems.map(({ code }) => code)
  const check = judgeResult(valueOf(read), keys, { ...ANY, ...expected }, now)
  const open = (check.checks ?? []).filter(({ outcome }) => outcome !== 'accepted')
  return [check.outcome, ...open.map(({ code }) => code)]
}
