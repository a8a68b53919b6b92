// The outer list of a pack: one spelling, and files that are all of it and nothing else.

import { describe, expect, it } from 'vitest'
import {
  checkPackFiles,
  encodePackManifest,
  PACK_MANIFEST_PATH,
  parsePackManifest,
} from '../../../src/record/index.ts'
import { RELEASE } from '../signed.ts'

const ABOUT = {
  release: RELEASE.artifactSetId,
  phase: 'pre-deploy-candidate',
  scope: 'run',
  assayVersion: '0.1.0',
} as const
const CONTENT = new Map([
  ['b', Buffer.from('b')],
  ['a', Buffer.from('a')],
  ['c/d', Buffer.from('d')],
])
const BYTES = encodePackManifest(ABOUT, CONTENT)
const WHOLE = new Map<string, Uint8Array>([...CONTENT, [PACK_MANIFEST_PATH, BYTES]])

function codesWith(change: (content: Map<string, Uint8Array>) => void): readonly string[] {
  const parsed = parsePackManifest(BYTES)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const content = new Map(WHOLE)
  change(content)
  return (checkPackFiles(parsed.value, content).because ?? []).map(({ code }) => code)
}

describe('the list of a pack', () => {
  it('is the same whatever order the files come in, and is not among them', () => {
    expect(encodePackManifest(ABOUT, new Map([...WHOLE].toReversed()))).toEqual(BYTES)
    const parsed = parsePackManifest(BYTES)
    expect(parsed.ok && parsed.value.files.map(({ path }) => path)).toEqual(['a', 'b', 'c/d'])
  })

  it('names the version of Assay as versions are spelt', () => {
    const isRead = (assayVersion: string) =>
      parsePackManifest(encodePackManifest({ ...ABOUT, assayVersion }, CONTENT)).ok
    const good = ['0.0.0', '10.20.30', '1.0.0-rc.1', '1.0.0-0a.b-c', '1.0.0+x.01', '1.0.0-0+001']
    expect(good.filter((version) => !isRead(version))).toEqual([])
    const bad = [
      '1',
      '1.0',
      'v1.0.0',
      '01.0.0',
      '1.00.0',
      '1.0.0-',
      '1.0.0+',
      '1.0.0-01',
      '1.0.0-a.01',
    ]
    const worse = ['1.0.0-a..b', '1.0.0+a+b', '1.0.0 ', '1.0.0-ä', `1.0.0-${'a'.repeat(200)}`]
    expect([...bad, ...worse].filter(isRead)).toEqual([])
  })

  it('has one spelling', () => {
    const text = Buffer.from(BYTES).toString()
    const document = JSON.parse(text) as { files: object[] }
    const others = [
      undefined,
      'no JSON',
      '{}',
      JSON.stringify(document, null, 1),
      JSON.stringify({ ...document, files: document.files.toReversed() }),
      text.replace('pre-deploy-candidate', 'soon'),
      text.replace('staging__', '__'),
      text.replace('"run"', '"team"'),
      text.replace('"0.1.0"', '"0.1"'),
    ]
    for (const other of others) {
      const parsed = parsePackManifest(other === undefined ? other : Buffer.from(other))
      expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'record/pack-manifest' }] })
    }
    expect(parsePackManifest(BYTES)).toMatchObject({ ok: true })
  })

  it('is held against the files', () => {
    expect(codesWith(() => {})).toEqual([])
    expect(codesWith((content) => content.set('a', Buffer.from('x')))).toEqual([
      'record/pack-file-changed',
    ])
    expect(codesWith((content) => content.delete('a'))).toEqual(['record/pack-file-missing'])
    expect(codesWith((content) => content.set('z', Buffer.from('x')))).toEqual([
      'record/pack-file-extra',
    ])
    const renamed = codesWith((content) => {
      content.delete('a')
      content.set('z', Buffer.from('a'))
    })
    expect(renamed).toEqual(['record/pack-file-renamed'])
  })
})
