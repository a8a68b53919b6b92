// The signed result of a gate (seed ruling 37): the exact bytes that were signed travel with it, so that nobody has to serialise anything again.

import * as z from 'zod/mini'
import { strict as assert } from 'node:assert'
import {
  compareCodePoints,
  encodeBase64,
  encodeCanonicalJson,
  encodeDocument,
  encodeTimestamp,
  encodeUtf8,
  type Instant,
  type JsonObject,
  type Outcome,
  TIMESTAMP_PATTERN,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { encodeStatement, type Subject } from '../../statement/index.ts'
import type { Registry } from '../../policy/index.ts'
import { type Judgement, listsOf } from '../judgement.ts'
import { standingOfJudgement, STANDINGS } from './standing.ts'

/** Says in the signed bytes what they are, so that no other document of the same key passes for a result. */
const RESULT_TYPE = 'urn:assay:signed-result:v1'

/** The predicate type of a result as a statement. */
export const RESULT_PREDICATE_TYPE = 'urn:assay:predicate:signed-result:v1'

/** The `typ` of a result as JWS. */
export const RESULT_JWS_TYPE = 'assay-signed-result+json'

const TEXT = z.string().check(z.minLength(1), z.maxLength(64 * 1024))
const SHA256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const TIME = z.string().check(z.regex(TIMESTAMP_PATTERN))
const BASE64URL = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/))
const DIGESTED = z.strictObject({ id: TEXT, sha256: SHA256 })

/** What the commitment id is the digest of. */
export const preimageSchema = z.strictObject({
  /** The instant as of which was judged. */
  at: TIME,
  gate: TEXT,
  /** The artifact set; `sha256` where its records name one. */
  set: z.optional(z.strictObject({ id: TEXT, sha256: z.optional(SHA256) })),
  /** The commit, before there is a set. */
  commit: z.optional(TEXT),
  policies: z.array(DIGESTED),
  registry: SHA256,
  trust: SHA256,
  head: z.optional(z.strictObject({ size: z.int().check(z.gte(0)), root: TEXT })),
  /** The ledger was that of one run, whose records nobody has adopted; else it is that of the project. */
  scope: z.optional(z.literal('run')),
  /** No exception counted. */
  strict: z.optional(z.literal(true)),
})

/** A requirement that is not met, and the waiver that lets it pass until a day; who answers for it stands there. */
const EXCEPTION = z.strictObject({
  /** `<policy id>#<requirement id>` */
  check: TEXT,
  expires: TIME,
  /** Of the bundle of the waiver. */
  sha256: SHA256,
})

const CLAIMS = {
  commitment_id: SHA256,
  kid: BASE64URL,
  sig_alg: TEXT,
  verdict: z.enum(STANDINGS),
} as const

/** What of the signed bytes is said around them, too. */
export type ResultClaim = keyof typeof CLAIMS

/** The signed bytes, as a document. */
export const resultPayloadSchema = z.strictObject({
  type: z.literal(RESULT_TYPE),
  ...CLAIMS,
  /** Of a gate that is go by exception, and of no other. */
  exceptions: z.optional(z.array(EXCEPTION).check(z.minLength(1))),
  /** Canonical JSON (RFC 8785) as text; SHA-256 of its bytes is the commitment id. */
  preimage: TEXT,
  /** By the clock of whoever signed. */
  signed_at: TIME,
})

/** A result as a file. */
export const signedResultSchema = z.strictObject({
  schema: z.literal('assay/signed-result/v1'),
  ...CLAIMS,
  /** The exact bytes that were signed. */
  payload: BASE64URL,
  /** Over these bytes, in the JOSE form of the algorithm. */
  signature: BASE64URL,
})

/** What the commitment id is the digest of. */
export type ResultPreimage = z.infer<typeof preimageSchema>
/** What was signed. */
export type ResultPayload = Readonly<z.infer<typeof resultPayloadSchema>>

/** What a result is made of; its verdict is computed, and never given. */
export interface ResultQuestion {
  readonly finding: Judgement
  /** Of the ledger that was judged. */
  readonly ledger: { readonly outcome: Outcome; readonly head?: { size: number; root: Uint8Array } }
  readonly registry: Registry
  /** Digest of the trust document. */
  readonly trust: string
  /** As of which was judged. */
  readonly at: Instant
  readonly signedAt: Instant
  readonly signer: { readonly keyId: string; readonly algorithm: string }
  /** The ledger is that of one run. */
  readonly isRun: boolean
  /** It was judged so that no exception counts. */
  readonly isStrict: boolean
}

