// Does what is installed refuse what it must? A bundle is signed here and verified, then broken in ways that a wrong or
// outdated dependency would let through (attack A-125); only the untouched one may be accepted.

import { type Bundle, encodeBundle, parseBundle } from '../../bundle/index.ts'
import { type Check, encodeUtf8, groupChecks, type Instant } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { createLocalSigner, generatePrivateKey, signStatement } from '../../sign/index.ts'
import { encodeStatement } from '../../statement/index.ts'
import { addKey, buildEmptyTrust, type TrustDocument } from '../../trust/index.ts'
import { type BundleVerdict, type Expectation, verifyBundle } from '../../verify/index.ts'

const ARTIFACT = encodeUtf8('assay doctor')
const OTHER = encodeUtf8('another artifact')

interface BrokenBundle {
  readonly name: string
  /** What was done to the bundle. */
  readonly words: string
  readonly edit: (json: string) => string
}

const BROKEN_BUNDLES: readonly BrokenBundle[] = [
  {
    name: 'payload-changed',
    words: 'another payload',
    edit: (json) => json.replace(/"payload":"(.{40})(.)/, replaceLast),
  },
  {
    name: 'payload-twice',
    words: 'two payloads in one envelope',
    edit: (json) => json.replace('"payload":', '"payload":"e30=","payload":'),
  },
  {
    name: 'payload-type-changed',
    words: 'another payload type',
    edit: (json) => json.replace('vnd.in-toto+json', 'vnd.in-toto.x+json'),
  },
  {
    name: 'signature-changed',
    words: 'another signature',
    edit: (json) => json.replace(/"sig":"(.{40})(.)/, replaceLast),
  },
  {
    name: 'signature-twice',
    words: 'two signatures',
    edit: (json) => json.replace(/\[(\{"sig":[^\]]*)\]/, '[$1,$1]'),
  },
  {
    name: 'signature-removed',
    words: 'no signature',
    edit: (json) => json.replace(/\[\{"sig":[^\]]*\]/, '[]'),
  },
  {
    name: 'base64-loose',
    words: 'blanks in its base64',
    edit: (json) => json.replace('"payload":"', '"payload":" '),
  },
  {
    name: 'media-type-unknown',
    words: 'a media type that does not exist',
    edit: (json) => json.replace('bundle.v0.3', 'bundle.v9.9'),
  },
]

/**
 * Signs with a new key in memory, and has every case judged.
 *
 * @param verify what is examined
 */
export async function checkSelf(now: Instant, verify = verifyBundle): Promise<Check> {
  const signer = createLocalSigner(generatePrivateKey('p256'))
  const bundle = await signStatement(
    encodeStatement({
      version: 'v1',
      subjects: [{ name: 'doctor', digest: { sha256: digestBytes('sha256', ARTIFACT) } }],
      predicateType: 'https://example.org/assay-doctor/v1',
      predicate: {},
    }),
    signer,
  )
  const json = new TextDecoder().decode(encodeBundle(bundle))
  const trust = trustIn(signer.publicKey)
  const empty = buildEmptyTrust()
  const stranger = trustIn(generatePrivateKey('p256').publicKey)
  const accepts = (text: string, trusted: TrustDocument, artifact: Uint8Array) =>
    isAccepted(text, (bundle) =>
      verify({ bundle, trust: trusted, expectation: expect(artifact), now }),
    )
  return groupChecks('self-check', 'What is installed refuses what it must', [
    judge('untouched', 'The bundle as it was signed is accepted', accepts(json, trust, ARTIFACT)),
    ...BROKEN_BUNDLES.map(({ name, words, edit }) => {
      const edited = edit(json)
      // An edit that found nothing to change would prove nothing.
      const refused = edited !== json && !accepts(edited, trust, ARTIFACT)
      return judge(name, `A bundle with ${words} is refused`, refused)
    }),
    judge('other-artifact', 'Another artifact is refused', !accepts(json, trust, OTHER)),
    judge('other-key', 'Another key is refused', !accepts(json, stranger, ARTIFACT)),
    judge('no-key', 'A trust document without keys refuses', !accepts(json, empty, ARTIFACT)),
  ])
}

/** One character of base64 replaced by another. */
function replaceLast(found: string, _start: string, last: string): string {
  return found.slice(0, -1) + (last === 'A' ? 'B' : 'A')
}

function trustIn(publicKey: Parameters<typeof addKey>[1]['publicKey']): TrustDocument {
  const trust = addKey(buildEmptyTrust(), { name: 'doctor', publicKey, roles: ['release'] })
  if (!trust.ok) throw new Error(trust.problems[0].message)
  return trust.value
}

function isAccepted(json: string, verify: (bundle: Bundle) => BundleVerdict): boolean {
  const bundle = parseBundle(encodeUtf8(json))
  return bundle.ok && verify(bundle.value).verdict.outcome === 'accepted'
}

function expect(bytes: Uint8Array): Expectation {
  const digest = { sha256: digestBytes('sha256', bytes) }
  return { artifacts: { kind: 'artifacts', artifacts: [{ name: 'doctor', digest, bytes }] } }
}

function judge(name: string, message: string, right: boolean): Check {
  if (right) return { name, outcome: 'accepted', message }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/self-check',
    message: `${message}: not by this installation`,
    hint: 'Do not rely on this installation; install Assay again',
  }
}
