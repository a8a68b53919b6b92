// A verification in one call, for tests that ask many questions of changed bundles.

import { type Bundle, parseBundle } from '../../src/bundle/index.ts'
import type { Check } from '../../src/core/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import type { TrustDocument } from '../../src/trust/index.ts'
import {
  type BundleVerdict,
  type Expectation,
  type RunVerdict,
  verifyBundle,
  verifyBundles,
} from '../../src/verify/index.ts'
import { artifactsOf, type Files, type Json, RELEASE_FILES, readTrust } from './release.ts'

export const NOW = Date.UTC(2026, 3, 10, 12)

interface Question {
  readonly files?: Files
  readonly trust?: TrustDocument
  readonly expectation?: Partial<Expectation>
}

/** The set that these files are. */
export function setOf(files: Files): Extract<Expectation['artifacts'], { kind: 'set' }> {
  return { kind: 'set', set: { artifacts: artifactsOf(files), links: [] } }
}

export const TRUST = readTrust()

/** Verifies bundles as JSON, text or bytes, by default against the files of the release. */
export function ask(
  bundles: readonly (Json | string | Uint8Array)[],
  { files = RELEASE_FILES, trust = TRUST, expectation = {} }: Question = {},
): RunVerdict {
  return verifyBundles({
    bundles: bundles.map((bundle, index) => ({
      name: `bundle ${index + 1}`,
      bundle: parseBundle(toBytes(bundle)),
    })),
    trust,
    now: NOW,
    expectation: { artifacts: setOf(files), ...expectation },
  })
}

function toBytes(bundle: Json | string | Uint8Array): Uint8Array {
  if (bundle instanceof Uint8Array) return bundle
  return Buffer.from(typeof bundle === 'string' ? bundle : JSON.stringify(bundle))
}

/** The codes of every check that was not accepted. */
export function codesOf(verdict: Check): readonly string[] {
  return failedChecks(verdict).map(({ code }) => code ?? '')
}

/** One bundle, read: a test that has none is broken. */
export function readBundle(bundle: Json): Bundle {
  const parsed = parseBundle(toBytes(bundle))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

/** Verifies one bundle, by default against the files of the release. */
export function verifyOne(bundle: Json, expectation: Partial<Expectation> = {}): BundleVerdict {
  return verifyBundle({
    bundle: readBundle(bundle),
    trust: TRUST,
    now: NOW,
    expectation: { artifacts: setOf(RELEASE_FILES), ...expectation },
  })
}

/** The expectation that each of these is a subject. */
export function each(
  ...artifacts: Extract<Expectation['artifacts'], { kind: 'artifacts' }>['artifacts']
): Pick<Expectation, 'artifacts'> {
  return { artifacts: { kind: 'artifacts', artifacts } }
}