/** A result before it is signed. */
export interface UnsignedResult {
  readonly payload: ResultPayload
  /** The bytes to sign. */
  readonly bytes: Uint8Array
  readonly preimage: ResultPreimage
}

/** Makes what is to be signed. */
export function buildResult(question: ResultQuestion): UnsignedResult {
  const { finding, ledger, signer, signedAt } = question
  const preimage = preimageOf(question)
  const text = encodePreimage(preimage)
  const verdict = standingOfJudgement(finding, ledger.outcome)
  const payload: ResultPayload = {
    type: RESULT_TYPE,
    commitment_id: digestBytes('sha256', text),
    kid: signer.keyId,
    sig_alg: signer.algorithm,
    verdict,
    ...(verdict === 'continue' && finding.decision === 'go-by-exception' && exceptionsOf(finding)),
    preimage: Buffer.from(text).toString(),
    signed_at: encodeTimestamp(signedAt),
  }
  return { payload, bytes: canonical(payload), preimage }
}

/** The result with its signature, as a file. */
export function encodeSignedResult(
  { payload, bytes }: UnsignedResult,
  signature: Uint8Array,
): Uint8Array {
  const { commitment_id, kid, sig_alg, verdict } = payload
  return encodeUtf8(
    encodeDocument({
      schema: 'assay/signed-result/v1',
      ...{ commitment_id, kid, sig_alg, verdict },
      payload: encodeBase64(bytes, 'base64url'),
      signature: encodeBase64(signature, 'base64url'),
    }),
  )
}

/** The result as a statement: about the set, or the commit, or, where there is neither, the policy of the gate. */
export function encodeResultStatement(result: UnsignedResult): Uint8Array {
  return encodeStatement({
    version: 'v1',
    subjects: [subjectOf(result.preimage)],
    predicateType: RESULT_PREDICATE_TYPE,
    predicate: { ...result.payload } as unknown as JsonObject,
  })
}

function subjectOf({ set, commit, gate, policies }: ResultPreimage): Subject {
  const { sha256 } = set ?? {}
  if (set !== undefined && sha256 !== undefined) {
    return { name: set.id, digest: { sha256, dirHash: sha256 } }
  }
  if (commit !== undefined) return { name: `git:${commit}`, digest: { gitCommit: commit } }
  const policy = policies.find(({ id }) => id === gate)
  assert(policy, 'the policy of the gate is among those that were asked')
  return { name: policy.id, digest: { sha256: policy.sha256 } }
}

/** Ruling 9: a verdict that rests on exceptions names them. */
function exceptionsOf({ exceptions }: Judgement): Pick<ResultPayload, 'exceptions'> {
  return {
    exceptions: exceptions.map(({ check, expires, sha256 }) => ({ check, expires, sha256 })),
  }
}

function preimageOf(question: ResultQuestion): ResultPreimage {
  const { finding, ledger, registry, trust, at, isRun, isStrict } = question
  const { gate, subject } = finding
  const { release, commit } = subject
  const asked = new Set([gate.id, ...listsOf(finding).map(({ policy }) => policy)])
  return {
    at: encodeTimestamp(at),
    gate: gate.id,
    ...(release !== undefined && {
      set: { id: release.id, ...(release.digest !== undefined && { sha256: release.digest }) },
    }),
    ...(commit !== undefined && { commit }),
    policies: [...registry.policies.values()]
      .filter(({ id }) => asked.has(id))
      .map(({ id, digest }) => ({ id, sha256: digest }))
      .toSorted((a, b) => compareCodePoints(a.id, b.id)),
    registry: registry.digest,
    trust,
    ...(ledger.head !== undefined && {
      head: { size: ledger.head.size, root: encodeBase64(ledger.head.root) },
    }),
    ...(isRun && { scope: 'run' as const }),
    ...(isStrict && { strict: true as const }),
  }
}

/** The bytes that the commitment id is the digest of (RFC 8785). */
export function encodePreimage(preimage: ResultPreimage): Uint8Array {
  return canonical(preimage)
}

function canonical(value: ResultPreimage | ResultPayload): Uint8Array {
  const bytes = encodeCanonicalJson({ ...value } as unknown as JsonObject)
  assert(bytes.ok, 'ids, digests and times have a canonical form')
  return bytes.value
}
