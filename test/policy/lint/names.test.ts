// Lint of what policies name: evidence definitions, roles, and states in the words of people.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintPolicies, parsePolicies } from '../../../src/policy/index.ts'
import { draft } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'
import { filesOf, shippedDrafts } from '../shipped.ts'
import { buildTestTrust } from './trust.ts'

const smoke = { family: 'smoke' }

/** What lint says of one requirement, each as its code and message. */
function lint(members: object): readonly string[] {
  return lintPolicies(registryOf(draft(members))).map(({ code, message }) => `${code} ${message}`)
}

const neverHolds = (reason: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: ${reason}`

/** Shipped policies, with requirements in the gate of staging. */
function lintGate(...requirements: readonly object[]): readonly string[] {
  const drafts = shippedDrafts()
  const gate = drafts.get('gate.release_target.render_staging_rollout')
  if (gate === undefined) throw new Error('The gate is shipped')
  gate['deploy'] = requirements
  const registry = parsePolicies(filesOf(drafts))
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return lintPolicies(registry.value).map(({ code, message }) => `${code} ${message}`)
}

describe('lint of evidence definitions', () => {
  const gate = 'gate.release_target.render_staging_rollout'
  const web = 'evidence.staging.web_edge_smoke'
  const ci = 'evidence.repo.ci_monorepo_validation'
  const policy = 'release_smoke_verification.render_staging_rollout.web_edge'

  it('finds a family that does not carry them, and what they are not about', () => {
    expect(
      lintGate(
        draft({ select: { family: 'review', evidence: web } }, 'one'),
        draft({ select: { family: 'test-result', evidence: ci } }, 'two'),
        draft({ select: { family: 'smoke', evidence: web } }, 'three'),
        draft({ select: { family: 'test-result', evidence: ci, about: 'commit' } }, 'four'),
        draft({ select: { predicateType: 'https://example.org/x', evidence: web } }, 'five'),
      ),
    ).toEqual([
      `policy/never-holds ${gate}: The requirement can never hold: no review carries "${web}"`,
      `policy/never-holds ${gate}: The requirement can never hold: "${ci}" is not about a set`,
    ])
  })

  it('finds more records than there can be of one policy', () => {
    const one = { family: 'smoke', policy, phase: 'post-deploy-smoke-verified' }
    const reason = 'of one policy, set and phase one record counts'
    const tracking = 'release_tracking_policy.render_staging_rollout.bundle_identity'
    expect(
      lintGate(
        draft({ select: one, least: 2 }, 'one'),
        draft({ select: { ...one, about: 'gate' }, least: 2 }, 'two'),
        draft({ select: { family: 'smoke', policy }, least: 2 }, 'three'),
        draft({ select: { family: 'tracking', policy: tracking }, least: 2 }, 'four'),
        draft({ select: one }, 'five'),
      ),
    ).toEqual([
      `policy/never-holds ${gate}: The requirement can never hold: ${reason}`,
      `policy/never-holds ${gate}: The requirement can never hold: ${reason}`,
    ])
  })
})

describe('lint of roles', () => {
  const trust = buildTestTrust()
  const judge = (members: object) =>
    lintPolicies(registryOf(draft(members)), { trust }).map(
      ({ code, message }) => `${code} ${message}`,
    )
  const asks = (role: string, members: object = {}) =>
    judge({ select: { ...smoke, role }, ...members })

  it('finds roles that are not there, or that nobody has', () => {
    expect(asks('release')).toEqual([])
    expect(asks('reviewer')).toEqual([])
    expect(asks('reviwer')).toEqual([
      'policy/role-unknown policy.mine: The trust document has no role "reviwer"',
    ])
    expect(asks('empty')).toEqual([
      'policy/role-unknown policy.mine: Nobody in the trust document has the role "empty"',
    ])
    expect(lint({ select: { ...smoke, role: 'reviwer' } })).toEqual([])
    expect(judge({ select: smoke })).toEqual([])
  })

  it('finds more principals than have the role', () => {
    const distinct = { distinct: 'principals' }
    expect(asks('reviewer', { least: 2, ...distinct })).toEqual([])
    expect(asks('reviewer', { least: 3 })).toEqual([])
    expect(asks('reviewer', { least: 3, ...distinct })).toEqual([
      neverHolds('the role "reviewer" has fewer principals: 2'),
    ])
  })
})

describe('lint of roles that no requirement selects', () => {
  const lintFile = (
    folder: string,
    file: string,
    options: object,
    change: (text: string) => string = (text) => text,
  ) => {
    const path = join(import.meta.dirname, '../../../policies', folder, file)
    const bytes = change(readFileSync(path, 'utf8'))
    const registry = parsePolicies([{ name: file, bytes: Buffer.from(bytes) }])
    if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
    return lintPolicies(registry.value, options)
      .filter(({ code }) => code === 'policy/role-unknown')
      .map(({ message }) => message)
  }

  it.each([
    [
      'deployment-readiness',
      'readiness.yaml',
      ['draft', 'platform-owner', 'risk-owner', 'security-owner', 'business-owner'],
    ],
    [
      'production-readiness',
      'playbook.yaml',
      ['builder', 'release-owner', 'approver', 'repository-admin'],
    ],
  ])('finds those of %s', (folder, file, roles) => {
    const empty = { ...buildTestTrust(), keys: [], roles: [] }
    const found = lintFile(folder, file, { trust: empty })
    for (const role of roles) {
      expect(found).toContainEqual(
        expect.stringContaining(`The trust document has no role "${role}"`),
      )
    }
    expect(lintFile(folder, file, {})).toEqual([])
  })

  it('finds those of the sequences of a playbook', () => {
    const own = 'sequenceRoles: [builder]'
    const count = (roles: string) =>
      lintFile('production-readiness', 'playbook.yaml', { trust: buildTestTrust() }, (text) => {
        expect(text).toContain(own)
        return text.replace(own, `sequenceRoles: ${roles}`)
      }).filter((message) => message.includes('"mechanic"')).length
    expect([count('[builder]'), count('[builder, mechanic]')]).toEqual([0, 1])
  })

  it('needs no part of a playbook that may be left out', () => {
    const trust = { ...buildTestTrust(), keys: [], roles: [] }
    const closure = /^closure:\n(?: .*\n)+/m
    const count = (change?: (text: string) => string) =>
      lintFile('production-readiness', 'playbook.yaml', { trust }, change).length
    expect(count((text) => text.replace(closure, ''))).toBe(count() - 1)
  })
})

describe('lint of texts', () => {
  const say = (text: string, member = 'notes') => {
    const drafts = shippedDrafts()
    const policy = drafts.get('canary_rule.render_production_allowlisted_web_edge_rollout')
    if (policy === undefined) throw new Error('The rule is shipped')
    policy[member] = member === 'title' ? text : [text]
    const registry = parsePolicies(filesOf(drafts))
    if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
    return lintPolicies(registry.value).map(({ code, message }) => [code, message])
  }

  it.each([
    ['The release is signed', 'is signed'],
    ['Bundles were already attested by CI', 'were already attested'],
    ['All gates have been formally approved', 'have been formally approved'],
    ['Production ready', 'Production ready'],
    ['Runs currently', 'currently'],
    ['If so, it is live', 'is live'],
  ])('finds in "%s" a claim, but where that is named as one', (text, claim) => {
    const message = `canary_rule.render_production_allowlisted_web_edge_rollout: Expected text that claims no state, found "${claim}"`
    expect(say(text)).toEqual([['policy/claim-word', message]])
    expect(say(text, 'title')).toEqual([['policy/claim-word', message]])
    expect(say(text, 'prohibitedClaims')).toEqual([])
  })

  it.each([
    'Signed provenance of the release',
    'Who may approve',
    'Each key is bound to its cluster',
    'Before production is approved, people look at it',
  ])('lets "%s" be', (text) => expect(say(text)).toEqual([]))

  it('finds one in what clears a requirement, and none in what it asks for', () => {
    expect(lint({ title: 'The release is signed', select: smoke })).toEqual([])
    expect(lint({ select: smoke, clears: 'The release is signed' })).toEqual([
      'policy/claim-word policy.mine: Expected text that claims no state, found "is signed"',
    ])
  })
})
