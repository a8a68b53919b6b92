import { describe, expect, it } from 'vitest'
import { parseNpmAttestations } from '../../../src/bundle/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { signedBundle, statement } from '../../verify/release.ts'

const BUNDLE = signedBundle(statement())
const TYPE = 'https://slsa.dev/provenance/v1'

const parse = (document: unknown) =>
  parseNpmAttestations(
    Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
  )

describe('parseNpmAttestations()', () => {
  it('reads each bundle, and what is declared beside it', () => {
    const attestation = { predicateType: TYPE, bundle: BUNDLE }
    const found = valueOf(parse({ attestations: [attestation, attestation] }))
    expect(found.map(({ declaredType, bundle }) => [declaredType, bundle.ok])).toEqual([
      [TYPE, true],
      [TYPE, true],
    ])
  })

  it('keeps a bundle that can not be read', () => {
    const attestations = [
      { predicateType: TYPE, bundle: { ...BUNDLE, mediaType: 'text/plain' } },
      { predicateType: TYPE, bundle: { ...BUNDLE, more: 1 } },
    ]
    const found = valueOf(parse({ attestations }))
    expect(found.map(({ bundle }) => codes(bundle))).toEqual([
      ['bundle/media-type'],
      ['bundle/member-unknown'],
    ])
  })

  it.each([
    ['no JSON', 'x', ['bundle/json']],
    ['a list', [], ['bundle/json']],
    ['no attestations', {}, ['bundle/empty']],
    ['an empty list', { attestations: [] }, ['bundle/empty']],
    ['something else', { attestations: 'x' }, ['bundle/member']],
    ['no object', { attestations: [1] }, ['bundle/member']],
    ['another member', { attestations: [], more: 1 }, ['bundle/member-unknown']],
    [
      'another member in an attestation',
      { attestations: [{ predicateType: TYPE, bundle: BUNDLE, more: 1 }] },
      ['bundle/member-unknown'],
    ],
    ['no type', { attestations: [{ bundle: BUNDLE }] }, ['bundle/member']],
    ['no bundle', { attestations: [{ predicateType: TYPE }] }, ['bundle/member']],
    ['a name twice', '{"attestations":[],"attestations":[]}', ['bundle/json']],
  ])('refuses %s', (_, document, expected) => {
    expect(codes(parse(document))).toEqual(expected)
  })
})
