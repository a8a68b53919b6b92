// What is said of a pack for a person: whom the bundles of strangers claim, and what is not in it.

import { describe, expect, it } from 'vitest'
import { encodeBundle } from '../../src/bundle/index.ts'
import { describeUnknown, listUnknown } from '../../src/cli/audit/pack/unknown-records.ts'
import { describeAbsent } from '../../src/cli/pack/absent-documents.ts'
import { digestOf, statement } from '../verify/release.ts'
import { certifyStatement } from '../verify/sigstore/signed-statement.ts'
import { ISSUER, WORKFLOW } from '../verify/sigstore/test-authority.ts'

const RELEASE = 'staging__web__v1.2.0__4711-1'
const entryOf = (name: string) => ({
  sha256: digestOf(name),
  predicateType: 'urn:assay:predicate:tracking:v1',
  release: RELEASE,
})
const pathOf = (name: string) => `records/${digestOf(name)}.sigstore.json`

async function claimsOf(files: ReadonlyMap<string, Uint8Array>, name: string) {
  const entries = [{ index: 3, entry: entryOf(name) }]
  return listUnknown(files, { entries } as never, RELEASE)
}

describe('A record of whose signer nobody said anything', () => {
  it('is told with the certificate that its bundle carries, as a claim', async () => {
    const bundle = certifyStatement(statement(), { san: WORKFLOW, claims: { 8: ISSUER } })
    const records = await claimsOf(
      new Map([[pathOf('one'), encodeBundle({ ...bundle, version: '0.3' })]]),
      'one',
    )
    expect(records).toMatchObject([
      { index: 3, claimed: `a certificate of "${WORKFLOW}" by "${ISSUER}"` },
    ])
    expect(describeUnknown(records, { columns: 80 }).split('\n')).toEqual([
      `unknown   entry 3, record ${digestOf('one').slice(0, 12)}, urn:assay:predicate:tracking:v1`,
      `          of ${RELEASE}`,
      '          claims a certificate of',
      `            "${WORKFLOW}" by`,
      `            "${ISSUER}"`,
      '',
    ])
    const chain = { kind: 'certificate', certificate: Buffer.from('none') } as const
    const other = encodeBundle({ ...bundle, version: '0.3', keyMaterial: chain })
    expect(await claimsOf(new Map([[pathOf('one'), other]]), 'one')).toMatchObject([
      { claimed: 'a certificate that can not be read' },
    ])
  })

  it('claims nobody where its bundle is none, or is not there', async () => {
    expect(await claimsOf(new Map(), 'one')).toMatchObject([{ claimed: 'nobody' }])
    const files = new Map([[pathOf('one'), Buffer.from('{}')]])
    expect(await claimsOf(files, 'one')).toMatchObject([{ claimed: 'nobody' }])
  })
})

describe('What is not in a pack', () => {
  it('is told by what names it, counted', () => {
    const named = (name: string, ...namedBy: readonly string[]) => ({
      sha256: digestOf(name),
      namedBy,
    })
    expect(
      describeAbsent([
        named('a', 'promotion /compatibilityMatrix'),
        named('b', 'test-result /configuration/digest/sha256'),
        named('c', 'test-result /configuration/digest/sha256'),
        named('d', 'test-result /configuration/digest/sha256'),
      ]),
    ).toEqual([
      `1 document that promotion /compatibilityMatrix names: sha256:${digestOf('a')}`,
      `3 documents that test-result /configuration/digest/sha256 names: sha256:${digestOf('b')}, sha256:${digestOf('c')}, 1 more`,
    ])
  })
})
