// A file that the build or the rollout is made from, and everything outside the project that it names.

import type { Result } from '../core/index.ts'
import type { PinState } from './pin-state.ts'
import type { SnapshotProblem } from './problem.ts'

/** Which reader understands the file. */
export const INPUT_KINDS = [
  'compose',
  'container-file',
  'env-contract',
  'github-action',
  'github-workflow',
  'gitlab-ci',
  'lockfile',
  'manifest',
  'release-script',
  'render-blueprint',
] as const

/** The name of a reader, or of the two kinds that have a way of their own: lockfiles and manifests. */
export type InputKind = (typeof INPUT_KINDS)[number]

/** What sort of thing outside the project a file names. */
export const REFERENCE_KINDS = [
  'action',
  'download',
  'image',
  'include',
  'package',
  'repository',
  'workflow',
] as const

/**
 * Something outside the project that a file names.
 *
 * @example
 * { kind: 'action', name: 'actions/checkout', version: 'v4', pinState: 'tag-pinned', line: 12 }
 */
export interface InputReference {
  readonly kind: (typeof REFERENCE_KINDS)[number]
  /** Without version and digest, and without credentials and query where it is an address. */
  readonly name: string
  /** Tag, branch or version. */
  readonly version?: string
  /** `gitCommit` or the algorithm of an image's or download's digest, in lower-case hexadecimal. */
  readonly digest?: {
    readonly algorithm: 'gitCommit' | 'sha256' | 'sha512'
    readonly value: string
  }
  readonly pinState: PinState
  /** From 1. */
  readonly line: number
  /** Build arguments and variables that the value was put together from: whoever builds can set them otherwise. */
  readonly variables?: readonly string[]
}

/** A file of the project that another one uses: the first candidate that is there. */
export interface LocalUse {
  /** As the file names it. */
  readonly name: string
  /** Paths from the snapshot's root; `*` is a wildcard where `isPattern` says so. */
  readonly candidates: readonly string[]
  readonly isPattern?: boolean
  readonly kind: InputKind
  readonly line: number
}

/** What a reader found in one file. */
export interface InputContent {
  readonly references: readonly InputReference[]
  readonly uses: readonly LocalUse[]
  /** Names of variables that the file declares: never a value. */
  readonly names?: readonly string[]
}

/** Why a file was not understood. */
export interface UnreadableReason {
  /** `snapshot/…`, as a refusal would have it. */
  readonly code: string
  /** Without anything of the file that could be a secret. */
  readonly message: string
  /** The path, and the line where it is known. */
  readonly at: string
}

/** Reads one kind of file whole, or says why not. */
export type InputReader = (input: {
  readonly path: string
  readonly bytes: Uint8Array
}) => Result<InputContent, SnapshotProblem>

/**
 * One file, as the snapshot has it.
 *
 * @example
 * {
 *   path: 'Dockerfile', kind: 'container-file', sha256: '9f86d0…', size: 214, pinState: 'tag-pinned',
 *   references: [{ kind: 'image', name: 'node', version: '20-alpine', pinState: 'tag-pinned', line: 1 }],
 * }
 */
export interface BuildInput {
  /** From the snapshot's root, with forward slashes. */
  readonly path: string
  readonly kind: InputKind
  /** Of the exact bytes, lower-case hexadecimal. */
  readonly sha256: string
  readonly size: number
  readonly pinState: PinState
  readonly references: readonly InputReference[]
  /** Files of the project that this one uses, sorted; each is an input too. */
  readonly uses?: readonly string[]
  /** Files that this one names and that are not there: what they would be is open. */
  readonly missing?: readonly string[]
  /** The file is not what its name says: only its digest is known, and what it names is open. */
  readonly unreadable?: readonly UnreadableReason[]
  /** Names of variables, sorted: never a value. */
  readonly names?: readonly string[]
  /** The lockfile that locks this manifest. */
  readonly lockedBy?: string
  /** A manifest that asks for no dependency: there is nothing to lock. */
  readonly asksForNothing?: true
}
