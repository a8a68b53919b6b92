import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parsePolicies } from '../../src/policy/index.ts'
import { filesOf, SHIPPED, shippedDrafts, shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()

describe('the digest of a policy', () => {
  it('is the SHA-256 of its members in their canonical order', () => {
    for (const { name, bytes } of SHIPPED) {
      const value = parse(Buffer.from(bytes).toString()) as { readonly id: string }
      const digest = createHash('sha256').update(canonical(value)).digest('hex')
      expect([name, REGISTRY.policies.get(value.id)?.digest]).toEqual([name, digest])
    }
  })

  it('stays the same in JSON, in another order, and without comments', () => {
    const drafts = shippedDrafts()
    const reordered = new Map(
      [...drafts].map(([id, draft]) => [
        id,
        { id, ...Object.fromEntries(Object.entries(draft).toReversed()) },
      ]),
    )
    const registry = parsePolicies(filesOf(reordered))
    expect(registry.ok && registry.value.digest).toBe(REGISTRY.digest)
  })

  it('changes with whatever a policy says', () => {
    const drafts = shippedDrafts()
    const gate = drafts.get('gate.release_target.render_staging_rollout')
    if (gate !== undefined) gate['version'] = 2
    const registry = parsePolicies(filesOf(drafts))
    const changed = registry.ok ? [...registry.value.policies.values()] : []
    expect(
      changed.filter(({ id, digest }) => REGISTRY.policies.get(id)?.digest !== digest),
    ).toMatchObject([{ id: gate?.id }])
    expect(registry.ok && registry.value.digest).not.toBe(REGISTRY.digest)
  })

  it('is that of the shipped policies', async () => {
    const lines = [...REGISTRY.policies].map(([id, { digest }]) => `${digest}  ${id}`)
    await expect(`${[...lines, `${REGISTRY.digest}  all`].join('\n')}\n`).toMatchFileSnapshot(
      '../golden/release-assurance-digests.txt',
    )
  })
})

/** For ASCII names and texts, the canonical form is this. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`
}
