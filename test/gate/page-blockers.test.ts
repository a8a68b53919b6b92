// What the page of release assurance names as a blocker, and the requirement that computes it (ruling 32, annex 6): both ways, so that neither
// a blocker of the page is lost nor one is computed that nothing asks for.

import { describe, expect, it } from 'vitest'
import { shippedRegistry } from '../policy/shipped.ts'
import { FIXTURES, type FixtureName, readExpectation } from './fixtures/fixture.ts'

const NAMES: Readonly<Record<string, string>> = {
  'release_approval.render_staging_rollout.bundle_backed_manual_staging': 'staging',
  'release_approval.render_production_launch.rollout_workflow_defined_launch_blocked': 'production',
  'attestation_policy.release_bundle_minimum_lineage': 'lineage',
  'attestation_policy.render_production_launch_signed_or_attested_release': 'signed',
}
const GATES = { 'gate.release_target.render_staging_rollout': 'staging-gate' } as const

/** Each requirement that is open, as `<name of its policy>#<requirement>`. */
function openIn(fixture: FixtureName): ReadonlySet<string> {
  const lists = Object.entries(readExpectation(fixture).gates).flatMap(([gate, { blockers }]) =>
    Object.entries(blockers).map(([list, ids]) => {
      const isOwn = list === 'deploy' || list === 'launch'
      const name = isOwn ? ((GATES as Record<string, string>)[gate] ?? 'gate') : NAMES[list]
      return ids.map((id) => `${name}#${id}`)
    }),
  )
  return new Set(lists.flat())
}

const STAGING_FAMILIES = [
  ...['attestation', 'linkage', 'adoption', 'authority', 'promotion', 'rollback', 'smoke'],
] as const

/** A sentence of the page, and what is open as long as it is true. */
const OF_THE_PAGE: Readonly<Record<string, readonly string[]>> = {
  'bundles are unsigned': ['staging#signed-provenance', 'lineage#signed-provenance'],
  'no staging record of seven families': STAGING_FAMILIES.map((family) => `staging#${family}`),
  'no live canary or smoke': [
    ...['gate#live-canary', 'gate#live-smoke'],
    ...['production#live-canary', 'production#live-smoke'],
  ],
  'no proof of the keys of the dashboard': [
    ...['gate#dashboard-key-proof', 'production#dashboard-key-proof'],
  ],
  'no signed provenance, live evidence or approval': [
    ...['gate#live-provenance', 'gate#launch-approval', 'gate#signed-provenance'],
    ...['production#signed-provenance', 'production#launch-approval', 'signed#signed-provenance'],
  ],
  'no certification of compatibility': [
    ...['gate#compatibility-certification', 'production#compatibility-certification'],
  ],
  'no security review': ['gate#security-review'],
  'nobody found the intended release deployed': ['signed#deployed-as-intended'],
  'nobody answers for advisories': ['gate#audit-posture'],
}

/** What is true besides, and who asks for it. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  'annex 6: the tracking record is missing too': ['staging#tracking'],
  'ruling 22: the phase before the deployment': ['gate#pre-deploy-linkage'],
  'ruling 29: what a launch asks for besides': [
    'gate#signer-boundary',
    'gate#deployed-as-intended',
  ],
  'row 7: all eight stages': ['signed#ladder', 'gate#ladder'],
  'row 8: the attestation that has to be verified': ['gate#verified-attestation'],
  'row 12: an approver who is known': ['gate#authority'],
  'row 15: a release to go back to': ['gate#rollback-target'],
  'row 16: the evidence of the canary rule and of the approval record': [
    ...['gate#ci-validation', 'gate#devnet-verification', 'gate#cloud-preflight'],
    ...['gate#candidate', 'gate#rollout-approval'],
  ],
  'ruling 30: what speaks against a commit that no provenance names, nobody knows': [
    'gate#nothing-against',
  ],
}

describe('the blockers of the page', () => {
  const open = openIn('as-documented')

  it.each(Object.entries(OF_THE_PAGE))('%s', (_, ids) => {
    expect(ids.filter((id) => !open.has(id))).toEqual([])
  })

  it('are, with what is true besides, all that is open', () => {
    const asked = [...Object.values(OF_THE_PAGE), ...Object.values(FURTHER)].flat()
    expect(asked.toSorted()).toEqual([...open].toSorted())
  })

  it('are nine of the approval record of staging, without its boundary, which nothing clears', () => {
    const { posture } = readExpectation('as-documented')
    expect([...open].filter((id) => id.startsWith('staging#'))).toHaveLength(9)
    expect(posture[0]).toMatchObject({
      readiness: 'gated-rollout-not-production',
      approval: { status: 'open', open: 9 },
      isDeployable: true,
    })
    // Ready for a rollout as it may be, this gate is never ready for production.
    for (const name of FIXTURES) {
      expect(readExpectation(name).posture[0]).toMatchObject({ name: 'guarded-rollout' })
    }
  })

  it('are of requirements that are there, and each is cleared by what the live state has', () => {
    const policies = [...shippedRegistry().policies.values()]
    const known = policies.map(({ id }) => NAMES[id]).filter((name) => name !== undefined)
    expect(known.toSorted()).toEqual(Object.values(NAMES).toSorted())
    expect([...openIn('live')]).toEqual([])
  })

  it('become fewer with signatures, and by nothing else', () => {
    const signed = openIn('signed')
    // The ladder lacks the phase before the deployment, and nothing that is signed stands there to go back to.
    const cleared = ['attestation', 'linkage', 'adoption', 'authority', 'smoke']
    for (const id of [
      ...['staging#signed-provenance', 'lineage#signed-provenance', 'signed#signed-provenance'],
      ...['gate#signed-provenance', ...cleared.map((family) => `staging#${family}`)],
    ]) {
      expect([id, open.has(id), signed.has(id)]).toEqual([id, true, false])
    }
    expect([...signed].filter((id) => !open.has(id))).toEqual([])
  })
})
