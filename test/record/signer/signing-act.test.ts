import { describe, expect, it } from 'vitest'
import { signingActOf } from '../../../src/record/signer/signing-act.ts'
import { keySigner } from '../folded.ts'

const SAID = Buffer.from('what was said')
const alice = keySigner('alice')

describe('An act of signing', () => {
  it('is the same of every key of a principal', () => {
    const other = { ...alice, name: 'another-key', keyId: 'another thumbprint' }
    expect(signingActOf(SAID, other)).toBe(signingActOf(SAID, alice))
  })

  it('is another one of other words, and of another principal', () => {
    const acts = [
      signingActOf(SAID, alice),
      signingActOf(Buffer.from('something else'), alice),
      signingActOf(SAID, keySigner('bob')),
      signingActOf(SAID, { ...alice, kind: 'person' }),
      signingActOf(SAID, { ...alice, kind: 'automation' }),
    ]
    expect(new Set(acts).size).toBe(acts.length)
  })
})
