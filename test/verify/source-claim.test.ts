import { describe, expect, it } from 'vitest'
import { decideSource, parseSourceUri } from '../../src/verify/provenance/source-claim.ts'
import { failedChecks } from '../../src/core/index.ts'
import { ask, codesOf } from './question.ts'
import { COMMIT, type Json, provenance, SOURCE, signedBundle, statement } from './release.ts'

describe('parseSourceUri()', () => {
  it.each([
    ['https://h.example/o/r', 'https://h.example/o/r', undefined],
    ['git+https://h.example/o/r@refs/heads/main', 'https://h.example/o/r', 'refs/heads/main'],
    ['git+ssh://git@h.example/o/r@v1', 'ssh://git@h.example/o/r', 'v1'],
    ['git+https://h.example/o/r@refs/tags/a@b', 'https://h.example/o/r', 'refs/tags/a@b'],
    ['https://user@h.example/o/r', 'https://user@h.example/o/r', undefined],
    ['https://h.example', 'https://h.example', undefined],
    ['file:///srv/git/r', 'file:///srv/git/r', undefined],
  ])('takes %s apart', (text, uri, ref) => {
    expect(parseSourceUri(text)).toEqual({ uri, ...(ref !== undefined && { ref }) })
  })

  it.each([
    '',
    'h.example/o/r',
    'HTTPS://h.example/o/r',
    'git+',
    'https:/h.example',
    'https://h.example/r@',
  ])('finds no source in "%s"', (text) => {
    expect(parseSourceUri(text)).toBeUndefined()
  })
})

describe('decideSource()', () => {
  const a = { uri: 'https://h.example/a', commit: '1' }
  const b = { uri: 'https://h.example/b', commit: '2' }

  it('takes what the parameters name, with what the resources add', () => {
    expect(decideSource([b, a], { declared: { uri: a.uri, ref: 'x' } })).toEqual({ ...a, ref: 'x' })
    expect(decideSource([], { declared: { uri: a.uri } })).toEqual({ uri: a.uri })
    expect(decideSource([a], {})).toEqual(a)
    expect(decideSource([a, a], {})).toEqual(a)
  })

  it('does not choose where it is not clear', () => {
    expect(decideSource([], {})).toBe('none')
    expect(decideSource([a, b], {})).toBe('several')
    expect(decideSource([a], { declared: { uri: 'https://h.example/c' } })).toBe('several')
    expect(decideSource([a, { ...a, commit: '3' }], { declared: { uri: a.uri } })).toBe('several')
  })

  it('takes a commit without an address where it is the only one that can be meant', () => {
    const checkout = { commit: '1' }
    expect(decideSource([checkout], {})).toEqual(checkout)
    expect(decideSource([checkout, checkout], {})).toEqual(checkout)
    expect(decideSource([checkout, { commit: '2' }], {})).toBe('several')
    expect(decideSource([a, checkout], {})).toEqual(a)
    expect(decideSource([b, checkout], {})).toBe('several')
    expect(decideSource([{ uri: a.uri }, checkout], {})).toBe('several')
    expect(decideSource([checkout], { declared: { uri: a.uri } })).toEqual({ uri: a.uri })
    expect(decideSource([checkout], { run: { commit: '2' } })).toBe('several')
    expect(decideSource([checkout], { run: { ref: 'refs/tags/v1' } })).toEqual({
      ...checkout,
      ref: 'refs/tags/v1',
    })
  })

  it('takes of several repositories the one that the certificate names', () => {
    expect(decideSource([a, b], { certified: { uri: b.uri, commit: '9' } })).toEqual(b)
    expect(decideSource([a, b], { certified: { uri: 'https://h.example/c' } })).toBe('several')
    expect(decideSource([a], { certified: b })).toEqual(a)
    expect(decideSource([], { certified: b })).toBe('none')
  })

  it('adds the ref of the run, and is not clear where the run was of another', () => {
    expect(decideSource([a], { run: { ref: 'refs/tags/v1' } })).toEqual({
      ...a,
      ref: 'refs/tags/v1',
    })
    expect(decideSource([a], { run: { commit: '2' } })).toBe('several')
    expect(decideSource([], { run: { commit: '2' } })).toBe('none')
  })
})

