// `--npm PACKAGE.tgz --attestations FILE`: which package the tarball says it is, and what its registry has of it.

import { parseNpmAttestations } from '../../bundle/index.ts'
import {
  accept,
  membersOf,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type ExpectedArtifact, npmPurlOf } from '../../verify/index.ts'
import { atPath, readInput } from '../file-input.ts'
import type { CliProblem } from '../problem.ts'
import { usage } from '../usage.ts'
import type { BundleInput } from './bundle-input.ts'

/** A tarball, by its digests and by its own `package.json`. */
export interface PackageInput {
  readonly artifact: ExpectedArtifact
  /** Canonical. */
  readonly purl: string
}

/** Where a person gets the second file. */
const SERVED_AT =
  'The registry serves the attestations of a package under /-/npm/v1/attestations/NAME@VERSION'

/** npm packs one folder, and drops its name. */
const PACKAGE_JSON = { path: 'package.json', strip: 1, bytesMax: LIMITS.inputBytesMax } as const

/** Reads the tarball once: its digests are of the bytes that the name and version were read from. */
export async function readPackage(host: Host, path: string): Promise<Result<PackageInput>> {
  const manifest = await host.readArchiveFile(path, PACKAGE_JSON)
  if (!manifest.ok) return manifest
  const { content, digests } = manifest.value
  const purl = readPurl(content, path)
  return purl.ok
    ? accept({
        artifact: { name: path, digest: { ...digests }, isFileDigest: true },
        purl: purl.value,
      })
    : purl
}

function readPurl(manifest: Uint8Array | undefined, path: string): Result<string, CliProblem> {
  if (manifest === undefined) return packageJsonRefused(path, 'none')
  const json = parseJson(manifest)
  if (!json.ok) return packageJsonRefused(path, 'no JSON', json.problems)
  const { name, version } = membersOf(json.value)
  if (typeof name !== 'string' || typeof version !== 'string') {
    return packageJsonRefused(path, 'one without them')
  }
  const purl = npmPurlOf(name, version)
  if (purl !== undefined) return accept(purl)
  return packageJsonRefused(path, `${quote(name)} at ${quote(version)}, which no purl can say`)
}

function packageJsonRefused(path: string, found: string, because?: CliProblem['because']) {
  return refuse<CliProblem>({
    code: 'cli/package-json',
    message: `Expected a package.json with the name and version of a package in ${quote(path)}, found ${found}`,
    ...(because !== undefined && { because }),
  })
}

/** Neither option says anything without the other. */
export function npmPairExpected(): ReturnType<typeof usage> {
  return usage('Expected --npm and --attestations together, found one of them', SERVED_AT)
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['verify/attestation-missing', SERVED_AT],
  [
    'verify/key-unknown',
    "The registry's keys, as it serves them under /-/npm/v1/keys: assay trust add-npm-keys KEYS --trust FILE",
  ],
  [
    'verify/time-missing',
    'The log that witnessed the attestations: assay trust add-root public-good --trust FILE --name NAME --live',
  ],
])

/** Reads the attestations of one package, each under its place in the document. */
export async function readAttestations(host: Host, path: string): Promise<Result<BundleInput>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.bundleFileBytesMax })
  if (!bytes.ok) return bytes
  const attestations = atPath(parseNpmAttestations(bytes.value), path)
  if (!attestations.ok) return attestations
  const bundles = attestations.value.map((attestation, index) => ({
    name: `${path}, attestation ${index + 1}`,
    ...attestation,
  }))
  return accept({ bundles, paths: path === '-' ? [] : [path], notes: [], hints: HINTS })
}
