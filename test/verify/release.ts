// A small release for tests: three files, their provenance, a key that signs it and a document that trusts the key.

import { createHash } from 'node:crypto'
import { encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../src/bundle/index.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import { encodeTrust, parseTrust, type TrustDocument } from '../../src/trust/index.ts'
import { type TestKey, testKey } from './keys.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>
export type Json = Record<string, unknown>

export const RELEASE_FILES: Files = {
  'README.txt': 'Start with app.js\n',
  'app.js': "import { add } from './lib/add.js'\n\nconsole.log(add(1, 2))\n",
  'lib/add.js': 'export const add = (a, b) => a + b\n',
}

export const SOURCE = 'https://git.example/team/app'
export const COMMIT = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'
export const SET_ID = 'staging__render_staging_rollout__v1.2.0__4711-1'

export function digestOf(content: string | Uint8Array, algorithm = 'sha256'): string {
  return createHash(algorithm).update(content).digest('hex')
}

export function artifactsOf(files: Files) {
  return Object.entries(files)
    .map(([path, content]) => ({ path, sha256: digestOf(content) }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
}

/** The subjects that Assay writes: the set, then its artifacts. */
export function subjectsOf(files: Files, name = SET_ID): Json[] {
  const artifacts = artifactsOf(files)
  const set = digestOf(encodeManifest(artifacts))
  return [
    { name, digest: { sha256: set, dirHash: set } },
    ...artifacts.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
  ]
}

/** A predicate of SLSA Provenance v1 by a workflow. */
export function provenance(changes: { definition?: Json; details?: Json } = {}): Json {
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: { ref: 'refs/tags/v1.2.0', repository: SOURCE, path: '.github/workflows/r.yml' },
      },
      resolvedDependencies: [
        { uri: `git+${SOURCE}@refs/tags/v1.2.0`, digest: { gitCommit: COMMIT } },
        {
          uri: 'git+https://git.example/actions/checkout@v4',
          digest: { gitCommit: '0'.repeat(40) },
        },
      ],
      ...changes.definition,
    },
    runDetails: {
      builder: { id: 'https://git.example/team/app/.github/workflows/r.yml@refs/tags/v1.2.0' },
      metadata: { invocationId: 'run/4711', startedOn: '2026-04-10T11:58:00Z' },
      ...changes.details,
    },
  }
}

/** The statement about the release, with members replaced. */
export function statement(changes: Json = {}): Json {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjectsOf(RELEASE_FILES),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: provenance(),
    ...changes,
  }
}

export interface SigningOptions {
  readonly key?: TestKey
  readonly payloadType?: string
}

/** A bundle of version 0.3 as JSON, over a statement or over bytes as they are. */
export function signedBundle(
  payload: Json | Uint8Array | string,
  { key = testKey('release'), payloadType = IN_TOTO_PAYLOAD_TYPE }: SigningOptions = {},
): Json {
  const bytes = Buffer.from(
    typeof payload === 'string' || payload instanceof Uint8Array
      ? payload
      : JSON.stringify(payload),
  )
  const signature = key.sign(encodePae(payloadType, bytes))
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: key.publicKey.keyId } },
    dsseEnvelope: {
      payload: bytes.toString('base64'),
      payloadType,
      signatures: [{ sig: Buffer.from(signature).toString('base64') }],
    },
  }
}

/** A bundle that signs bare bytes. */
export function messageBundle(bytes: string | Uint8Array, key: TestKey = testKey('release')): Json {
  const content = Buffer.from(bytes)
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: key.publicKey.keyId } },
    messageSignature: {
      messageDigest: {
        algorithm: 'SHA2_256',
        digest: createHash('sha256').update(content).digest('base64'),
      },
      signature: Buffer.from(key.sign(content)).toString('base64'),
    },
  }
}

/** A key entry of a trust document. */
export function trustedKey(name: string, changes: Json = {}): Json {
  return { name, publicKey: testKey(name).publicKey.jwk, roles: ['release'], ...changes }
}

/** A trust document as JSON; by default the one key of the release in the one role. */
export function trust(keys: readonly Json[] = [trustedKey('release')], roles: Json[] = []): Json {
  return { schema: 'assay/trust/v1', keys, roles }
}

/** The document as the library has it. */
export function readTrust(document: Json = trust()): TrustDocument {
  const parsed = parseTrust(Buffer.from(JSON.stringify(document)))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

/** The document as `assay trust` writes it. */
export function writeTrust(document: Json = trust()): Uint8Array {
  return encodeTrust(readTrust(document))
}
