import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLeaf } from '../../../../src/verify/sigstore/certificate/leaf.ts'
import { checkPromises } from '../../../../src/verify/sigstore/certificate/promises.ts'
import { makeAuthority, makeLeaf, makeRoot } from '../test-authority.ts'
import { findPath } from './path-question.ts'

const BY = makeAuthority()
const ROOT = makeRoot({ certificateAuthorities: [BY.authority] })

/** Do leaf, path and promise hold together? */
function holds(der: Uint8Array, root = ROOT): boolean {
  const { leaf } = readLeaf([der])
  const { path } = leaf === undefined ? {} : findPath(leaf, root)
  if (leaf === undefined || path === undefined) return false
  return checkPromises(leaf, path, root).outcome === 'accepted'
}

function flip(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ (1 << bit)
  return changed
}

describe('a certificate', () => {
  it('does not hold with any bit changed', () => {
    const der = makeLeaf({ by: BY })
    expect(holds(der)).toBe(true)
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(7), (at, bit) => {
        expect(holds(flip(der, at, bit))).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('does not hold with any byte left out, doubled or put in', () => {
    const der = makeLeaf({ by: BY })
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(2), fc.nat(255), (at, kind, byte) => {
        const middle = [[], [der[at] ?? 0, der[at] ?? 0], [byte, der[at] ?? 0]][kind] ?? []
        const changed = Buffer.from([...der.subarray(0, at), ...middle, ...der.subarray(at + 1)])
        expect(holds(changed)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('does not hold under an intermediate with any bit changed', () => {
    const der = makeLeaf({ by: BY })
    fc.assert(
      fc.property(fc.nat(BY.intermediate.length - 1), fc.nat(7), (at, bit) => {
        const certificates = [flip(BY.intermediate, at, bit), BY.rootCertificate] as const
        const changed = makeRoot({ certificateAuthorities: [{ ...BY.authority, certificates }] })
        expect(holds(der, changed)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})
