// SHA256SUMS of a set, made once for all bundles of a run.

import { type Artifact, digestBytes, encodeManifest } from '../../digest/index.ts'

/** Its SHA-256 is the dirHash, the set's identity. */
export interface Manifest {
  readonly bytes: Uint8Array
  readonly sha256: string
}

interface Made {
  readonly manifest: Manifest
  /** What it was made of, in words that nobody else holds. */
  readonly from: readonly Line[]
}

type Line = Pick<Artifact, 'path' | 'sha256'>

const MADE = new WeakMap<readonly Artifact[], Made>()

/** The list is only where to look: it may have been changed since, and then counts as it is now. */
export function manifestOf(artifacts: readonly Artifact[]): Manifest {
  const known = MADE.get(artifacts)
  if (known !== undefined && isUnchanged(known.from, artifacts)) return known.manifest
  const from = artifacts.map(({ path, sha256 }) => ({ path, sha256 }))
  const bytes = encodeManifest(from)
  const manifest = { bytes, sha256: digestBytes('sha256', bytes) }
  MADE.set(artifacts, { manifest, from })
  return manifest
}

function isUnchanged(from: readonly Line[], artifacts: readonly Artifact[]): boolean {
  if (from.length !== artifacts.length) return false
  return from.every(({ path, sha256 }, index) => {
    const now = artifacts[index]
    return now?.path === path && now.sha256 === sha256
  })
}
