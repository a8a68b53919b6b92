// A keyless bundle with all that one can have, made by an authority, a log and a timestamp authority of its own; and its verification
// from bytes to verdict. Every part can be made another way, before it is signed or after.

import { createHash, sign } from 'node:crypto'
import {
  type Bundle,
  encodeBundle,
  encodePae,
  type Envelope,
  IN_TOTO_PAYLOAD_TYPE,
  type LogEntry,
  parseBundle,
} from '../../../../src/bundle/index.ts'
import { type Check, failedChecks, type JsonObject } from '../../../../src/core/index.ts'
import type { NamedRoot, TrustDocument, TrustedIdentity } from '../../../../src/trust/index.ts'
import {
  type Expectation,
  loadSigstore,
  type VerifyRequest,
  verifyBundle,
} from '../../../../src/verify/index.ts'
import { digestOf, type Json } from '../../release.ts'
import {
  ISSUER,
  LEAF_KEY,
  type LeafOptions,
  makeAuthority,
  makeLeaf,
  makeRoot,
  SIGNED_AT,
  type TestAuthority,
  WORKFLOW,
} from '../test-authority.ts'
import {
  dsseV1,
  envelopeV2,
  hashedRekordV1,
  hashedRekordV2,
  type LoggedBy,
} from '../test-bodies.ts'
import type { TestKey } from '../test-certificate.ts'
import { createTestLog, type TestLog, type TestLogOptions } from '../test-log.ts'
import { makeTsa, stamp } from '../test-timestamp.ts'
import { trusting } from '../trust.ts'

/** Log and timestamp authority see the signature a minute after the certificate was made. */
export const SEEN_AT = SIGNED_AT + 60_000
export const ARTIFACT = 'the bytes of the artifact'
export const STATEMENT: Json = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: { sha256: digestOf(ARTIFACT) } }],
  predicateType: 'https://predicates.example/build/v1',
  predicate: {},
}

const AUTHORITY = makeAuthority()
export const TSA = makeTsa()
const sigstore = await loadSigstore()

/** What is made another way; {@link prepare} has a default for everything. */
export interface Making {
  readonly authority?: TestAuthority
  readonly leaf?: LeafOptions
  /** Of the certificate; signs with the digest. */
  readonly key?: TestKey
  readonly digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly statement?: Json
  /** `message`: the artifact itself is signed. */
  readonly content?: 'dsse' | 'message'
  readonly log?: TestLogOptions
  readonly body?: (body: JsonObject) => JsonObject
  /** In place of the one entry. */
  readonly entries?: (made: Made) => readonly LogEntry[]
  /** In place of the one timestamp. */
  readonly timestamps?: (made: Made) => readonly Uint8Array[]
  readonly bundle?: (bundle: Bundle, made: Made) => Bundle
  /** The text of the bundle, after all. */
  readonly text?: (text: string) => string
  /** What the trusted root has besides, or otherwise. */
  readonly root?: (made: Made) => Partial<NamedRoot['root']>
  readonly moreRoots?: readonly NamedRoot[]
  readonly identity?: Partial<TrustedIdentity>
  readonly trust?: (trust: TrustDocument) => TrustDocument
  readonly expectation?: Partial<Expectation>
  readonly request?: Partial<Pick<VerifyRequest, 'now' | 'at'>>
}

/** What was made, for whoever makes it wrong. */
export interface Made {
  readonly certificate: Buffer
  readonly envelope: Envelope
  readonly signature: Uint8Array
  readonly log: TestLog
  /** Place of the entry in the log. */
  readonly index: number
  readonly entry: LogEntry
}

/** The Sigstore part, or nothing where a caller left it out. */
type Loaded = Pick<VerifyRequest, 'sigstore'>

/** A bundle, and who is asked about it or about what becomes of it. */
export interface Prepared {
  readonly text: string
  /** The codes of everything that failed, each once, sorted; none where it is accepted. */
  codesOf(text: string, loaded?: Loaded): readonly string[]
}

