// An adoption with signatures: what a run signed, reviewed and adopted by others, through the one way into a ledger.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { encodeUtf8, failedChecks } from '../../../src/core/index.ts'
import {
  adoptionInput,
  buildCandidate,
  buildRecord,
  findFamily,
  foldRelease,
  judgeAdoption,
  type LedgerItem,
  type LedgerRecord,
  type RecordParts,
  reviewInput,
  verifyRecord,
} from '../../../src/record/index.ts'
import type { AdoptionReview } from '../../../src/record/families/adoption-review.ts'
import type { RecordFamily } from '../../../src/policy/index.ts'
import { encodeStatement } from '../../../src/statement/index.ts'
import { testKey } from '../../verify/keys.ts'
import { digestOf, readTrust, signedBundle, trust, trustedKey } from '../../verify/release.ts'
import { NOW } from '../folded.ts'
import { adoptedAmong, contextAmong, POLICIES, REGISTRY } from '../release-items.ts'
import { RELEASE, REPORTED_AT, SET } from '../signed.ts'

const REVIEW_TYPE = 'urn:assay:predicate:adoption-review:v1'
const ADOPTION_TYPE = 'urn:assay:predicate:adoption:v1'

const TRUST = readTrust(
  trust(
    [
      trustedKey('ci', { kind: 'automation' }),
      trustedKey('rita', { kind: 'person', roles: ['adoption-reviewer'] }),
      trustedKey('ada', { kind: 'person', roles: ['adopter'] }),
    ],
    [
      { name: 'adoption-reviewer', predicateTypes: [REVIEW_TYPE], threshold: 1 },
      { name: 'adopter', predicateTypes: [ADOPTION_TYPE], threshold: 1 },
    ],
  ),
)

/** Signs, verifies as a ledger does, and gives the record its place; nothing where it is refused. */
function enter(bytes: Uint8Array, key: string, index: number): LedgerItem & LedgerRecord {
  const file = encodeUtf8(JSON.stringify(signedBundle(bytes, { key: testKey(key) })))
  const { record, verdict } = verifyRecord(file, { trust: TRUST, now: NOW })
  if (record?.kind !== 'record') throw new Error(JSON.stringify(failedChecks(verdict)))
  return { ...record, index }
}

function made(name: RecordFamily, { header, ...input }: RecordParts, key: string, index: number) {
  const family = findFamily(name)
  const built =
    family && buildRecord(family, { ...input, header: { ...header, reportedAt: REPORTED_AT } })
  if (!built?.ok) throw new Error(JSON.stringify(built))
  return enter(encodeStatement(built.value), key, index)
}

const MEMBERS = (['tracking', 'attestation', 'authority', 'promotion', 'rollback'] as const).map(
  (name, index) => {
    const text = readFileSync(join(ROOT, `fixtures/records/${name}.json`), 'utf8')
    return enter(encodeUtf8(JSON.stringify(JSON.parse(text))), 'ci', index)
  },
)

const GENERATED = [
  ...MEMBERS,
  made(
    'linkage',
    {
      about: SET,
      header: { release: RELEASE, policy: POLICIES.linkage },
      members: { records: MEMBERS.map(({ sha256 }) => sha256) },
    },
    'ci',
    5,
  ),
]

const SOURCE = {
  pack: digestOf('the pack'),
  phase: 'pre-deploy-candidate',
  records: GENERATED,
  registry: REGISTRY,
} as const

function candidate() {
  const built = buildCandidate(SOURCE)
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  return built.value
}

const review = made(
  'adoption-review',
  reviewInput(candidate(), { decision: 'adopt' }, REGISTRY),
  'rita',
  6,
)
const adoption = made(
  'adoption',
  adoptionInput(
    candidate(),
    { reviewContracts: [review.sha256], reviewReference: 'pull request 311' },
    REGISTRY,
  ),
  'ada',
  7,
)

it('What a run signed is adopted by a person after the review of another', () => {
  const question = {
    candidate: candidate(),
    source: SOURCE,
    reviews: [review as LedgerRecord<AdoptionReview>],
    adopter: adoption.signer.principal,
  }
  expect(failedChecks(judgeAdoption(question, contextAmong([])))).toEqual([])
  const items = [...GENERATED, review, adoption]
  const adopted = adoptedAmong(items)
  expect(adopted).toEqual(new Set(GENERATED.map(({ sha256 }) => sha256)))
  const input = { id: RELEASE.artifactSetId, items, commitItems: () => [] }
  const { evidence, generated } = foldRelease({ ...input, adopted })
  expect(generated).toEqual([])
  expect(evidence.records.filter(({ isAdopted }) => isAdopted)).toHaveLength(6)
  expect(foldRelease({ ...input, adopted: new Set() }).generated).toHaveLength(6)
})

it('Records count in the ledger of a project by the last adoption, if it is accepted', () => {
  const all = new Set(GENERATED.map(({ sha256 }) => sha256))
  expect(adoptedAmong([...GENERATED, review, adoption])).toEqual(all)
  expect(adoptedAmong([...GENERATED, review])).toEqual(new Set())
  expect(adoptedAmong([...GENERATED, adoption])).toEqual(new Set())
  const references = { reviewContracts: [digestOf('nothing')], reviewReference: 'none' }
  const worse = made('adoption', adoptionInput(candidate(), references, REGISTRY), 'ada', 8)
  expect(adoptedAmong([...GENERATED, review, adoption, worse])).toEqual(new Set())
})

it('Only the role that may, signs a review or an adoption', () => {
  const input = reviewInput(candidate(), { decision: 'adopt' }, REGISTRY)
  expect(() => made('adoption-review', input, 'ada', 6)).toThrow('verify/role')
  const again = adoptionInput(
    candidate(),
    { reviewContracts: [review.sha256], reviewReference: 'pull request 311' },
    REGISTRY,
  )
  expect(() => made('adoption', again, 'rita', 7)).toThrow('verify/role')
})
