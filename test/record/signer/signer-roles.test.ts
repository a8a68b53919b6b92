import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { REVIEW } from '../../../src/record/families/review.ts'
import { WAIVER } from '../../../src/record/families/waiver.ts'
import { type Family, verifyRecord } from '../../../src/record/index.ts'
import { NOW } from '../../verify/question.ts'
import {
  type Json,
  readTrust,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from '../../verify/release.ts'
import { goldenRecord } from '../golden-record.ts'
import { approval, REJECTION } from '../approvals.ts'
import { fileOf, statementOf, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const TRACKED = fileOf(statementOf('tracking', TRACKING_MEMBERS))
const PROVENANCE = Buffer.from(JSON.stringify(signedBundle(statement())))
const SBOM = fileOf({
  ...statementOf('tracking', TRACKING_MEMBERS),
  predicateType: 'https://cyclonedx.org/bom',
  predicate: { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
})
const { release } = TRACKING_HEADER
const APPROVED = fileOf(
  statementOf('approval', approval(0).members as never, {
    header: { ...(release !== undefined && { release }) },
  }),
)

/** Over a file that the key `release` signed, where it has these roles. */
function verdictOf(file: Uint8Array, roles: readonly Json[], ...others: readonly Json[]) {
  const signer = trustedKey('release', {
    roles: roles.map(({ name }) => name as string),
    principal: 'carol',
  })
  const document = readTrust(trust([signer, ...others], [...roles, AUDITOR]))
  return verifyRecord(file, { trust: document, now: NOW })
}

/** The codes of what speaks against it. */
function judge(...asked: Parameters<typeof verdictOf>) {
  const { verdict, record } = verdictOf(...asked)
  const codes = failedChecks(verdict).map(({ code }) => code)
  return record === undefined ? codes : 'accepted'
}

const FINDING = { id: 'F-9', severity: 'high', trustCritical: true, title: 'Anybody can sign' }
const ONE = { name: 'one', threshold: 1 }
const TWO = { name: 'two', threshold: 2 }
const AUDITOR = { name: 'auditor', threshold: 1 }
const APART = { name: 'apart', threshold: 1, distinctFrom: ['auditor'] }
/** Another key of the same person, which signed nothing here. */
const SAME = trustedKey('alice', { roles: ['auditor'], principal: 'carol' })
const OTHER = trustedKey('alice', { roles: ['auditor'], principal: 'dave' })

describe('A role that asks for several signatures', () => {
  it('signs nothing that is not counted together', () => {
    expect(judge(TRACKED, [TWO])).toEqual(['record/role-threshold'])
    expect(judge(SBOM, [TWO])).toEqual(['record/role-threshold'])
    expect(judge(TRACKED, [ONE])).toBe('accepted')
    expect(judge(SBOM, [ONE])).toBe('accepted')
  })

  it('signs what is counted when it is read', () => {
    expect(judge(PROVENANCE, [TWO])).toBe('accepted')
    expect(judge(APPROVED, [TWO])).toBe('accepted')
  })

  it('takes nothing away from another one of the signer', () => {
    expect(judge(TRACKED, [TWO, ONE])).toBe('accepted')
    expect(judge(TRACKED, [TWO, APART], OTHER)).toBe('accepted')
    expect(judge(TRACKED, [TWO, APART], SAME)).toEqual(['record/role-apart'])
  })
})

describe('A role that is kept apart from another', () => {
  it('is not for who holds a key of the other, whatever key they sign with', () => {
    expect(judge(TRACKED, [APART], SAME)).toEqual(['record/role-apart'])
    expect(judge(PROVENANCE, [APART], SAME)).toEqual(['record/role-apart'])
    expect(judge(TRACKED, [APART], OTHER)).toBe('accepted')
    expect(judge(PROVENANCE, [APART], OTHER)).toBe('accepted')
  })

  it('is not evaded by a second role, in which the same person may sign the same', () => {
    for (const file of [TRACKED, PROVENANCE]) {
      expect(judge(file, [APART, ONE], SAME)).toEqual(['record/role-apart'])
      expect(judge(file, [ONE, APART], SAME)).toEqual(['record/role-apart'])
      expect(judge(file, [ONE], SAME)).toBe('accepted')
    }
    const { record } = verdictOf(PROVENANCE, [APART, ONE], OTHER)
    expect(record?.signer.roles.map(({ name }) => name)).toEqual(['apart', 'one'])
    expect(judge(TRACKED, [APART, ONE], OTHER)).toBe('accepted')
  })

  it('says nothing of what a role does not let somebody sign', () => {
    const other = { ...APART, predicateTypes: ['urn:assay:predicate:smoke:v1'] }
    expect(judge(TRACKED, [other, ONE], SAME)).toBe('accepted')
  })

  it('keeps a decision, which is told among the others that it does not count', () => {
    expect(judge(APPROVED, [APART], SAME)).toBe('accepted')
  })
})

describe('A role that is for reviews, certifications or waivers', () => {
  const OPEN = { findings: [{ ...FINDING, resolved: false }] }
  const FAILED = { results: [{ name: 'node-24', result: 'failed' }] }
  const fileOfFamily = (family: Family, changes: object = {}) => {
    const { members } = goldenRecord(family)
    const header = { ...(release !== undefined && { release }) }
    return fileOf(statementOf(family.name, { ...members, ...changes }, { header }))
  }
  const judgeIn = (family: Family, held: readonly Json[], changes?: object) => {
    const made = { name: 'for-these', threshold: 1, predicateTypes: [family.predicateType] }
    const signer = trustedKey('release', { roles: held.map(({ name }) => name as string) })
    const known = new Set([AUDITOR, made, ...held].map((role) => JSON.stringify(role)))
    const document = readTrust(
      trust(
        [signer],
        [...known].map((role) => JSON.parse(role) as Json),
      ),
    )
    const { verdict, record } = verifyRecord(fileOfFamily(family, changes), {
      trust: document,
      now: NOW,
    })
    const codes = failedChecks(verdict).map(({ code }) => code)
    return record === undefined ? codes : record.signer.roles.map(({ name }) => name)
  }

  it.each([REVIEW, CERTIFICATION, WAIVER] as readonly Family[])(
    'leaves no $name to whoever may sign everything',
    (family) => {
      const changes = family.name === 'review' ? { findings: [] } : {}
      const own = { name: 'for-these', threshold: 1, predicateTypes: [family.predicateType] }
      expect(judgeIn(family, [ONE], changes)).toEqual(['record/role-general'])
      expect(judgeIn(family, [own], changes)).toEqual(['for-these'])
      expect(judgeIn(family, [ONE, own], changes)).toEqual(['for-these'])
    },
  )

  it('takes no word away that is against the release, and counts it in no role', () => {
    expect(judgeIn(REVIEW, [ONE], OPEN)).toEqual([])
    expect(judgeIn(CERTIFICATION, [ONE], FAILED)).toEqual([])
  })

  it('is kept apart, and asks for as many, as every other', () => {
    const two = { name: 'two', threshold: 2, predicateTypes: [WAIVER.predicateType] }
    expect(judgeIn(WAIVER, [two, ONE])).toEqual(['record/role-threshold'])
  })
})

describe('A role that names a type of decision', () => {
  const TYPE = 'urn:assay:predicate:approval:v1'
  const APPROVER = { name: 'approver', threshold: 2, predicateTypes: [TYPE] }
  const REJECTED = fileOf(
    statementOf('approval', REJECTION, {
      header: { ...(release !== undefined && { release }) },
    }),
  )
  const rolesOf = (file: Uint8Array, roles: readonly Json[]) =>
    verdictOf(file, roles).record?.signer.roles.map(({ name }) => name)
  const held = (...roles: readonly Json[]) => {
    const signer = trustedKey('release', { roles: roles.map(({ name }) => name as string) })
    const document = readTrust(trust([signer], [...roles, AUDITOR]))
    return (file: Uint8Array, made: Json = APPROVER) => {
      const known = { ...document, roles: [...document.roles, made as never] }
      const { verdict, record } = verifyRecord(file, { trust: known, now: NOW })
      return record === undefined ? failedChecks(verdict).map(({ code }) => code) : 'accepted'
    }
  }

  it('is the one that its holder decides in, whatever else they may sign', () => {
    expect(rolesOf(APPROVED, [APPROVER, ONE])).toEqual(['approver'])
    expect(rolesOf(APPROVED, [ONE])).toEqual(['one'])
  })

  it('is kept apart from what any of their roles is kept apart from, and no further', () => {
    const apartIn = (...roles: readonly Json[]) =>
      verdictOf(APPROVED, roles, SAME).record?.signer.roles
    expect(apartIn(APPROVER, APART)).toEqual([{ ...APPROVER, distinctFrom: ['auditor'] }])
    expect(apartIn(APART, APPROVER)).toEqual([{ ...APPROVER, distinctFrom: ['auditor'] }])
    expect(apartIn(APPROVER, ONE)).toEqual([APPROVER])
    const elsewhere = { ...APART, targets: ['elsewhere'] }
    expect(apartIn(APPROVER, elsewhere)).toEqual([APPROVER])
  })

  it('leaves nothing to decide for whoever may sign everything', () => {
    const ask = held(ONE)
    expect(ask(APPROVED)).toEqual(['record/role-general'])
    expect(
      ask(APPROVED, { ...APPROVER, targets: [release?.artifactSetId.split('__')[1]] }),
    ).toEqual(['record/role-general'])
    expect(ask(APPROVED, { ...APPROVER, targets: ['elsewhere'] })).toBe('accepted')
  })

  it('takes no word away that is against the release', () => {
    expect(held(ONE)(REJECTED)).toBe('accepted')
  })
})
