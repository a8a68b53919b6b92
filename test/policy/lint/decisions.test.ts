// Lint of roles in which nothing of what a requirement selects is signed.

import { describe, expect, it } from 'vitest'
import { lintPolicies } from '../../../src/policy/index.ts'
import { draft } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'
import { buildTestTrust } from './trust.ts'

type Role = ReturnType<typeof buildTestTrust>['roles'][number]

const REVIEW = 'urn:assay:predicate:review:v1'
const APPROVAL = 'urn:assay:predicate:approval:v1'
const RELEASE_MANAGER: Role = { name: 'manager', threshold: 1, predicateTypes: [REVIEW, APPROVAL] }

/** What lint says of a requirement of records in a role of somebody who holds it and two others. */
function lint(family: string, role: string, more: readonly Role[] = [RELEASE_MANAGER]) {
  const { roles, ...rest } = buildTestTrust()
  const trust = { ...rest, roles: [...roles, ...more] }
  const keys = trust.keys.map((key) => ({ ...key, roles: ['reviewer', 'release', 'manager'] }))
  const registry = registryOf(draft({ select: { family, role } }))
  return lintPolicies(registry, { trust: { ...trust, keys } })
    .filter(({ code }) => code === 'policy/never-holds')
    .map(({ message }) => message.replace(/^policy.mine: The requirement can never hold: /, ''))
}

describe('lint of the role of a decision', () => {
  it('finds one for everything, where another one is for the decision', () => {
    const said = 'every review is made in the role "manager", which is for it'
    expect(lint('review', 'reviewer')).toEqual([said])
    expect(lint('review', 'release')).toEqual([said])
    expect(lint('review', 'manager')).toEqual([])
    expect(lint('review', 'reviewer', [])).toEqual([])
    const second = { name: 'second', threshold: 1, predicateTypes: [REVIEW] }
    expect(lint('review', 'reviewer', [RELEASE_MANAGER, second])).toEqual([
      'every review is made in the role "manager" or "second", which is for it',
    ])
  })

  it('leaves what is no decision, and what another role decides for some targets alone', () => {
    expect(lint('smoke', 'reviewer')).toEqual([])
    expect(lint('provenance', 'reviewer')).toEqual([])
    expect(lint('review', 'reviewer', [{ ...RELEASE_MANAGER, targets: ['web'] }])).toEqual([])
  })

  it('finds a role that is for other types, decision or not', () => {
    expect(lint('incident', 'manager')).toEqual(['no incident is signed in the role "manager"'])
    expect(lint('waiver', 'manager')).toEqual(['no waiver is signed in the role "manager"'])
    expect(lint('provenance', 'manager')).toEqual([])
  })

  it('says nothing of a role that there is not, or without a trust document', () => {
    expect(lint('review', 'nobody')).toEqual([])
    const registry = registryOf(draft({ select: { family: 'review', role: 'reviewer' } }))
    expect(lintPolicies(registry)).toEqual([])
  })
})
