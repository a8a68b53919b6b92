import { describe, expect, it } from 'vitest'
import { parsePolicies, type PolicyFile } from '../../src/policy/index.ts'
import { type Draft, judgeDrafts, SHIPPED, shippedDrafts } from './shipped.ts'

const STAGING = 'render_staging_rollout'
const PRODUCTION = 'render_production_launch'
const TRACKING = `release_tracking_policy.${STAGING}.bundle_identity`
const APPROVAL = `release_approval.${STAGING}.bundle_backed_manual_staging`

/** Everywhere that the claims of provenance stand, but in the attestation policies themselves. */
const ASKING = [
  [`release_attestation_artifact.${STAGING}.bundle_lineage_snapshot`, 'identityClaims'],
  [`release_attestation_artifact.${PRODUCTION}.bundle_lineage_snapshot`, 'identityClaims'],
  [`release_attestation_artifact.${PRODUCTION}.signed_or_attested_release`, 'identityClaims'],
  [`gate.release_target.${PRODUCTION}`, 'deploy'],
  [`gate.release_target.${PRODUCTION}`, 'launch'],
  [APPROVAL, 'fulfilment'],
  [`release_approval.${PRODUCTION}.rollout_workflow_defined_launch_blocked`, 'fulfilment'],
  ['attestation_policy.release_bundle_minimum_lineage', 'fulfilment'],
  [`attestation_policy.${PRODUCTION}_signed_or_attested_release`, 'fulfilment'],
] as const

/** The list of claims, or the conditions of the first requirement that names them. */
function claimsAt(draft: Draft, path: string): unknown[] {
  const list = draft[path] as { holds?: { at: string }[] }[]
  if (path === 'identityClaims') return list
  const naming = list.find(({ holds = [] }) => holds.some(({ at }) => at.endsWith('/claims')))
  if (naming?.holds === undefined) throw new Error(`Expected claims in ${path}`)
  return naming.holds
}

function judgeEdit(id: string, change: (draft: Draft) => void): readonly string[] | 'accepted' {
  const drafts = shippedDrafts()
  const draft = drafts.get(id)
  expect(draft).toBeDefined()
  if (draft !== undefined) change(draft)
  return judgeDrafts(drafts)
}

