// The parts of a CycloneDX 1.6 document: one component for each locked package, file and image, made from our own model.

import type { JsonObject } from '../../core/index.ts'
import type { BuildInput, InputReference } from '../build-input.ts'
import type { Dependency, LockedDigest, Lockfile } from '../dependency.ts'
import { originOf, renderDigest, renderFloating } from '../difference/inventory.ts'

/** Names that CycloneDX has for what we know (schema, hash-alg); the others are no digest of an artifact. */
const HASH_NAMES: ReadonlyMap<LockedDigest['algorithm'], string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
])

/** The way back. */
export const ALGORITHM_OF_HASH: ReadonlyMap<string, LockedDigest['algorithm']> = new Map(
  [...HASH_NAMES].map(([algorithm, name]) => [name, algorithm]),
)

/** `name: value`, in the namespace of this program. */
export function property(name: string, value: string): JsonObject {
  return { name: `assay:${name}`, value }
}

/** Unique over all lockfiles of the snapshot. */
export function dependencyReference(lockfile: string, id: string): string {
  return `${lockfile}#${id}`
}

/** A locked package. */
export function dependencyComponent(dependency: Dependency): JsonObject {
  const { id, name, version, purl, digests, locked } = dependency
  const hashes = digests
    .filter((digest) => isOfComponent(digest, digests))
    .map(({ algorithm, value }) => ({ alg: HASH_NAMES.get(algorithm) ?? '', content: value }))
  return {
    type: 'library',
    'bom-ref': dependencyReference(locked.path, id),
    name,
    ...(version !== undefined && { version }),
    scope: scopeOf(dependency),
    ...(hashes.length > 0 && { hashes }),
    purl,
    properties: propertiesOf(dependency),
    evidence: { occurrences: [{ location: locked.path, line: locked.line }] },
  }
}

/**
 * A component's hashes are of the component: not of one of several archives, which is what a name of its own or a second
 * digest of the same algorithm means, and not of a tree or a cache.
 */
function isOfComponent({ algorithm, of }: LockedDigest, all: readonly LockedDigest[]): boolean {
  if (of !== undefined || !HASH_NAMES.has(algorithm)) return false
  return all.filter((other) => other.algorithm === algorithm).length === 1
}

/** CycloneDX 1.6, component scope: what is only there to develop or test does not reach the product. */
function scopeOf({ dev, optional }: Dependency): 'required' | 'optional' | 'excluded' {
  if (dev) return 'excluded'
  return optional ? 'optional' : 'required'
}

function propertiesOf(dependency: Dependency): readonly JsonObject[] {
  const { digests, ecosystem, relationship, source, dev, optional, peer } = dependency
  const origin = originOf(dependency)
  return [
    property('kind', 'dependency'),
    property('ecosystem', ecosystem),
    property('relationship', relationship),
    property('source', source.kind),
    ...(origin === undefined ? [] : [property('origin', origin)]),
    ...('commit' in source && source.commit !== undefined
      ? [property('commit', source.commit)]
      : []),
    ...Object.entries({ dev, optional, peer }).flatMap(([name, holds]) =>
      holds ? [property(name, 'true')] : [],
    ),
    ...digests
      .filter((digest) => !isOfComponent(digest, digests))
      .map((digest) => property('digest', renderDigest(digest))),
  ]
}

/** A build or rollout input, by the digest of its bytes. */
export function inputComponent(input: BuildInput, lockfile: Lockfile | undefined): JsonObject {
  const { path, kind, sha256, size, pinState } = input
  const { names = [], uses = [], missing = [], unreadable = [] } = input
  return {
    type: 'file',
    'bom-ref': `input:${path}`,
    name: path,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    properties: [
      property('kind', kind),
      property('pin', pinState),
      property('size', String(size)),
      ...(input.lockedBy === undefined ? [] : [property('lockedBy', input.lockedBy)]),
      ...names.map((name) => property('name', name)),
      ...uses.map((name) => property('uses', name)),
      ...missing.map((name) => property('missing', name)),
      ...unreadable.map(({ code }) => property('unreadable', code)),
      ...(lockfile?.floating ?? []).map((entry) => property('floating', renderFloating(entry))),
    ],
  }
}

/** An image, action or other thing that an input names. */
export function referenceComponent(
  input: BuildInput,
  reference: InputReference,
  index: number,
): JsonObject {
  const { kind, name, version, digest, pinState, line, variables = [] } = reference
  const isContainer = kind === 'image'
  return {
    type: isContainer ? 'container' : 'application',
    'bom-ref': `input:${input.path}#${index}`,
    name: name === '' ? '(computed)' : name,
    ...(version !== undefined && { version }),
    properties: [
      property('kind', kind),
      property('pin', pinState),
      ...(digest === undefined ? [] : [property('digest', `${digest.algorithm}:${digest.value}`)]),
      ...(name === '' ? [property('computed', 'true')] : []),
      ...variables.map((variable) => property('variable', variable)),
    ],
    evidence: { occurrences: [{ location: input.path, line }] },
  }
}