describe('an expected source', () => {
  const about = (definition: Json, expected: object) =>
    codesOf(
      ask([signedBundle(statement({ predicate: provenance({ definition }) }))], {
        expectation: { provenance: expected },
      }).verdict,
    )

  it('is not met by an odd text', () => {
    expect(about({}, { sourceUri: '://' })).toEqual(['verify/source-uri'])
    expect(about({}, { sourceUri: SOURCE })).toEqual([])
  })

  it('is a whole URI: no scheme is added', () => {
    const bundle = signedBundle(statement())
    const asking = (sourceUri: string) =>
      failedChecks(ask([bundle], { expectation: { provenance: { sourceUri } } }).verdict)
    const bare = SOURCE.slice('https://'.length)
    expect(asking(bare)).toMatchObject([
      {
        code: 'verify/source-uri',
        expected: `"${bare}"`,
        found: `"${SOURCE}"`,
        hint: expect.stringContaining('https://') as string,
      },
    ])
    expect(asking(SOURCE)).toEqual([])
  })

  it('is told where the provenance names none, or more than one', () => {
    const definition = { buildType: 'https://builds.example/make/v1', externalParameters: {} }
    const asking = (resolvedDependencies: Json[]) =>
      failedChecks(
        ask(
          [
            signedBundle(
              statement({
                predicate: provenance({ definition: { ...definition, resolvedDependencies } }),
              }),
            ),
          ],
          { expectation: { provenance: { sourceUri: SOURCE, sourceTag: 'v1' } } },
        ).verdict,
      )
    const repository = (uri: string) => ({
      uri: `git+${uri}@refs/tags/v1`,
      digest: { gitCommit: COMMIT },
    })
    const expected = `source URI "${SOURCE}", source tag "v1"`
    expect(asking([])).toMatchObject([{ code: 'verify/source-missing', expected, found: 'none' }])
    expect(asking([repository(SOURCE), repository('https://git.example/other')])).toMatchObject([
      { code: 'verify/source-ambiguous', expected, found: 'no one source' },
    ])
    expect(asking([repository(SOURCE)])).toEqual([])
  })

  it('with a tag is not met by a provenance that has no ref', () => {
    const definition = {
      buildType: 'urn:assay:build-type:local:v1',
      externalParameters: { source: SOURCE },
      resolvedDependencies: [
        { name: 'no URI', digest: { gitCommit: COMMIT } },
        { uri: 'pkg:npm/x@1', digest: { sha256: 'a'.repeat(64) } },
        { uri: 'git+https:odd', digest: { gitCommit: COMMIT } },
      ],
    }
    expect(about(definition, { sourceUri: SOURCE })).toEqual([])
    expect(about(definition, { sourceTag: 'v1.2.0' })).toEqual(['verify/source-tag'])
    expect(about(definition, { sourceVersionedTag: 'v1.2' })).toEqual([
      'verify/source-versioned-tag',
    ])
    expect(about(definition, { sourceDigest: COMMIT })).toEqual(['verify/source-digest'])
    const unknown = { ...definition, buildType: 'https://builds.example/make/v1' }
    expect(about(unknown, { sourceUri: SOURCE })).toEqual(['verify/source-missing'])
  })

  it('is read from a provenance of v0.2 that has nothing but materials', () => {
    const predicate = {
      builder: { id: 'https://builder.example' },
      buildType: 'https://builds.example/make/v1',
      materials: [{ uri: `git+${SOURCE}`, digest: { sha1: COMMIT } }],
      metadata: { completeness: { parameters: true } },
    }
    const bundle = signedBundle(
      statement({ predicateType: 'https://slsa.dev/provenance/v0.2', predicate }),
    )
    const asking = (expected: object) =>
      codesOf(ask([bundle], { expectation: { provenance: expected } }).verdict)
    expect(asking({ sourceUri: SOURCE, sourceDigest: COMMIT })).toEqual([])
    expect(asking({ parameters: [{ name: 'x', value: '' }] })).toEqual([])
    expect(asking({ parameters: [{ name: 'x', value: '1' }] })).toEqual([
      'verify/parameter-missing',
    ])
    const bare = signedBundle(
      statement({
        predicateType: 'https://slsa.dev/provenance/v0.2',
        predicate: { ...predicate, materials: undefined },
      }),
    )
    const { verdict } = ask([bare], { expectation: { provenance: { sourceUri: SOURCE } } })
    expect(codesOf(verdict)).toEqual(['verify/source-missing'])
  })

  it('is met by the commit of a checkout without an address', () => {
    const checkout = { name: 'source', digest: { gitCommit: COMMIT } }
    const action = {
      uri: `git+https://git.example/action@${'d'.repeat(40)}`,
      digest: { gitCommit: 'd'.repeat(40) },
    }
    const include = { name: 'team/templates', digest: { gitCommit: 'e'.repeat(40) } }
    const own = { buildType: 'urn:assay:build-type:local:v1', externalParameters: {} }
    const asking = (resolvedDependencies: Json[], expected: object, definition: Json = own) =>
      about({ ...definition, resolvedDependencies }, expected)
    const expected = { sourceDigest: COMMIT }
    expect(asking([checkout], expected)).toEqual([])
    expect(asking([include, checkout, action], expected)).toEqual([])
    expect(asking([{ ...checkout, name: 'app' }, include], expected)).toEqual([
      'verify/source-ambiguous',
    ])
    expect(asking([checkout], { sourceDigest: 'd'.repeat(40) })).toEqual(['verify/source-digest'])
    expect(asking([checkout], { sourceUri: SOURCE })).toEqual(['verify/source-missing'])
    const foreign = { ...own, buildType: 'https://builds.example/make/v1' }
    expect(asking([checkout], expected, foreign)).toEqual([])
    expect(asking([checkout, action], expected, foreign)).toEqual(['verify/source-ambiguous'])
  })
})
