import { describe, expect, it } from 'vitest'
import { parsePolicies, type PolicyFile } from '../../src/policy/index.ts'
import { type Draft, judgeDrafts, SHIPPED, shippedDrafts } from './shipped.ts'

const STAGING = 'render_staging_rollout'
const PRODUCTION = 'render_production_launch'
const TRACKING = `release_tracking_policy.${STAGING}.bundle_identity`
const APPROVAL = `release_approval.${STAGING}.bundle_backed_manual_staging`

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
