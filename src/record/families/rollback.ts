// Rollback target: the release that one would go back to. Whether it is known good, and signed, is found out today and never written.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import type { PolicyOf } from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { isByPerson } from '../signer/person.ts'
import { checkPhase } from '../policies/phase.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import { COMMIT, listOf, SET_ID, SHA256, TEXT } from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { RecordProblem } from '../problem.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { checkRollbackTarget, verificationOf } from '../release/rollback-target.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { approvalsInForce } from './approval.ts'

const MEMBERS = z.strictObject({
  /** The release to go back to, as it was tracked. */
  target: z.strictObject({
    artifactVersion: z.string(),
    artifactSetId: SET_ID,
    sourceRevision: COMMIT,
    /** SHA-256 of the snapshot of what it was made from. */
    snapshot: SHA256,
  }),
  /** What an operator would select to get there: a ref, a tag. */
  reference: TEXT,
  /** The documents that tell how, by their paths in the project. */
  preparation: listOf(z.strictObject({ path: TEXT, sha256: SHA256 }), ({ path }) => path).check(
    z.minLength(1),
  ),
  /** What the operator confirmed, and where: a ticket, a dispatch. Who did, signatures show. */
  operatorConfirmation: TEXT,
})

/** What the record of a rollback target holds: seven of the nine fields that a target is known by. */
export type Rollback = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view adds the other two fields: whether the target verifies, and how far it is trusted. */
export const ROLLBACK = defineFamily({
  name: 'rollback',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'rollback',
  findContradictions: findWrongTarget,
  view: viewRollback,
})

function viewRollback(record: FoldedRecord<Rollback>, context: ViewContext): FamilyView {
  const { check: found, policy } = policyOf('rollback', record, context)
  const { target, reference, operatorConfirmation } = record.members
  const summary = context.releaseOf(target.artifactSetId)
  const operators = confirmersOf(record, context)
  const checks = [
    found,
    ...(policy === undefined
      ? []
      : [checkPhase(record, policy.phases), checkPreparation(record, policy)]),
    ...checkRollbackTarget(record, summary),
    checkConfirmation(operators),
  ]
  const isKnownGood = checks.every(({ outcome }) => outcome === 'accepted')
  const isSigned = summary?.hasProvenance === true
  const knownGood = isSigned ? 'known-good-signed' : 'known-good-documented'
  const trusted = policy === undefined ? [] : [checkTrusted(policy, isSigned)]
  return {
    status: isKnownGood ? knownGood : 'documented-ref',
    check: groupChecks('rollback', 'The release to go back to', [...checks, ...trusted]),
    facts: {
      target: target.artifactSetId,
      verification: verificationOf(summary),
      reference,
      operatorConfirmation,
      confirmedBy: operators,
    },
  }
}

/** The people who confirmed this very target: by this record, or in an approval of the release that is in force. */
function confirmersOf(record: FoldedRecord<Rollback>, context: ViewContext): readonly string[] {
  const { artifactSetId } = record.members.target
  const approvals = approvalsInForce(context).filter(
    ({ members }) => members.rollbackTarget === artifactSetId,
  )
  const people = [record, ...approvals].filter(isByPerson)
  return [...new Set(people.map(({ signer }) => signer.principal))]
}

function checkConfirmation(operators: readonly string[]): Check {
  if (operators.length > 0) {
    const found = operators.map(quote).join(', ')
    return passed('confirmation', 'A person confirmed the target', { found })
  }
  const message = 'No person confirmed the target'
  return failed('confirmation', 'missing', 'record/confirmation', message, {
    expected: 'a person as the signer of the record, or of an approval that names the target',
    found: 'none',
  })
}

/** The documents of the policy are there, and are the ones that it means. */
function checkPreparation(
  { members }: FoldedRecord<Rollback>,
  { references }: PolicyOf<'rollback'>,
): Check {
  const held = new Map(members.preparation.map(({ path, sha256 }) => [path, sha256]))
  const facts = { expected: list(references), found: list(members.preparation) }
  if (references.some(({ path }) => !held.has(path))) {
    const message = 'A document that the policy names is not among the preparation'
    return failed('preparation', 'missing', 'record/missing', message, facts)
  }
  const isOther = references.some(
    ({ path, sha256 }) => sha256 !== undefined && sha256 !== held.get(path),
  )
  if (isOther) {
    const message = 'A document is another than the one that the policy names'
    return failed('preparation', 'rejected', 'record/contradiction', message, facts)
  }
  return passed('preparation', 'The documents of the policy are named', facts)
}

function list(
  documents: readonly { readonly path: string; readonly sha256?: string | undefined }[],
) {
  return documents
    .map(({ path, sha256 }) => [quote(path), ...(sha256 ? [`sha256:${sha256}`] : [])].join(' '))
    .join(', ')
}

const SIGNED_ONLY: PolicyOf<'rollback'>['trustedArtifactRequirement'] =
  'known-good-versioned-signed-or-attested-before-production-approval'

/** Whether what is known of the target is as much as the policy asks for; that it is known good, the other checks show. */
function checkTrusted(
  { trustedArtifactRequirement }: PolicyOf<'rollback'>,
  isSigned: boolean,
): Check {
  const facts = { expected: trustedArtifactRequirement, found: isSigned ? 'signed' : 'not signed' }
  if (isSigned || trustedArtifactRequirement !== SIGNED_ONLY) {
    return passed('trusted-artifact', 'The policy asks for no more', facts)
  }
  const message = 'The policy asks for a target with accepted provenance'
  return failed('trusted-artifact', 'missing', 'record/trusted-artifact', message, facts)
}

/** One goes back on the way that one came: to a release of the same channel and target. */
function findWrongTarget({ target }: Rollback, { release }: HeaderParts): readonly RecordProblem[] {
  const own = parseArtifactSetId(release?.artifactSetId ?? '')
  const other = parseArtifactSetId(target.artifactSetId)
  if (!own.ok || !other.ok) return []
  const members = [
    ['artifactVersion', other.value.release, target.artifactVersion],
    ['artifactSetId', own.value.channel, other.value.channel],
    ['artifactSetId', own.value.target, other.value.target],
  ] as const
  return members
    .filter(([, expected, found]) => expected !== found)
    .map(([member, expected, found]) => ({
      code: 'record/contradiction',
      message: `Expected ${quote(expected)} in the release to go back to, found ${quote(found)}`,
      at: `/target/${member}`,
    }))
}
