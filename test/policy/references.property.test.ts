// No entry and no reference of the shipped policies can go or be renamed without being missed.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reference } from '../../src/policy/kind.ts'
import { referencesOf } from '../../src/policy/policy.ts'
import { type Draft, judgeDrafts, shippedDrafts, shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()
const IDS = [...REGISTRY.policies.keys()]
const REFERENCES = [...REGISTRY.policies.values()].flatMap((policy) =>
  referencesOf(policy).map((reference) => ({ from: policy.id, ...reference })),
)

/** A requirement that asks for less is another requirement: nothing else has to agree with it. */
const REQUIRED = ['deploy', 'launch', 'fulfilment']
const FIXED = REFERENCES.filter(({ at }) => !REQUIRED.includes(String(at[0])))

type Place = Record<string | number, unknown>

/** The object or list that holds what is at the path, and under which name. */
function holderOf(draft: Draft, at: Reference['at']): readonly [Place, string | number] {
  const name = at.at(-1) ?? ''
  const holder = at.slice(0, -1).reduce<unknown>((value, step) => (value as Place)[step], draft)
  return [holder as Place, name]
}

function change(from: string, edit: (draft: Draft) => void): readonly string[] | 'accepted' {
  const drafts = shippedDrafts()
  const draft = drafts.get(from)
  if (draft !== undefined) edit(draft)
  return judgeDrafts(drafts)
}

describe('the shipped policies', () => {
  it('are accepted as they are', () => {
    expect(judgeDrafts(shippedDrafts())).toBe('accepted')
    expect(REFERENCES.length).toBeGreaterThan(80)
  })

  it.each(IDS)('are refused without %s, and the problem names both ends', (id) => {
    const drafts = shippedDrafts()
    drafts.delete(id)
    const problems = judgeDrafts(drafts)
    expect(problems).toContainEqual(
      expect.stringMatching(
        new RegExp(`^policy/reference-dangling "[^"]+" refers to "${id}", which is not there$`),
      ),
    )
  })

  it.each(IDS)('are refused with another name for %s', (id) => {
    const problems = change(id, (draft) => (draft.id = `${id}_x`))
    expect(problems).toContainEqual(
      expect.stringMatching(new RegExp(`^policy/reference-dangling "[^"]+" refers to "${id}"`)),
    )
  })

  it.each(FIXED)('are refused when $from no longer names $to', ({ from, to, at }) => {
    let isLast = false
    const problems = change(from, (draft) => {
      const [holder, name] = holderOf(draft, at)
      if (!Array.isArray(holder)) {
        isLast = true
        delete holder[name]
        return
      }
      holder.splice(Number(name), 1)
      isLast = holder.length === 0 && !at.includes('canaryRules')
    })
    if (isLast) expect(problems).toEqual([expect.stringMatching(/^policy\/member /)])
    else if (at.includes('attestationPolicies')) {
      expect(problems).toEqual([expect.stringMatching(/^policy\/fact-differs /)])
    } else {
      const both = `(?=.*"${from}")(?=.*"${to}")`
      const told = new RegExp(`^policy/reference-one-sided ${both}`)
      expect(problems).toContainEqual(expect.stringMatching(told))
    }
  })

  it.each(REFERENCES)(
    'are refused when $from names something else than $to',
    ({ from, to, at }) => {
      const problems = change(from, (draft) => {
        const [holder, name] = holderOf(draft, at)
        holder[name] = `${to}_x`
      })
      expect(problems).toContain(
        `policy/reference-dangling "${from}" refers to "${to}_x", which is not there`,
      )
    },
  )

  it('are refused without any of them, however many', () => {
    fc.assert(
      fc.property(fc.subarray(IDS, { minLength: 1 }), (gone) => {
        const drafts = shippedDrafts()
        for (const id of gone) drafts.delete(id)
        expect(judgeDrafts(drafts)).not.toBe('accepted')
      }),
      { numRuns: 15 },
    )
  })

  it('are accepted in any order of their files and members', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(IDS, { minLength: IDS.length }), (ids) => {
        const drafts = shippedDrafts()
        const shuffled = ids.flatMap((id) => {
          const draft = drafts.get(id)
          return draft === undefined
            ? []
            : [[id, Object.fromEntries(Object.entries(draft).toReversed()) as Draft] as const]
        })
        expect(judgeDrafts(new Map(shuffled))).toBe('accepted')
      }),
      { numRuns: 5 },
    )
  })
})
