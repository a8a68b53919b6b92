// What two snapshots are compared by: one flat list of facts, the same from a snapshot document and from its CycloneDX.

import type { InputReference } from '../build-input.ts'
import type { Dependency, FloatingRequirement, LockedDigest } from '../dependency.ts'
import type { PinState } from '../pin-state.ts'
import type { Snapshot } from '../snapshot.ts'

/** One locked package. */
export interface InventoryDependency {
  /** Path of the lockfile. */
  readonly place: string
  readonly ecosystem: string
  readonly name: string
  /** Empty where the lockfile has none. */
  readonly version: string
  /** `sha512:9f86…`, with a blank and a name where it is of one of several things. */
  readonly digests: readonly string[]
  /** Where the bytes come from; absent where the lockfile is silent. */
  readonly origin?: string
}

/** One image, action or other thing that an input names. */
export interface InventoryReference {
  readonly place: string
  readonly kind: string
  readonly name: string
  /** Tag and digest together: of a reference, the digest is part of the version. */
  readonly version: string
  readonly pin: PinState
}

/** One file. */
export interface InventoryInput {
  readonly path: string
  readonly sha256: string
  readonly pin: PinState
}

/** Everything that two snapshots are compared by. */
export interface Inventory {
  readonly commit?: string
  readonly dependencies: readonly InventoryDependency[]
  readonly references: readonly InventoryReference[]
  readonly inputs: readonly InventoryInput[]
  /** What lockfiles leave open. */
  readonly floating: readonly { readonly place: string; readonly requirement: string }[]
}

/** The facts of a snapshot. */
export function buildInventory({ source, inputs, lockfiles }: Snapshot): Inventory {
  return {
    ...(source.state !== 'absent' && { commit: source.commit }),
    dependencies: lockfiles.flatMap(({ path, dependencies }) =>
      dependencies.map((dependency) => {
        const { ecosystem, name, version = '', digests } = dependency
        const origin = originOf(dependency)
        return {
          place: path,
          ecosystem,
          name,
          version,
          digests: digests.map(renderDigest),
          ...(origin !== undefined && { origin }),
        }
      }),
    ),
    references: inputs.flatMap(({ path, references }) =>
      references.map((reference) => ({
        place: path,
        kind: reference.kind,
        name: reference.name,
        version: versionOfReference(reference),
        pin: reference.pinState,
      })),
    ),
    inputs: inputs.map(({ path, sha256, pinState }) => ({ path, sha256, pin: pinState })),
    floating: lockfiles.flatMap(({ path, floating }) =>
      floating.map((requirement) => ({ place: path, requirement: renderFloating(requirement) })),
    ),
  }
}

/** `sha512:9f86…`, `sha256:2c26… six-1.16.0-py3-none-any.whl`. */
export function renderDigest({ algorithm, value, of }: LockedDigest): string {
  return `${algorithm}:${value}${of === undefined ? '' : ` ${of}`}`
}

/** `six >=1.16`: what a lockfile leaves open, as it writes it. */
export function renderFloating({ name, requirement }: FloatingRequirement): string {
  return `${name} ${requirement}`.trim()
}

/** Tag, digest, or both: `20-alpine`, `sha256:9f86…`, `20-alpine sha256:9f86…`. */
function versionOfReference({ version, digest }: InputReference): string {
  const value = digest === undefined ? undefined : `${digest.algorithm}:${digest.value}`
  return [version, value].filter((part) => part !== undefined).join(' ')
}

/** The registry, or the kind of place and the place; nothing for a registry that the lockfile does not name. */
export function originOf({ source, registry }: Dependency): string | undefined {
  switch (source.kind) {
    case 'registry':
      return registry
    case 'git':
      return `git ${source.url}`
    case 'url':
      // The path has the version in it more often than not.
      return `url ${/^[^/]*\/\/[^/]*/.exec(source.url)?.[0] ?? source.url}`
    case 'bundled':
      return `bundled in ${source.within}`
    default:
      return `${source.kind} ${source.path ?? ''}`.trim()
  }
}
