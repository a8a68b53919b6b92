// Two signers who disagree stay two, unless the later one may say whatever the earlier one might.

import { describe, expect, it } from 'vitest'
import { standsAs } from '../../../src/record/signer/standing.ts'
import type { TrustedSigner } from '../../../src/verify/index.ts'
import { automation } from '../deciders.ts'
import { keySigner } from '../folded.ts'

const of = (kind: 'person' | 'automation' | undefined, name: string, roles?: readonly string[]) => {
  const { kind: _, ...signer }: TrustedSigner = keySigner(name, roles)
  return { signer: { ...signer, ...(kind !== undefined && { kind }) } }
}

describe('A signer stands as another', () => {
  it.each([
    ['who is the same', of('person', 'olga'), of('person', 'olga')],
    ['who is the same, in another role', of('person', 'olga', ['a']), of('person', 'olga', ['b'])],
    ['who has the same roles', of('automation', 'ci'), of('automation', 'nightly')],
    ['who has fewer roles', of('person', 'olga', ['a', 'b']), of('person', 'oscar', ['b'])],
    ['of whom nobody says the kind, as of itself', of(undefined, 'x'), of(undefined, 'y')],
    ['that is automation, as a person', of('person', 'olga'), { signer: automation('ci') }],
    ['of whom nobody says the kind, as a person', of('person', 'olga'), of(undefined, 'x')],
  ])('%s', (_, word, other) => {
    expect(standsAs(word, other)).toBe(true)
  })

  it.each([
    ['who is a person, as automation', of('automation', 'ci'), of('person', 'olga')],
    ['who is a person, as what signs for them', of('automation', 'olga'), of('person', 'olga')],
    ['who is a person, as nobody knows whom', of(undefined, 'x'), of('person', 'olga')],
    ['of whom nobody says the kind, as automation', of('automation', 'ci'), of(undefined, 'x')],
    ['who has another role', of('person', 'olga', ['a']), of('person', 'oscar', ['b'])],
    ['who has one role more', of('person', 'olga', ['a']), of('person', 'oscar', ['a', 'b'])],
  ])('but not %s', (_, word, other) => {
    expect(standsAs(word, other)).toBe(false)
  })
})
