// A hint that says what to type, says it of the trust document that was asked.

import { describe, expect, it } from 'vitest'
import { nameTrustFile, nameTrustFileIn } from '../../src/cli/verify/trust-hint.ts'

const HINT = 'If you trust it: assay trust add-identity --trust FILE --name NAME --san SAN'

describe('The trust document of a hint', () => {
  it.each([
    ['as it was given', '.assay/trust.json', '--trust .assay/trust.json --name'],
    ['as one word of a shell', "o'hara $(id).json", "--trust 'o'\\''hara $(id).json' --name"],
    ['without a pattern of a replacement', "$&$'.json", "--trust '$&$'\\''.json' --name"],
    ['not where it is not what it looks like', 'trust\u202e.json', '--trust FILE --name'],
  ])('is named %s', (_, path, expected) => {
    expect(nameTrustFile(HINT, path)).toContain(expected)
  })

  it('is put into our own words and never into those of a certificate', () => {
    const hostile = `${HINT} --claim 'x --trust FILE'`
    expect(nameTrustFile(hostile, 't.json')).toBe(
      "If you trust it: assay trust add-identity --trust t.json --name NAME --san SAN --claim 'x --trust FILE'",
    )
  })

  it('is named in every part of a verdict, and nothing else is changed', () => {
    const part = { name: 'identity', outcome: 'missing', message: 'who', hint: HINT } as const
    const other = { name: 'time', outcome: 'accepted', message: '--trust FILE' } as const
    const verdict = { ...other, name: 'bundle', checks: [part, other] }
    expect(nameTrustFileIn(verdict, 't.json')).toEqual({
      ...verdict,
      checks: [{ ...part, hint: HINT.replace('FILE', 't.json') }, other],
    })
  })
})
