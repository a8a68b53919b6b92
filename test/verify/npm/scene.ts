// A package of npm that was published by a workflow, with both its attestations, each of which can be made wrong.

import { gzipSync } from 'node:zlib'
import type { Bundle } from '../../../src/bundle/index.ts'
import { accept, failedChecks, type Instant } from '../../../src/core/index.ts'
import type { RegistryKey, TrustDocument } from '../../../src/trust/index.ts'
import {
  type Expectation,
  loadSigstore,
  type NamedBundle,
  type RunVerdict,
  verifyBundles,
} from '../../../src/verify/index.ts'
import { tarArchive } from '../../digest/archive/tar-archive.ts'
import { freshKey } from '../keys.ts'
import { COMMIT, digestOf, type Json } from '../release.ts'
import {
  certifyStatement,
  SCENE_ROOT,
  signWithKey,
  WITNESSED_AT,
} from '../sigstore/signed-statement.ts'
import { ISSUER, WORKFLOW } from '../sigstore/test-authority.ts'
import { trusting } from '../sigstore/trust.ts'

/** As npm packs it: one folder, whose name says nothing. */
export function packTarball(manifest: string, path = 'package/package.json'): Buffer {
  return gzipSync(tarArchive({ name: path, content: manifest }))
}

export const TARBALL = packTarball('{"name":"@scope/name","version":"1.2.3"}')
export const PURL = 'pkg:npm/%40scope/name@1.2.3'
export const SUBJECT = { name: PURL, digest: { sha512: digestOf(TARBALL, 'sha512') } }
export const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'
export const PROVENANCE = 'https://slsa.dev/provenance/v1'
const SOURCE = 'https://github.com/o/r'
const CLAIMS = {
  11: 'github-hosted',
  12: SOURCE,
  13: COMMIT,
  14: 'refs/tags/v1',
}

export const REGISTRY_KEY_ID = 'SHA256:the-key-of-the-registry'
const REGISTRY = freshKey('P-256', 'sha256')

/** The registry's key as the trust document has it, valid when the package was published. */
export const REGISTRY_KEY: RegistryKey = {
  name: 'npm-1',
  keyId: REGISTRY_KEY_ID,
  publicKey: REGISTRY.publicKey,
  validFor: { start: WITNESSED_AT - 1_000, end: WITNESSED_AT + 1_000 },
}

/** Trusts the workflow and the registry. */
export const TRUST: TrustDocument = {
  ...trusting({ root: SCENE_ROOT, identity: { issuer: ISSUER, san: WORKFLOW } }),
  registryKeys: [REGISTRY_KEY],
}

function statement(changes: Json): Json {
  return { _type: 'https://in-toto.io/Statement/v1', subject: [SUBJECT], ...changes }
}

/** What built the package. */
export function provenanceBundle(changes: Json = {}): Bundle {
  const predicate = {
    buildDefinition: {
      buildType: 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
      externalParameters: {
        workflow: {
          ref: 'refs/tags/v1',
          repository: SOURCE,
          path: '.github/workflows/release.yml',
        },
      },
      resolvedDependencies: [{ uri: `git+${SOURCE}@refs/tags/v1`, digest: { gitCommit: COMMIT } }],
    },
    runDetails: { builder: { id: 'https://github.com/actions/runner/github-hosted' } },
  }
  const said = statement({ predicateType: PROVENANCE, predicate, ...changes })
  return certifyStatement(said, { san: WORKFLOW, claims: CLAIMS })
}

/** The predicate of the registry's word. */
export const PUBLICATION = { name: '@scope/name', version: '1.2.3', registry: 'https://r.example' }

interface PublishOptions {
  readonly statement?: Json
  readonly key?: ReturnType<typeof freshKey>
  readonly hint?: string
  /** `undefined`: no log holds it. */
  readonly at?: Instant | undefined
}

/** The registry's word. */
export function publicationBundle(options: PublishOptions = {}): Bundle {
  const { key = REGISTRY, hint = REGISTRY_KEY_ID } = options
  const at = 'at' in options ? options.at : WITNESSED_AT
  const said = statement({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: PUBLISH,
    predicate: PUBLICATION,
    ...options.statement,
  })
  return signWithKey(said, { key, hint, ...(at !== undefined && { at }) })
}

/** As a registry serves a bundle. */
export function serve(bundle: Bundle, declaredType?: string): NamedBundle {
  return {
    name: 'attestation',
    bundle: accept(bundle),
    ...(declaredType !== undefined && { declaredType }),
  }
}

const sigstore = await loadSigstore()

/** The whole verdict. */
export function verifyNpm(
  bundles: readonly NamedBundle[],
  {
    at,
    isSigstoreLoaded = true,
    ...expectation
  }: Partial<Expectation> & { readonly at?: Instant; readonly isSigstoreLoaded?: boolean } = {},
  trust: TrustDocument = TRUST,
): RunVerdict {
  return verifyBundles({
    bundles,
    trust,
    ...(isSigstoreLoaded && { sigstore }),
    now: Date.UTC(2026, 10, 21),
    ...(at !== undefined && { at }),
    expectation: {
      artifacts: {
        kind: 'artifacts',
        artifacts: [
          {
            name: 'name-1.2.3.tgz',
            isFileDigest: true,
            digest: { sha256: digestOf(TARBALL), sha512: digestOf(TARBALL, 'sha512') },
          },
        ],
      },
      statementVersions: ['v1', 'v0.1'],
      package: { purl: PURL },
      ...expectation,
    },
  })
}

/** The codes of what is wrong, each once; none where all was accepted. */
export function askNpm(...question: Parameters<typeof verifyNpm>): readonly string[] {
  const { verdict } = verifyNpm(...question)
  return [...new Set(failedChecks(verdict).map(({ code }) => code ?? ''))].toSorted()
}
