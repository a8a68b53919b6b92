// Linkage: that the records of a phase belong together. It names them; whether they agree is computed from them.

import * as z from 'zod/mini'
import { type Check, groupChecks, type Outcome } from '../../core/index.ts'
import type { Phase, PolicyOf, RecordFamily, SharedField } from '../../policy/index.ts'
import { standingWords, wordInPlaceOf } from '../time/order.ts'
import { checkReferences } from '../checks/references.ts'
import { defineFamily } from '../family.ts'
import { listOf, SHA256 } from '../statement/member-schema.ts'
import { lowestOrigin, originOf } from '../signer/origin.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import type { LedgerItem } from '../release/fold.ts'
import { isNamed, withoutRepeats } from '../release/repeats.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

const MEMBERS = z.strictObject({
  /** SHA-256 of the bundles of all records of the phase. */
  records: listOf(SHA256).check(z.minLength(1)),
})

/** What a linkage record holds. */
export type Linkage = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells whether the families of the policy are there and agree, and the lowest origin among them. */
export const LINKAGE = defineFamily({
  name: 'linkage',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'linkage',
  view: viewLinkage,
})

function viewLinkage(record: FoldedRecord<Linkage>, context: ViewContext): FamilyView {
  const { records } = context.evidence
  const phase = record.release?.phase
  const { check, policy } = policyOf('linkage', record, context)
  const names = new Set(record.members.records)
  const named = records.filter((one) => isNamed(one, names))
  const families = phase === undefined ? [] : (policy?.linkedFamilies[phase] ?? [])
  const unnamed = recordsToLink(records, families, phase).filter((one) => !named.includes(one))
  const differing = differingFields({ record, named, context }, policy?.sharedFields)
  const checks = {
    references: checkReferences('records', record.members.records, named),
    phase: checkPhases(named, phase),
    families: checkFamilies(named, families),
    whole: checkWhole(record, named, unnamed),
    fields: checkFields(differing, policy),
  }
  return {
    status: statusOf(checks),
    check: groupChecks('linkage', 'The records of the phase, together', [
      check,
      ...Object.values(checks),
    ]),
    facts: {
      families: [...new Set(named.map(({ family }) => family))],
      differing,
      origin: lowestOrigin(named, context),
    },
  }
}

type Checks = Readonly<Record<'references' | 'phase' | 'families' | 'whole' | 'fields', Check>>

function statusOf({ references, phase, families, whole, fields }: Checks): string {
  const has = (outcome: Outcome) => (check: Check) => check.outcome === outcome
  if ([phase, fields].some(has('rejected'))) return 'members-differ'
  if ([references, families, whole, fields].some(has('missing'))) return 'members-missing'
  return whole.outcome === 'stale' ? 'members-later' : 'members-agree'
}

/**
 * The records of a phase that a linkage has to name: those that stand. A tracking record of another phase stands for none of this one.
 */
export function recordsToLink<T extends LedgerItem>(
  items: readonly T[],
  families: readonly RecordFamily[],
  phase: Phase | undefined,
): readonly Extract<T, { readonly kind: 'record' }>[] {
  const ofPhase = withoutRepeats(items).filter(
    (item): item is Extract<T, { readonly kind: 'record' }> =>
      item.kind === 'record' && families.includes(item.family) && item.release?.phase === phase,
  )
  return standingWords(ofPhase)
}

function checkPhases(named: readonly FoldedRecord[], phase: Phase | undefined): Check {
  const others = named.filter(({ release }) => release?.phase !== phase)
  if (others.length === 0) return passed('phase', 'All of them are of the phase')
  return failed('phase', 'rejected', 'record/phase', 'Records are of another phase', {
    expected: phase ?? 'a phase',
    found: others.map(describe).join(', '),
  })
}

/** The policy's list; without a policy nothing says which families belong to the phase. */
function checkFamilies(named: readonly FoldedRecord[], families: readonly RecordFamily[]): Check {
  const absent = families.filter((family) => !named.some((record) => record.family === family))
  const expected = families.join(', ')
  if (families.length > 0 && absent.length === 0) {
    return passed('families', `All ${families.length} families of the policy are there`)
  }
  const message = 'Families that the policy links are not there'
  const found = `none of ${absent.join(', ')}`
  return failed('families', 'missing', 'record/missing', message, { expected, found })
}

/** All records of the phase are named; one that came later, or in the place of a named one, makes the linkage older than its release. */
function checkWhole(
  { index }: FoldedRecord,
  named: readonly FoldedRecord[],
  unnamed: readonly FoldedRecord[],
): Check {
  const later = unnamed.filter(
    (one) => one.index > index || named.some((record) => wordInPlaceOf(record, [one])),
  )
  const left = unnamed.filter((one) => !later.includes(one))
  if (left.length > 0) {
    const message = 'Records of the phase stood there and are not named'
    const found = left.map(describe).join(', ')
    return failed('all-records', 'missing', 'record/reference-missing', message, { found })
  }
  if (later.length === 0) return passed('all-records', 'It names every record of the phase')
  return failed('all-records', 'stale', 'record/later-record', 'Later records are not named', {
    found: later.map(describe).join(', '),
  })
}

function describe({ family, sha256, index }: FoldedRecord): string {
  return `${family} ${sha256} at entry ${index}`
}

type FieldOf = (record: FoldedRecord, context: ViewContext) => string | undefined

/** Where each field stands. */
const FIELDS: Readonly<Record<SharedField, FieldOf>> = {
  'approval-record-id': ({ release }) => release?.approvalRecord,
  'gate-id': ({ release }) => release?.gate,
  'artifact-version': ({ release }) => release?.artifactVersion,
  'artifact-set-id': ({ release }) => release?.artifactSetId,
  'source-revision': ({ release }) => release?.sourceRevision,
  'release-evidence-origin-class': originOf,
  'deployment-stage': ({ release }) => release?.deploymentStage,
  'release-channel': ({ release }) => release?.releaseChannel,
}

interface Linked {
  readonly record: FoldedRecord
  readonly named: readonly FoldedRecord[]
  readonly context: ViewContext
}

/** Whoever signs a linkage may be of another origin than its members: it is not held against theirs. */
function differingFields(
  { record, named, context }: Linked,
  fields: readonly SharedField[] = [],
): readonly SharedField[] {
  return fields.filter((field) => {
    const records = field === 'release-evidence-origin-class' ? named : [record, ...named]
    return new Set(records.map((one) => FIELDS[field](one, context))).size > 1
  })
}

function checkFields(
  differing: readonly SharedField[],
  policy: PolicyOf<'linkage'> | undefined,
): Check {
  const name = 'shared-fields'
  if (policy === undefined) {
    const message = 'Without a policy nothing says what the records have to share'
    return failed(name, 'missing', 'record/policy-unknown', message)
  }
  const expected = policy.sharedFields.join(', ')
  if (differing.length === 0) {
    return passed(name, `They agree on all ${policy.sharedFields.length} fields of the policy`)
  }
  const message = `The records differ in ${differing.join(', ')}`
  return failed(name, 'rejected', 'record/contradiction', message, { expected })
}
