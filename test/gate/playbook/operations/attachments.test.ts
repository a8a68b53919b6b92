// The attachments of section 4 (seed ruling 41): eight, two of them only where the evidence shows that there is something to attach.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/core/index.ts'
import type { ReleaseLineage } from '../../../../src/gate/index.ts'
import { piece } from '../../evidence.ts'
import { saidBy } from '../../lineage/lineages.ts'
import { ADMIN, type Files } from '../playbook-world.ts'
import {
  EVIDENCE,
  EXPORT,
  FILES,
  LINEAGE,
  LINEAGE_FILE,
  POLICY,
  PROMOTION_FILE,
  type Question,
  toldOf,
} from './operations-world.ts'

const without = (...paths: readonly string[]): Files =>
  Object.fromEntries(Object.entries(FILES).filter(([path]) => !paths.includes(path)))
const withFile = (path: string, value: JsonObject): Question => ({
  files: { ...FILES, [path]: value },
})
const plain = LINEAGE as unknown as JsonObject
const lineageOf = (more: Partial<ReleaseLineage>): Question => ({
  lineage: { ...LINEAGE, ...more },
})
const RULESETS = [
  EXPORT,
  'artifacts/github_ruleset_ui.png',
  'artifacts/github_ruleset_verification.md',
]

describe('the attachments of the shipped playbook', () => {
  it('are eight, and passed where all is there', () => {
    const ids = (POLICY.attachments ?? []).map(({ id }) => id)
    expect(ids).toHaveLength(8)
    expect(ids.map((id) => toldOf(id))).toEqual(ids.map(() => ['passed']))
  })

  it.each([
    ['attached-policy-bundle-governance-report', 'artifacts/policy_bundle_governance_report.json'],
    ['attached-runtime-canary-report', 'artifacts/runtime_canary_report.json'],
    ['attached-critical-ci-trend-report', 'artifacts/critical_ci_trend_report.json'],
    ['attached-release-readiness-gate-report', 'artifacts/release_readiness_gate_report.json'],
    ['attached-release-lineage', LINEAGE_FILE],
    ['attached-promotion-reports', PROMOTION_FILE],
  ])('%s is by digest', (id, path) => {
    expect(toldOf(id, { files: without(path) })).toEqual(['missing', 'gate/report-absent'])
    expect(toldOf(id, { loose: [path] })).toEqual(['unverified', 'gate/report-loose'])
  })

  it('has the address of the run from provenance alone', () => {
    const builds = LINEAGE.builds.map(({ run: _, ...build }) => build)
    const code = 'gate/attachment-missing'
    expect(toldOf('attached-ci-run', lineageOf({ builds }))).toEqual(['missing', code])
    expect(toldOf('attached-ci-run', { lineage: undefined })).toEqual(['missing', code])
  })
})

describe('the lineage', () => {
  const ID = 'attached-release-lineage'

  it('may have been written at another time, in another order of members', () => {
    const turned = Object.fromEntries(Object.entries(plain).toReversed())
    expect(toldOf(ID, withFile(LINEAGE_FILE, { ...turned, at: '2026-01-01T00:00:00Z' }))).toEqual([
      'passed',
    ])
  })

  it.each([
    ['another commit', { sources: [{ commit: 'cd'.repeat(20) }] }],
    ['a better word of itself', { reasons: ['none'] }],
    ['something more', { note: 'reviewed' }],
    ['no time', { at: null }],
    ['no members', undefined],
  ])('does not say %s', (_, more) => {
    const document = more === undefined ? ([] as unknown as JsonObject) : { ...plain, ...more }
    expect(toldOf(ID, withFile(LINEAGE_FILE, document))).toEqual([
      'failed',
      'gate/attachment-differs',
    ])
  })

  it('is of records that are all accepted', () => {
    const lineage: ReleaseLineage = {
      ...LINEAGE,
      outcome: 'rejected',
      reasons: [{ message: 'A smoke failed' }],
    }
    const files = { ...FILES, [LINEAGE_FILE]: lineage as unknown as JsonObject }
    expect(toldOf(ID, { lineage, files })).toEqual(['failed', 'gate/attachment-refused'])
    const silent = { ...lineage, reasons: [] }
    const told = { ...FILES, [LINEAGE_FILE]: silent as unknown as JsonObject }
    expect(toldOf(ID, { lineage: silent, files: told })).toEqual([
      'failed',
      'gate/attachment-refused',
    ])
  })

  it('is of a release', () => {
    expect(toldOf(ID, { lineage: undefined })).toEqual(['missing', 'gate/attachment-missing'])
  })
})

