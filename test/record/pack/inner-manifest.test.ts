import { describe, expect, it } from 'vitest'
import { encodeInnerManifest, parseInnerManifest } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { RELEASE, REVISION, SET_DIGEST } from '../signed.ts'

const PARTS = {
  set: { id: RELEASE.artifactSetId, sha256: SET_DIGEST },
  sourceRevision: REVISION,
  snapshot: digestOf('snapshot'),
  provenance: [digestOf('b'), digestOf('a')],
  sbom: [],
  policies: [
    { id: 'release_tracking_policy.web.identity', sha256: digestOf('t') },
    { id: 'attestation_policy.web.lineage', sha256: digestOf('l') },
  ],
}

function encode(parts: Parameters<typeof encodeInnerManifest>[0] = PARTS): Uint8Array {
  const bytes = encodeInnerManifest(parts)
  if (!bytes.ok) throw new Error(bytes.problems[0].code)
  return bytes.value
}

describe('The inner manifest', () => {
  it('is the same bytes in whatever order its parts come, and reads back', () => {
    const bytes = encode()
    const turned = {
      ...PARTS,
      provenance: PARTS.provenance.toReversed(),
      policies: PARTS.policies.toReversed(),
    }
    expect(Buffer.from(encode(turned))).toEqual(Buffer.from(bytes))
    const read = parseInnerManifest(bytes)
    expect(read).toMatchObject({
      ok: true,
      value: { ...turned, provenance: PARTS.provenance, schema: 'assay/inner-manifest/v1' },
    })
  })

  it('is not made of a set without an id, or of a policy twice', () => {
    expect(() => encode({ ...PARTS, set: { ...PARTS.set, id: 'web' } })).toThrow('record/member')
    const [policy] = PARTS.policies
    if (policy === undefined) throw new Error('Expected a policy')
    expect(() => encode({ ...PARTS, policies: [policy, policy] })).toThrow('record/member')
  })

  it.each([
    ['other bytes', Buffer.from('no JSON'), 'record/inner-manifest'],
    [
      'another spelling',
      Buffer.from(`${Buffer.from(encode()).toString()}\n`),
      'record/inner-manifest',
    ],
    [
      'an unknown member',
      Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(encode()).toString()), note: 1 })),
      'record/member',
    ],
  ])('is read in one form: not as %s', (_, bytes, code) => {
    expect(parseInnerManifest(bytes)).toMatchObject({ ok: false, problems: [{ code }] })
  })
})
