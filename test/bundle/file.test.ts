import { describe, expect, it } from 'vitest'
import { parseBundleFile } from '../../src/bundle/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'
import { bundleWith } from './bundles.ts'
import { ATTESTATION, codesOf, COSIGN, PROVENANCE } from './foreign/documents.ts'

const ONE = bundleWith()

/** The form, and of each bundle its place and `accepted` or its codes. */
function describeFile(text: string): unknown {
  const file = parseBundleFile(encodeUtf8(text))
  if (!file.ok) return codesOf(file)
  const { form, bundles } = file.value
  return [form, ...bundles.map(({ at, bundle }) => [at, codesOf(bundle)])]
}

describe('parseBundleFile()', () => {
  it.each([
    ['a bundle', ONE, ['Sigstore bundle', [undefined, 'accepted']]],
    [
      'JSON Lines',
      `${ONE}\n\n${ONE}\n`,
      ['lines of Sigstore bundles', ['line 1', 'accepted'], ['line 3', 'accepted']],
    ],
    [
      'JSON of another kind',
      '{}',
      ['Sigstore bundle', [undefined, ['bundle/media-type /mediaType']]],
    ],
    ['no JSON', 'x', ['Sigstore bundle', [undefined, ['bundle/json']]]],
    [
      'a bundle that says it is more',
      bundleWith({ base64Signature: 'AQID' }),
      ['Sigstore bundle', [undefined, ['bundle/member-unknown']]],
    ],
    ['nothing', '\n', ['bundle/empty']],
  ])('tells %s by its content', (_, text, seen) => expect(describeFile(text)).toEqual(seen))

  it.each([
    ['an attestation', ATTESTATION],
    ['what an index serves', PROVENANCE],
    ['a bundle of an older cosign', COSIGN],
    ['a list of attestations', { attestations: [{ bundle: JSON.parse(ONE) as object }] }],
  ])('reads %s on one line and on many, and refuses it as a line among others', (_, document) => {
    const line = JSON.stringify(document)
    expect(JSON.stringify(describeFile(line))).toMatch(/"accepted"\]\]$/)
    expect(describeFile(JSON.stringify(document, null, 2))).toEqual(describeFile(line))
    expect(describeFile(`${line}\n${ONE}\n`)).toEqual([
      'lines of Sigstore bundles',
      ['line 1', ['bundle/line line 1']],
      ['line 2', 'accepted'],
    ])
  })
})
