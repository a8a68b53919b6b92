import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Artifact } from '../../src/digest/index.ts'
import { buildArtifactSubjects, buildSetSubjects } from '../../src/statement/index.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const artifacts = (count: number): Artifact[] =>
  Array.from({ length: count }, (_, index) => ({ path: `f${index}`, sha256: sha256(`${index}`) }))
const codesOf = (result: ReturnType<typeof buildSetSubjects>) =>
  result.ok ? 'accepted' : result.problems.map(({ code }) => code)

describe('buildSetSubjects()', () => {
  it('puts the set first, under the digest of its manifest', () => {
    const set: Artifact[] = [
      { path: 'a', sha256: sha256('1'), size: 1 },
      { path: 'b', sha256: sha256('2'), sha512: 'c'.repeat(128) },
    ]
    const digest = sha256(`${sha256('1')}  a\n${sha256('2')}  b\n`)
    expect(buildSetSubjects(set)).toEqual({
      ok: true,
      value: [
        { name: 'SHA256SUMS', digest: { sha256: digest, dirHash: digest } },
        { name: 'a', digest: { sha256: sha256('1') } },
        { name: 'b', digest: { sha256: sha256('2'), sha512: 'c'.repeat(128) } },
      ],
    })
  })

  it('lets the manifest stand for more than 1,023 artifacts', () => {
    const subjects = [1_023, 1_024].map((count) => buildSetSubjects(artifacts(count), 'a__b__c__d'))
    expect(subjects.map((result) => result.ok && result.value.length)).toEqual([1_024, 1])
    expect(subjects[1]).toMatchObject({ ok: true, value: [{ name: 'a__b__c__d' }] })
  })

  it('refuses an artifact under the name of the set', () => {
    const set = [{ path: 'SHA256SUMS', sha256: sha256('1') }]
    expect(codesOf(buildSetSubjects(set))).toEqual(['statement/subjects'])
    expect(codesOf(buildSetSubjects(set, 'a__b__c__d'))).toBe('accepted')
  })

  it('refuses a set of nothing', () => {
    expect(codesOf(buildSetSubjects([]))).toEqual(['statement/subjects'])
  })
})

describe('buildArtifactSubjects()', () => {
  it('names each artifact and no set', () => {
    expect(buildArtifactSubjects(artifacts(1))).toEqual({
      ok: true,
      value: [{ name: 'f0', digest: { sha256: sha256('0') } }],
    })
  })

  it('refuses more artifacts than every verifier reads', () => {
    expect(codesOf(buildArtifactSubjects(artifacts(1_025)))).toEqual(['statement/subjects'])
    expect(codesOf(buildArtifactSubjects(artifacts(1_024)))).toBe('accepted')
  })

  it('refuses one name twice, and nothing at all', () => {
    expect(codesOf(buildArtifactSubjects([...artifacts(1), ...artifacts(1)]))).toEqual([
      'statement/subjects',
    ])
    expect(codesOf(buildArtifactSubjects([]))).toEqual(['statement/subjects'])
  })
})