/** Makes a bundle, and a verifier who by default trusts everything of it. */
export function prepare(making: Making = {}): Prepared {
  const made = make(making)
  const { entries = () => [made.entry], timestamps = stampOnce, text = (same) => same } = making
  const plain: Bundle = {
    version: '0.3',
    keyMaterial: { kind: 'certificate', certificate: made.certificate },
    logEntries: entries(made),
    timestamps: timestamps(made),
    content: contentOf(making, made),
  }
  const bundle = { ...(making.bundle?.(plain, made) ?? plain), version: '0.3' } as const
  const question = questionAbout(making, made)
  return {
    text: text(Buffer.from(encodeBundle(bundle)).toString()),
    codesOf: (changed, loaded = { sigstore }) => {
      const parsed = parseBundle(Buffer.from(changed))
      const codes = parsed.ok
        ? codesIn(verifyBundle({ ...question, ...loaded, bundle: parsed.value }).verdict)
        : parsed.problems.map(({ code }) => code)
      return [...new Set(codes)].toSorted()
    },
  }
}

/** The codes of what was made, as it is. */
export function codesOf(making: Making, loaded?: Loaded): readonly string[] {
  const { text, codesOf: judge } = prepare(making)
  return judge(text, loaded)
}

function contentOf({ content }: Making, { envelope, signature }: Made): Bundle['content'] {
  if (content !== 'message') return { kind: 'dsse', envelope }
  const digest = createHash('sha256').update(ARTIFACT).digest()
  return { kind: 'message', digestHint: { algorithm: 'SHA2_256', digest }, signature }
}

function codesIn(verdict: Check): readonly string[] {
  return failedChecks(verdict).map(({ code }) => code ?? '')
}

function make({ authority = AUTHORITY, key = LEAF_KEY, ...making }: Making): Made {
  const certificate = makeLeaf({ by: authority, key, ...making.leaf })
  const payload = Uint8Array.from(Buffer.from(JSON.stringify(making.statement ?? STATEMENT)))
  const isMessage = making.content === 'message'
  const signed = isMessage ? Buffer.from(ARTIFACT) : encodePae(IN_TOTO_PAYLOAD_TYPE, payload)
  const isPlainKey = key.publicKey.asymmetricKeyType === 'ed25519'
  const digest = isPlainKey ? null : (making.digest ?? 'sha256')
  const signature = Uint8Array.from(sign(digest, signed, key.privateKey))
  const envelope = { payloadType: IN_TOTO_PAYLOAD_TYPE, payload, signature }
  const log = createTestLog({ generation: 1, ...making.log })
  const generation = making.log?.generation ?? 1
  const body = isMessage
    ? [hashedRekordV1, hashedRekordV2][generation - 1]?.(signed, signature, { certificate })
    : [dsseV1, envelopeV2][generation - 1]?.(envelope, { certificate })
  log.append(foreignBody(1))
  const index = log.append((making.body ?? ((same) => same))(body ?? {}))
  log.append(foreignBody(2))
  const entry = log.entry(index, { at: SEEN_AT })
  return { certificate, envelope, signature, log, index, entry }
}

/** What the log holds of others. */
export function foreignBody(number: number, by: LoggedBy = { spki: Buffer.of(number) }) {
  return hashedRekordV1(Buffer.from(`other ${number}`), Buffer.of(number), by)
}

function stampOnce({ signature }: Made): readonly Uint8Array[] {
  return [stamp(TSA, signature, { at: SEEN_AT })]
}

function questionAbout(
  { authority = AUTHORITY, moreRoots = [], identity, expectation, request, ...making }: Making,
  made: Made,
): Omit<VerifyRequest, 'bundle' | 'sigstore'> {
  const root = makeRoot({
    transparencyLogs: [made.log.log],
    certificateAuthorities: [authority.authority],
    timestampAuthorities: [TSA.authority],
    ...making.root?.(made),
  })
  const trust = trusting({
    roots: [root, ...moreRoots],
    identity: { issuer: ISSUER, san: WORKFLOW, ...identity },
  })
  const digest = { sha256: digestOf(ARTIFACT) }
  return {
    trust: making.trust?.(trust) ?? trust,
    now: Date.UTC(2026, 10, 21),
    expectation: {
      artifacts: {
        kind: 'artifacts',
        artifacts: [{ name: 'artifact', digest, bytes: Buffer.from(ARTIFACT) }],
      },
      ...expectation,
    },
    ...request,
  }
}
