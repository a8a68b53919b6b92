// Two signers who disagree stay two, unless the later one may say whatever the earlier one might.

import { describe, expect, it } from 'vitest'
import { standsAs } from '../../../src/record/signer/standing.ts'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import type { TrustedSigner } from '../../../src/verify/index.ts'
import { keySigner } from '../folded.ts'

const of = (kind: 'person' | 'automation' | undefined, name: string, roles?: readonly string[]) => {
  const { kind: _, ...signer }: TrustedSigner = keySigner(name, roles)
  const { name: family, predicateType } = CERTIFICATION
  return { family, predicateType, signer: { ...signer, ...(kind !== undefined && { kind }) } }
}

/** In a role that is for such decisions. */
const decider = (kind: 'person' | 'automation', name: string) => {
  const { signer, ...said } = of(kind, name, ['certifier'])
  const predicateTypes = [said.predicateType]
  return {
    ...said,
    signer: { ...signer, roles: signer.roles.map((role) => ({ ...role, predicateTypes })) },
  }
}

describe('A signer stands as another', () => {
  it.each([
    ['who is the same', of('person', 'olga'), of('person', 'olga')],
    ['who is the same, in another role', of('person', 'olga', ['a']), of('person', 'olga', ['b'])],
    ['who has the same roles', of('automation', 'ci'), of('automation', 'nightly')],
    ['who has fewer roles', of('person', 'olga', ['a', 'b']), of('person', 'oscar', ['b'])],
    ['of whom nobody says the kind, as of itself', of(undefined, 'x'), of(undefined, 'y')],
    ['that is automation, as a person', of('person', 'olga'), of('automation', 'ci')],
    ['of whom nobody says the kind, as a person', of('person', 'olga'), of(undefined, 'x')],
    ['who counts in no role, whose decision it is', decider('person', 'c'), of('person', 'o', [])],
  ])('%s', (_, word, other) => {
    expect(standsAs(word, other)).toBe(true)
  })

  it.each([
    ['who is a person, as automation', of('automation', 'ci'), of('person', 'olga')],
    ['who is a person, as what signs for them', of('automation', 'olga'), of('person', 'olga')],
    ['who is a person, as nobody knows whom', of(undefined, 'x'), of('person', 'olga')],
    ['of whom nobody says the kind, as automation', of('automation', 'ci'), of(undefined, 'x')],
    ['who has another role', of('person', 'olga', ['a']), of('person', 'oscar', ['b'])],
    ['who counts in no role', of('person', 'olga'), of('person', 'oscar', [])],
    ['who counts in no role, as one of them', of('person', 'o', []), of('person', 'oscar', [])],
    ['who is the same, and counts in no role', of('person', 'o', []), of('person', 'o', ['a'])],
    ['who is a person in no role', decider('automation', 'c'), of('person', 'olga', [])],
    ['who decides in another role', decider('person', 'c'), of('person', 'olga', ['a'])],
    ['who has one role more', of('person', 'olga', ['a']), of('person', 'oscar', ['a', 'b'])],
  ])('but not %s', (_, word, other) => {
    expect(standsAs(word, other)).toBe(false)
  })
})
