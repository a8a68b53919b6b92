// Records of rollback targets, and what a ledger knows of the release that they name.

import type { ReleaseSummary } from '../../src/record/index.ts'
import { ROLLBACK } from '../../src/record/families/rollback.ts'
import { digestOf } from '../verify/release.ts'
import { person } from './deciders.ts'
import { type ContextOptions, type FoldedOptions, foldedRecord, viewAmong } from './folded.ts'
import { shippedRegistry } from './registry.ts'
import { RELEASE } from './signed.ts'

export const POLICY = 'release_rollback_policy.render_staging_rollout.documented_ref'
export const HEADER = { policy: POLICY }
export const TARGET = 'staging__render_staging_rollout__v1.1.0__4602-1'
const REGISTRY = shippedRegistry()
export const MEMBERS = {
  target: {
    artifactVersion: 'v1.1.0',
    artifactSetId: TARGET,
    sourceRevision: '7b1d6f0a4be3a1c94e0f5a8f2d1c3b5a79684d20',
    snapshot: digestOf('the snapshot of v1.1.0'),
  },
  reference: 'refs/tags/v1.1.0',
  preparation: [
    { path: 'docs/render-deployment-contract.md', sha256: digestOf('the contract') },
    { path: 'docs/deployment-runbook.md', sha256: digestOf('the runbook') },
  ],
  operatorConfirmation: 'Tried on 9 April, ticket REL-128',
}

export const OWN = {
  ...MEMBERS.target,
  artifactVersion: RELEASE.artifactVersion,
  artifactSetId: RELEASE.artifactSetId,
}

/** What the ledger knows of the target: a good release, without provenance. */
export const SUMMARY: ReleaseSummary = {
  id: TARGET,
  digest: digestOf('the manifest of v1.1.0'),
  index: 1,
  isConsistent: true,
  isWithdrawn: false,
  isSuperseded: false,
  isSmokePassed: true,
  hasProvenance: false,
  sourceRevision: MEMBERS.target.sourceRevision,
  snapshot: MEMBERS.target.snapshot,
}

export const rollback = (options: FoldedOptions = {}, changes: object = {}) =>
  foldedRecord(
    ROLLBACK,
    { ...MEMBERS, ...changes },
    { index: 9, signer: person('operator'), policy: POLICY, ...options },
  )

export type Item = ReturnType<typeof rollback>

export function view(
  record: Item,
  {
    target = {},
    others = [],
    ...options
  }: ContextOptions & {
    readonly target?: Partial<ReleaseSummary> | 'absent'
    readonly others?: readonly Item[]
  } = {},
) {
  const summary = target === 'absent' ? undefined : { ...SUMMARY, ...target }
  return viewAmong(ROLLBACK, record, [...others, record], {
    registry: REGISTRY,
    releaseOf: (id) => (id === summary?.id ? summary : undefined),
    ...options,
  })
}

/** Under a policy that asks for what production asks for. */
export const STRICT = shippedRegistry((text, name) =>
  name.includes('rollback/render-staging')
    ? text.replace(
        'known-good-versioned-documented-until-signed-or-attested',
        'known-good-versioned-signed-or-attested-before-production-approval',
      )
    : text,
)
