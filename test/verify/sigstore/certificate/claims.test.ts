import { describe, expect, it } from 'vitest'
import { readLeaf } from '../../../../src/verify/sigstore/certificate/leaf.ts'
import { octets, tlv, utf8 } from '../der-writer.ts'
import { ISSUER, type LeafOptions, makeLeaf } from '../test-authority.ts'
import { extension, IDS, type TestExtension } from '../test-certificate.ts'

const judge = (options: LeafOptions) =>
  readLeaf([makeLeaf(options)]).checks.flatMap(({ code }) => code ?? [])
const withExtensions = (...extensions: readonly TestExtension[]) => judge({ extensions })

/** Bytes inside a claim of its own, without the usual encoding. */
const rawClaim = (arc: number, value: Uint8Array): TestExtension => ({
  id: `${IDS.fulcio}.${arc}`,
  value,
})

describe('the claims of a leaf', () => {
  it('are bare text up to arc 6 and UTF8String from arc 8 on (FUL-2)', () => {
    const { leaf } = readLeaf([
      makeLeaf({
        extensions: [extension.claim(5, 'o/r'), extension.claim(12, 'https://github.com/o/r')],
      }),
    ])
    expect(leaf?.identity.claims).toMatchObject({
      githubWorkflowRepository: 'o/r',
      sourceRepositoryUri: 'https://github.com/o/r',
    })
  })

  it.each([
    ['a newer claim as bare text', rawClaim(12, Buffer.from('https://github.com/o/r'))],
    ['a newer claim with bytes after it', rawClaim(12, Buffer.concat([utf8('a'), utf8('b')]))],
    ['a newer claim of another string type', rawClaim(12, tlv(0x16, Buffer.from('a')))],
    ['a newer claim in an octet string', rawClaim(12, octets(utf8('a')))],
    ['an older claim that is not UTF-8', rawClaim(3, Buffer.from([0xc3]))],
    ['a claim above 4 KiB', rawClaim(3, Buffer.alloc(4_097, 'a'))],
  ])('are refused with %s', (_, claim) => {
    expect(withExtensions(claim)).toEqual(['verify/claim-malformed'])
  })

  it('are passed over where no arc of them is known', () => {
    expect(withExtensions(rawClaim(99, Buffer.from([0xff])))).toEqual([])
  })

  it('name one issuer, in the older form, the newer one, or both', () => {
    const older = `${IDS.fulcio}.1`
    const newer = `${IDS.fulcio}.8`
    const differ = withExtensions(extension.claim(1, ISSUER), extension.claim(8, `${ISSUER}/`))
    expect(differ).toEqual(['verify/issuer-ambiguous'])
    expect(judge({ without: [older] })).toEqual([])
    expect(judge({ without: [newer] })).toEqual([])
    expect(judge({ without: [older, newer] })).toEqual(['verify/issuer-missing'])
  })
})