describe('policies that do not fit together', () => {
  it('are refused with one id twice, at the second', () => {
    const twin = {
      ...(SHIPPED.find(({ name }) => name.startsWith('canary/')) as PolicyFile),
      name: 'z.yaml',
    }
    const registry = parsePolicies([...SHIPPED, twin])
    expect(registry).toMatchObject({
      problems: [
        {
          code: 'policy/repeated',
          message:
            'Expected the id "canary_rule.render_production_allowlisted_web_edge_rollout" once, found it twice: first in canary/render-production-allowlisted-web-edge-rollout.yaml, line 1, column 1',
          at: 'z.yaml, line 3, column 1',
        },
      ],
    })
  })

  it('are refused with two gates of one target', () => {
    const gate = `gate.release_target.${PRODUCTION}`
    expect(
      judgeEdit(
        gate,
        (draft) =>
          (draft['scope'] = { targets: [STAGING], channels: ['staging'], stages: ['staging'] }),
      ),
    ).toEqual([
      expect.stringMatching(/^policy\/repeated Expected a gate of "render_staging_rollout" once/),
    ])
  })

  it('are refused with a target that no gate is for', () => {
    const problems = judgeEdit(TRACKING, (draft) => {
      ;(draft['scope'] as { targets: string[] }).targets.push('elsewhere')
    })
    expect(problems).toEqual([
      `policy/reference-dangling "${TRACKING}" is for "elsewhere", which no gate is for`,
    ])
  })

  it.each([
    ['targets', [PRODUCTION], 'the target "render_staging_rollout"'],
    ['channels', ['production'], 'the channel "staging"'],
    ['stages', ['production', 'repo'], 'the stage "staging"'],
  ])('are refused when one is listed that is for other %s', (member, places, named) => {
    const problems = judgeEdit(TRACKING, (draft) => {
      ;(draft['scope'] as Record<string, unknown>)[member] = places
    })
    expect(problems).toContain(
      `policy/reference-out-of-scope "${APPROVAL}" refers to "${TRACKING}", which is not for ${named}`,
    )
  })

  it('are refused when a policy for a target is listed by no approval record', () => {
    const drafts = shippedDrafts()
    const id = `release_tracking_policy.${STAGING}.second`
    drafts.set(id, { ...(drafts.get(TRACKING) as Draft), id })
    expect(judgeDrafts(drafts)).toEqual([
      `policy/reference-one-sided "${id}" is for a target of "${APPROVAL}", which does not list it`,
    ])
    const approval = drafts.get(APPROVAL) as { policies: { tracking: string[] } } & Draft
    approval.policies.tracking.push(id)
    expect(judgeDrafts(drafts)).toBe('accepted')
  })

  it('are refused when the authority names a promotion policy that the approval record does not', () => {
    const drafts = shippedDrafts()
    const promotion = `release_promotion_policy.${STAGING}.explicit_stage_ladder`
    const second = `release_promotion_policy.${STAGING}.second`
    const authority = `release_approval_authority.${STAGING}.manual_dispatch`
    drafts.set(second, { ...(drafts.get(promotion) as Draft), id: second })
    const approval = drafts.get(APPROVAL) as { policies: { promotion: string[] } } & Draft
    approval.policies.promotion = [second]
    expect(judgeDrafts(drafts)).toContain(
      `policy/fact-differs "${authority}" names a promotion policy that is not of "${APPROVAL}"`,
    )
    approval.policies.promotion = [promotion, second]
    expect(judgeDrafts(drafts)).toBe('accepted')
  })

  it('are refused when the promotion policy has other attestation policies than the approval record', () => {
    const id = `release_promotion_policy.${PRODUCTION}.explicit_stage_ladder`
    const approval = `release_approval.${PRODUCTION}.rollout_workflow_defined_launch_blocked`
    expect(judgeEdit(id, (draft) => (draft['attestationPolicies'] as string[]).pop())).toEqual([
      `policy/fact-differs "${id}" has other attestation policies than "${approval}"`,
    ])
    expect(
      judgeEdit(id, (draft) => {
        draft['attestationPolicies'] = (draft['attestationPolicies'] as string[]).toReversed()
      }),
    ).toBe('accepted')
  })

  describe.each(ASKING)('are refused when %s asks for other claims of identity', (id, path) => {
    it('than the attestation policy over it', () => {
      expect(judgeEdit(id, (draft) => claimsAt(draft, path).pop())).toContainEqual(
        expect.stringMatching(
          `^policy/fact-differs "${id}" asks for other claims of identity than `,
        ),
      )
    })

    it('and are accepted with the same ones in another order', () => {
      const turn = (claims: unknown[]) => void claims.push(claims.shift())
      expect(judgeEdit(id, (draft) => turn(claimsAt(draft, path)))).toBe('accepted')
    })
  })

  it('are accepted when provenance is asked for more than its claims', () => {
    const more = [
      { at: '/computed/facts/buildLevel', atLeast: 2 },
      { at: '/computed/facts/others', includes: 'source-revision' },
      { cel: 'computed.status != "unsigned"' },
    ]
    expect(judgeEdit(APPROVAL, (draft) => claimsAt(draft, 'fulfilment').push(...more))).toBe(
      'accepted',
    )
  })

  it('are not told to ask for other claims than attestation policies that are not there', () => {
    const problems = judgeEdit(APPROVAL, (draft) => {
      const policies = draft['policies'] as Record<string, string[]>
      policies['attestation'] = ['attestation_policy.of_nothing']
    })
    expect(problems).not.toContainEqual(expect.stringMatching(/claims of identity/))
    expect(problems).toContainEqual(expect.stringMatching(/^policy\/reference-dangling /))
  })

  it('are refused when no requirement that selects provenance asks for its claims', () => {
    const id = `gate.release_target.${PRODUCTION}`
    const without = (...lists: readonly ('deploy' | 'launch')[]) =>
      judgeEdit(id, (draft) => {
        for (const list of lists) {
          for (const one of draft[list] as { id: string; holds?: unknown }[]) {
            if (/provenance/.test(one.id)) delete one.holds
          }
        }
      })
    expect(without('deploy', 'launch')).toEqual([
      expect.stringMatching(/^policy\/fact-differs .*: none$/),
    ])
    // What it asks for once it need not ask for again.
    expect(without('launch')).toBe('accepted')
  })

  it('are refused when the documents of a rollback are not those of the approval record', () => {
    const id = `release_rollback_policy.${STAGING}.documented_ref`
    const expected = [`policy/fact-differs "${APPROVAL}" names other documents than "${id}"`]
    expect(judgeEdit(id, (draft) => (draft['references'] as unknown[]).pop())).toEqual(expected)
    expect(judgeEdit(APPROVAL, (draft) => (draft['rollbackReferences'] as string[]).pop())).toEqual(
      expected,
    )
    expect(
      judgeEdit(
        APPROVAL,
        (draft) => ((draft['rollbackReferences'] as string[])[0] = 'docs/other.md'),
      ),
    ).toEqual(expected)
    expect(
      judgeEdit(id, (draft) => {
        const [first] = draft['references'] as { sha256?: string }[]
        if (first !== undefined) first.sha256 = 'a'.repeat(64)
      }),
    ).toBe('accepted')
  })

  it.each(['../docs/x.md', '/docs/x.md', 'docs/./x.md', 'docs/\u0430.md'])(
    'are refused with a document at %s',
    (path) => {
      const id = `release_rollback_policy.${STAGING}.documented_ref`
      expect(judgeEdit(id, (draft) => (draft['references'] = [{ path }]))).toEqual([
        expect.stringMatching(/^policy\/member Expected a path from the top of the project/),
      ])
    },
  )
})
