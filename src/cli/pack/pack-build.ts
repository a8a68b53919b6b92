// The files of a pack, put together: the same inputs give the same bytes.

import { accept, type Problem, quote, type Result, refuse } from '../../core/index.ts'
import { digestBytes, encodeManifest, digestSet } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import type { PolicyFile, Phase, Registry } from '../../policy/index.ts'
import {
  checkInnerManifest,
  encodePackManifest,
  type InnerManifest,
  type LedgerScope,
  namedDocuments,
  type NamedDocument,
  namedInnerManifests,
  PACK_MANIFEST_PATH,
  parseInnerManifest,
  type RecordProblem,
} from '../../record/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { VERSION } from '../version.ts'
import { derivedFiles } from './derived-files.ts'
import { encodeProofs } from './ledger-proofs.ts'
import {
  PACK_FOLDERS,
  PACK_PATHS,
  packedDocumentPath,
  packedRecordPath,
  referredRecordPath,
} from './pack-layout.ts'
import type { PackSource } from './pack-source.ts'
import { trustFiles } from './trust-files.ts'

/** A document that was given, and the file that it was read from. */
export interface GivenDocument {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Everything that a pack is made of. */
export interface PackParts {
  readonly release: string
  readonly phase: Phase
  readonly scope: LedgerScope
  readonly source: PackSource
  readonly trust: TrustDocument
  readonly registry: Registry
  readonly policies: readonly PolicyFile[]
  readonly documents: readonly GivenDocument[]
  /** `SHA256SUMS` of the release. */
  readonly set: Uint8Array | undefined
}

/** The pack, and what is named in it by digest and is not there. */
export interface BuiltPack {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly absent: readonly NamedDocument[]
}

/** Puts a pack together, or says what is missing for one. */
export function buildPack(parts: PackParts): Result<BuiltPack> {
  const { release, phase, scope, source, trust, registry, policies, set } = parts
  const given = new Map(parts.documents.map((one) => [digestBytes('sha256', one.bytes), one]))
  const inner = findInner(source, given)
  if (!inner.ok) return inner
  const question = { inner: inner.value.manifest, release, items: source.counted, registry }
  const agrees = checkInnerManifest(question)
  if (agrees.outcome !== 'accepted') return refuse(problemOf(agrees))
  const named = namedDocuments(source.items, inner.value.manifest)
  const others = [...given].filter(([sha256]) => sha256 !== inner.value.sha256)
  const unnamed = others.filter(([sha256]) => !named.some((one) => one.sha256 === sha256))
  const [first, ...more] = unnamed.map(([sha256, { path }]) => notNamed(path, sha256))
  if (first !== undefined) return refuse(first, ...more)
  const files = new Map<string, Uint8Array>([
    [PACK_PATHS.innerManifest, inner.value.bytes],
    ...(set === undefined ? [] : [[PACK_PATHS.set, set] as const]),
    ...others.map(([sha256, { bytes }]) => [packedDocumentPath(sha256), bytes] as const),
    ...[...source.bundles].map(([sha256, bytes]) => [packedRecordPath(sha256), bytes] as const),
    ...[...source.referred].map(([sha256, bytes]) => [referredRecordPath(sha256), bytes] as const),
    ...(source.checkpoint === undefined
      ? []
      : [[PACK_PATHS.checkpoint, source.checkpoint] as const]),
    [PACK_PATHS.proofs, encodeProofs(source.proofs)],
    ...policies.map(({ name, bytes }) => [`${PACK_FOLDERS.policies}${name}`, bytes] as const),
    ...trustFiles(trust),
    ...derivedFiles({ ...parts, proofs: source.proofs, hasSet: set !== undefined }),
  ])
  const about = { release, phase, scope, assayVersion: VERSION }
  files.set(PACK_MANIFEST_PATH, encodePackManifest(about, files))
  const known = { files, registry, set: source.set }
  return accept({ files, absent: listAbsent(named, inner.value.sha256, known) })
}

/** What is named by digest and is not in the pack. */
export function listAbsent(
  named: readonly NamedDocument[],
  innerManifest: string,
  {
    files,
    registry,
    set,
  }: Pick<BuiltPack, 'files'> & { registry: Registry; set: string | undefined },
): readonly NamedDocument[] {
  const policies = new Set([...registry.policies.values()].map(({ digest }) => digest))
  return named.filter(
    ({ sha256 }) =>
      sha256 !== innerManifest &&
      sha256 !== set &&
      !policies.has(sha256) &&
      !files.has(packedDocumentPath(sha256)) &&
      !files.has(packedRecordPath(sha256)),
  )
}

interface FoundInner {
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly manifest: InnerManifest
}

/** Records refer to one inner manifest, and it is there. */
function findInner(
  { counted }: PackSource,
  given: ReadonlyMap<string, GivenDocument>,
): Result<FoundInner> {
  const [sha256, ...others] = namedInnerManifests(counted)
  if (sha256 === undefined || others.length > 0) {
    const found = sha256 === undefined ? 'none' : [sha256, ...others].join(' and ')
    const message = `Expected records that refer to one inner manifest, found ${found}`
    return refuse<RecordProblem>({ code: 'record/inner-manifest', message })
  }
  const document = given.get(sha256)
  if (document === undefined) {
    return refuse<RecordProblem>({
      code: 'record/inner-manifest',
      message: `Expected the inner manifest sha256:${sha256}, to which the records refer, found no such document`,
      hint: 'assay record manifest wrote it: give it with --document',
    })
  }
  const manifest = parseInnerManifest(document.bytes)
  if (!manifest.ok) return manifest
  return accept({ sha256, bytes: document.bytes, manifest: manifest.value })
}

function problemOf({
  code,
  message,
  expected,
  found,
}: ReturnType<typeof checkInnerManifest>): Problem {
  const facts = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ]
  const words = facts.length === 0 ? message : `${message}: ${facts.join(', ')}`
  return { code: code ?? 'record/inner-manifest', message: words }
}

function notNamed(path: string, sha256: string): RecordProblem {
  return {
    code: 'record/pack-document',
    message: `Expected documents that the records or the inner manifest name by digest, found sha256:${sha256}`,
    at: quote(path),
  }
}

/** `SHA256SUMS` of the set that lies there, which has to be the one of the records. */
export async function readSetManifest(
  host: Host,
  path: string,
  expected: string | undefined,
): Promise<Result<Uint8Array>> {
  const progress = host.startProgress('Digesting')
  const read = await host
    .readArtifactSet([path], { form: 'detect', onProgress: (done) => progress.report(done) })
    .finally(() => progress.end())
  if (!read.ok) return read
  const { artifacts } = read.value.set
  const found = digestSet(artifacts)
  if (found === expected) return accept(encodeManifest(artifacts))
  return refuse<RecordProblem>({
    code: 'record/subject',
    message: `Expected the artifact set sha256:${expected ?? 'none'} of the records, found sha256:${found}`,
    at: quote(path),
  })
}
