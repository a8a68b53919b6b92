// What a lockfile says, in one shape for every ecosystem: which packages are locked, where, by which digests, and
// who asked for them. Each parser of `lockfiles/` makes it; the SBOM and the difference of two snapshots read it.

import type { Result } from '../core/index.ts'
import type { SnapshotProblem } from './problem.ts'

/** The purl type of the dependency's registry (purl specification, types). */
export type Ecosystem = 'cargo' | 'composer' | 'gem' | 'golang' | 'maven' | 'npm' | 'nuget' | 'pypi'

/**
 * The true algorithm of a digest. Two of them are no digest of an artifact, and nothing may present them as one:
 * `dirHash` (Go's `h1:`, SHA-256 over the sorted digests of a tree) and `berry-zip` (SHA-512 of the zip that
 * Yarn packs for its own cache).
 */
export type LockedDigestAlgorithm =
  | 'berry-zip'
  | 'dirHash'
  | 'md5'
  | 'sha1'
  | 'sha256'
  | 'sha384'
  | 'sha512'

/** One digest that the lockfile demands. */
export interface LockedDigest {
  readonly algorithm: LockedDigestAlgorithm
  /** Lower-case hexadecimal, of the algorithm's length. */
  readonly value: string
  /**
   * What was digested, where one version has several things: a wheel's file name, `go.mod`, the key of Yarn's cache
   * (`10c0`). Absent: the package's archive, or any one of its archives where the lockfile does not say of which.
   */
  readonly of?: string
}

/** Where the bytes come from. A URL never carries credentials. */
export type DependencySource =
  /** A registry; `url` is the archive's address where the lockfile gives it. */
  | { readonly kind: 'registry'; readonly url?: string }
  /** A repository; without `commit` the entry is floating. */
  | { readonly kind: 'git'; readonly url: string; readonly commit?: string }
  /** An archive at an address that no registry stands behind. */
  | { readonly kind: 'url'; readonly url: string }
  /** An archive or folder on disk, relative to the lockfile's folder. */
  | { readonly kind: 'file'; readonly path: string }
  /** A folder on disk, used in place. */
  | { readonly kind: 'link'; readonly path: string }
  /** A member of this project; without `path` where the lockfile does not say in which folder. */
  | { readonly kind: 'workspace'; readonly path?: string }
  /** Inside the archive of the dependency with this id, and covered by its digests. */
  | { readonly kind: 'bundled'; readonly within: string }

/**
 * One locked package, as one entry of one lockfile has it.
 *
 * @example
 * {
 *   id: 'node_modules/accepts', purl: 'pkg:npm/accepts@1.3.8', name: 'accepts', version: '1.3.8', ecosystem: 'npm',
 *   digests: [{ algorithm: 'sha512', value: '3d8052…' }], registry: 'https://registry.example',
 *   source: { kind: 'registry', url: 'https://registry.example/accepts/-/accepts-1.3.8.tgz' },
 *   relationship: 'direct', dev: false, optional: false, peer: false,
 *   locked: { path: 'package-lock.json', line: 14 }, dependsOn: ['node_modules/mime-types'],
 * }
 */
export interface Dependency {
  /** Unique in its lockfile, and taken from it: the entry's own key. */
  readonly id: string
  /** Canonical purl, made by `buildPurl`. */
  readonly purl: string
  /** The package's true name, as its ecosystem spells it: `@scope/name`, `group:artifact`; of an alias, the name behind it. */
  readonly name: string
  /** Absent where the lockfile has none, as for a folder or for some git entries. */
  readonly version?: string
  readonly ecosystem: Ecosystem
  /** Every digest that is locked, in the lockfile's order; empty where it locks none. */
  readonly digests: readonly LockedDigest[]
  /** Origin (and base path where one is known) of the registry, without credentials; absent where the lockfile is silent. */
  readonly registry?: string
  readonly source: DependencySource
  /**
   * `direct`: a manifest of this project (the root's or a workspace member's) names it. `unknown`: neither the lockfile
   * nor a manifest beside it says who asks for it.
   */
  readonly relationship: 'direct' | 'transitive' | 'unknown'
  /** Only needed to develop: nothing that ships asks for it. Never true where that is not known. */
  readonly dev: boolean
  /** May be left out, for instance on another platform. */
  readonly optional: boolean
  /** Only there because somebody's peer dependency asks for it. */
  readonly peer: boolean
  /** Where the entry starts; lines count from 1. */
  readonly locked: { readonly path: string; readonly line: number }
  /** Ids of the entries that this one asks for, sorted by code points, each once. */
  readonly dependsOn: readonly string[]
}

/** Something that this lockfile leaves open: the same file can give other bytes tomorrow. */
export interface FloatingRequirement {
  readonly name: string
  /** As the file writes it, without credentials: `>=2`, `main`. */
  readonly requirement: string
  readonly line: number
}

/**
 * One lockfile, read.
 *
 * @example { path: 'package-lock.json', kind: 'npm/3', dependencies: [], floating: [] }
 */
export interface Lockfile {
  /** As the caller named it, relative to the snapshot's root. */
  readonly path: string
  /** Format and its version: `npm/3`, `pnpm/9.0`, `yarn/1`, `berry/8`, `bun/1`, `cargo/4`; without versions its name: `go`. */
  readonly kind: string
  /** Sorted by id (code points). The project itself is not among them. */
  readonly dependencies: readonly Dependency[]
  /** In the order of the file. */
  readonly floating: readonly FloatingRequirement[]
}

/** What a parser is given: bytes only, for it reads no file. */
export interface LockfileInput {
  /** For messages and {@link Dependency.locked}. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Another file by its name from the same folder (`package.json`, `../base.txt`), or nothing when it is not there. */
  readonly siblings: (name: string) => Uint8Array | undefined
  /** Names of files in or under the same folder that match a pattern; without it, patterns match nothing. */
  readonly findSiblings?: (patterns: readonly string[]) => readonly string[]
}

/** Reads one format whole, or refuses the file: never a part of it. */
export type LockfileParser = (input: LockfileInput) => Result<Lockfile, SnapshotProblem>
