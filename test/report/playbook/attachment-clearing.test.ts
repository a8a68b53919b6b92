// What clears the attachments of the shipped playbook, and of playbooks that have them under other paths.

import { describe, expect, it } from 'vitest'
import type { PolicyOf } from '../../../src/policy/index.ts'
import { RELEASE } from '../../gate/evidence.ts'
import {
  EXPORT,
  FILES as OF_OPERATIONS,
  LINEAGE,
  LINEAGE_FILE,
  PROMOTION_FILE,
  TREND,
} from '../../gate/playbook/operations/operations-world.ts'
import { POLICY } from '../../gate/playbook/playbook-world.ts'
import {
  clearing,
  clearingIn,
  named,
  NOTHING,
  nothing,
  RESULT,
  RULESETS,
  WRITE,
} from './clearing-world.ts'

describe('an attachment', () => {
  const built = (path: string, more = '') => [
    `assay lineage --release ${RELEASE.id}${more} --trust TRUST --out ${path}`,
    `${RESULT} REPORT ${named(path)}`,
  ]

  it('that we build is built by its command, and named', () => {
    const loose = [LINEAGE_FILE, PROMOTION_FILE]
    const [words, ...lineage] = clearingIn('attached-release-lineage', { loose })
    expect(words).toMatch(/^what the ledger shows, built from it anew/)
    expect(lineage).toEqual(built(LINEAGE_FILE))
    const promotion = clearingIn('attached-promotion-reports', { loose })
    expect(promotion.slice(1)).toEqual(built(PROMOTION_FILE, ' --promotion production'))
    // Of several environments the one that lacks it.
    const [entered] = LINEAGE.promotions
    const promotions = [...LINEAGE.promotions, { ...entered!, to: 'staging' }]
    const other = 'artifacts/release_bundle_promotion_staging.json'
    const both = clearingIn('attached-promotion-reports', { lineage: { ...LINEAGE, promotions } })
    expect(both.slice(1)).toEqual(built(other, ' --promotion staging'))
    // Nothing is known of where it goes.
    expect(clearing(nothing, 'attached-promotion-reports')).toHaveLength(3)
    const unknown = clearingIn('attached-promotion-reports', { lineage: undefined })
    expect(unknown).toHaveLength(1)
  })

  it('stands under the path that its playbook has, whatever is in that', () => {
    const changed = (id: string, form: object): PolicyOf<'playbook'> => ({
      ...POLICY,
      attachments: (POLICY.attachments ?? []).map((one) =>
        one.id === id ? { ...one, ...form } : one,
      ),
    })
    const id = 'attached-promotion-reports'
    for (const template of [
      'promo/<environment>/<environment>.json',
      '<environment>',
      'a"<environment>".json',
    ]) {
      const policy = changed(id, { promotion: template })
      const path = template.replaceAll('<environment>', 'production')
      const word = /["']/.test(path) ? `'${path}'` : path
      const named =
        path === word ? `configuration:${path}=${path}` : `'configuration:${path}=${path}'`
      expect(clearingIn(id, { policy }).slice(1)).toEqual([
        `assay lineage --release ${RELEASE.id} --promotion production --trust TRUST --out ${word}`,
        `${RESULT} REPORT --digest-of ${named}`,
      ])
    }
    const report = 'attached-runtime-canary-report'
    const policy = changed(report, { files: [TREND, 'artifacts/a"b".json'] })
    expect(clearingIn(report, { policy })).toEqual([
      String.raw`run what writes "artifacts/a\"b\".json", so that a record names each by its digest`,
      `${WRITE} 'artifacts/a"b".json' -- COMMAND`,
    ])
  })

  it('that differs is built anew, and what is refused is settled first', () => {
    const differs = { files: { ...OF_OPERATIONS, [LINEAGE_FILE]: {} } }
    expect(clearingIn('attached-release-lineage', differs).slice(1)).toEqual(built(LINEAGE_FILE))
    const [reason] = [{ name: 'record', outcome: 'rejected', message: 'A record' }] as const
    const lineage = { ...LINEAGE, outcome: 'rejected', reasons: [reason] } as typeof LINEAGE
    const [words] = clearingIn('attached-release-lineage', { lineage })
    expect(words).toMatch(/^settle first what is not accepted of the release; then /)
  })

  it('that a run has is in provenance, and other files are written', () => {
    expect(clearing(nothing, 'attached-runtime-canary-report')[1]).toBe(
      `${WRITE} artifacts/runtime_canary_report.json -- COMMAND`,
    )
    const lineage = { ...LINEAGE, builds: [] }
    expect(clearingIn('attached-ci-run', { lineage })[1]).toMatch(/^assay attest provenance /)
  })

  it('of a ruleset is its export, or whatever else may be attached', () => {
    expect(clearing(nothing, 'attached-ruleset').slice(1)).toEqual([
      RULESETS,
      `${RESULT} REPORT ${named(EXPORT)}`,
    ])
    const anyOf = ['artifacts/settings.png']
    const attachments = (POLICY.attachments ?? []).map((one) =>
      'ruleset' in one ? { ...one, ruleset: { ...one.ruleset, anyOf } } : one,
    )
    const policy: PolicyOf<'playbook'> = { ...POLICY, attachments }
    expect(clearingIn('attached-ruleset', { ...NOTHING, policy }).slice(1)).toEqual([
      `${RESULT} REPORT ${named('artifacts/settings.png')}`,
    ])
  })
})