describe('the reports of promotions', () => {
  const ID = 'attached-promotion-reports'

  it('are asked for where records promote the release, and nowhere else', () => {
    const files = without(PROMOTION_FILE)
    expect(toldOf(ID, { files })).toEqual(['missing', 'gate/report-absent'])
    expect(toldOf(ID, { ...lineageOf({ promotions: [] }), files })).toEqual(['passed'])
    expect(toldOf(ID, { lineage: undefined, files })).toEqual([
      'missing',
      'gate/attachment-missing',
    ])
  })

  it('are one for each environment', () => {
    const staging = LINEAGE.promotions.map((one) => ({ ...one, to: 'staging' }))
    const both = lineageOf({ promotions: [...LINEAGE.promotions, ...staging] })
    expect(toldOf(ID, both)).toEqual(['missing', 'gate/report-absent'])
  })

  it('say what the ledger shows, of promotions that are accepted', () => {
    expect(toldOf(ID, withFile(PROMOTION_FILE, { ...plain }))).toEqual([
      'failed',
      'gate/attachment-differs',
    ])
    const promotions = LINEAGE.promotions.map((one) => ({ ...one, saidBy: saidBy(4, 'rejected') }))
    expect(toldOf(ID, lineageOf({ promotions }))).toEqual([
      'failed',
      'gate/attachment-differs',
      'gate/attachment-refused',
    ])
  })
})

describe('the settings of the ruleset', () => {
  const ID = 'attached-ruleset'
  const evidence = EVIDENCE.slice(0, -1)
  const files = without(...RULESETS)
  const none = { passedTests: ['github-no-ruleset-applies'] }
  const missing = ['missing', 'gate/attachment-missing', 'gate/report-absent']

  it.each(RULESETS)('are shown by %s', (path) => {
    const others = without(...RULESETS.filter((one) => one !== path))
    expect(toldOf(ID, { files: others })).toEqual(['passed'])
  })

  it('are not needed where an administrator says that there are none', () => {
    const witness = piece({ family: 'test-result', signer: ADMIN, predicate: none })
    expect(toldOf(ID, { evidence, files })).toEqual(missing)
    expect(toldOf(ID, { evidence, files, more: [witness] })).toEqual(['passed'])
  })

  it.each([
    ['automation', { signer: { ...ADMIN, kind: 'automation' as const } }],
    ['somebody without the role', { signer: { ...ADMIN, roles: ['release'] } }],
    ['a record of another family', { family: 'review' as const }],
    ['what was made up for', { overtakenBy: 'ab'.repeat(32) }],
    ['a test of another name', { predicate: { passedTests: ['unit'] } }],
  ])('are needed where %s says so', (_, more) => {
    const witness = piece({ family: 'test-result', signer: ADMIN, predicate: none, ...more })
    expect(toldOf(ID, { evidence, files, more: [witness] })).toEqual(missing)
  })

  it('fail where evidence names another export than the one that lies there', () => {
    const only = without(...RULESETS.slice(1))
    const changed = { files: { ...only, [EXPORT]: { id: 43 } } }
    const failed = [
      ...['failed', 'gate/attachment-missing'],
      ...['gate/report-changed', 'gate/report-absent'],
    ]
    expect(toldOf(ID, changed)).toEqual(failed)
    const witness = piece({ family: 'test-result', signer: ADMIN, predicate: none })
    expect(toldOf(ID, { ...changed, more: [witness] })).toEqual(failed)
  })
})
