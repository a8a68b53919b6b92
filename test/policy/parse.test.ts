import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/core/index.ts'
import { parsePolicies, type PolicyFile } from '../../src/policy/index.ts'
import { filesOf, SHIPPED, shippedDrafts } from './shipped.ts'

/** The shipped files, one of them with other text in it. */
function edit(name: string, before: string, after: string): readonly PolicyFile[] {
  return SHIPPED.map((file) => {
    if (file.name !== name) return file
    const text = Buffer.from(file.bytes).toString()
    expect(text).toContain(before)
    return { name, bytes: Buffer.from(text.replace(before, after)) }
  })
}

function judge(files: readonly PolicyFile[]): readonly string[] | 'accepted' {
  const registry = parsePolicies(files)
  return registry.ok ? 'accepted' : registry.problems.map(({ code, at }) => `${code} ${at ?? ''}`)
}

describe('parsePolicies()', () => {
  it('accepts the shipped policies', () => expect(judge(SHIPPED)).toBe('accepted'))

  it.each([
    ['what is no YAML', 'kind: tracking', 'kind: [', 'policy/document', 'line 3, column 1'],
    ['an alias', 'version: 1', 'version: *one', 'policy/document', 'line 4, column 10'],
    ['a key twice', 'version: 1', 'version: 1\nversion: 1', 'policy/document', 'line 5, column 1'],
    [
      'a member that nobody knows',
      'version: 1',
      'version: 1\nowner: x',
      'policy/member',
      'line 5, column 1',
    ],
    ['a status', 'version: 1', 'version: 1\nstatus: recorded', 'policy/member', 'line 5, column 1'],
    ['a count', 'version: 1', 'version: 1\nrecords: 2', 'policy/member', 'line 5, column 1'],
    [
      'a judgement',
      'version: 1',
      'version: 1\napproved: true',
      'policy/member',
      'line 5, column 1',
    ],
    ['a member too few', 'version: 1\n', '', 'policy/member', 'line 1, column 1'],
    ['another schema', 'policy/v1', 'policy/v2', 'policy/member', 'line 1, column 1'],
    [
      'a document that is no policy',
      'schema: assay/policy/v1\nkind: tracking',
      'schema: assay/smoke-plan/v1',
      'policy/other-document',
      'line 1, column 1',
    ],
    ['an unknown kind', 'kind: tracking', 'kind: toString', 'policy/member', 'line 2, column 1'],
    ['a kind that is no text', 'kind: tracking', 'kind: [1]', 'policy/member', 'line 2, column 1'],
    [
      'the id of another kind',
      'id: release_tracking_policy',
      'id: canary_rule',
      'policy/member',
      'line 3, column 1',
    ],
    [
      'a double underscore in an id',
      '.bundle_identity',
      '.bundle__identity',
      'policy/member',
      'line 3, column 1',
    ],
    ['a version in text', 'version: 1', 'version: "1"', 'policy/member', 'line 4, column 1'],
    ['a control character', 'title: ', 'title: "\\a"\n#', 'policy/member', 'line 5, column 1'],
    [
      'an unknown stage',
      'stages: [staging]',
      'stages: [stagging]',
      'policy/member',
      'line 9, column 12',
    ],
    [
      'an item twice',
      'stages: [staging]',
      'stages: [staging, staging]',
      'policy/member',
      'line 9, column 3',
    ],
    ['an empty list', 'channels: [staging]', 'channels: []', 'policy/member', 'line 8, column 3'],
    [
      'a field that is no identity field',
      '- artifact-type',
      '- artifact-kind',
      'policy/member',
      'line 15, column 5',
    ],
    [
      'an end that is no time',
      'version: 1',
      'version: 1\nexpires: 2026-02-30T00:00:00Z',
      'policy/member',
      'line 5, column 1',
    ],
    [
      'an end without its time of day',
      'version: 1',
      'version: 1\nexpires: 2026-02-28',
      'policy/member',
      'line 5, column 1',
    ],
  ])('refuses %s with file, line and column', (_, before, after, code, at) => {
    const name = 'tracking/render-staging-rollout.yaml'
    expect(judge(edit(name, before, after))).toEqual([`${code} ${name}, ${at}`])
  })

  it.each([
    ['without TLS', 'http://www.example.com'],
    ['with a path', 'https://www.example.com/'],
    ['with a login', 'https://a@www.example.com'],
    ['in capitals', 'https://WWW.example.com'],
    ['with the port that it has anyway', 'https://www.example.com:443'],
  ])('refuses a public origin %s', (_, origin) => {
    const name = 'smoke/render-production-launch.yaml'
    const given = (text: string) => judge(edit(name, 'publicOrigin: https://www.example.com', text))
    expect(given(`publicOrigin: ${origin}`)).toEqual([`policy/member ${name}, line 28, column 1`])
    expect(given('publicOrigin: https://www.example.org:8443')).toBe('accepted')
    expect(given('')).toBe('accepted')
  })

  it('accepts an end that is a time', () => {
    const after = 'version: 1\nexpires: 2026-02-28T00:00:00Z'
    expect(judge(edit('tracking/render-staging-rollout.yaml', 'version: 1', after))).toBe(
      'accepted',
    )
  })

  it('says what was expected, and escapes the name of the file', () => {
    const name = 'tracking/render-staging-rollout.yaml'
    const file = edit(name, 'version: 1', 'version: 0').find((found) => found.name === name)
    expect(
      parsePolicies([{ name: 'a\u202e.yaml', bytes: file?.bytes ?? Buffer.from('') }]),
    ).toEqual({
      ok: false,
      problems: [
        {
          code: 'policy/member',
          message: 'Expected at least 1 at "/version"',
          at: 'a\\u{202e}.yaml, line 4, column 1',
        },
      ],
    })
  })

  it.each([
    ['a list', '[1]', 'line 1, column 1'],
    ['two documents', 'a: 1\n---\nb: 1', ''],
    ['bytes that are no UTF-8', '\u00ff', 'line 1, column 1'],
  ])('refuses %s as a policy', (_, text, place) => {
    const bytes = Buffer.from(text, 'latin1')
    const at = place === '' ? 'x.yaml' : `x.yaml, ${place}`
    const code = text === '[1]' ? 'policy/member' : 'policy/document'
    expect(judge([...SHIPPED, { name: 'x.yaml', bytes }])).toEqual([`${code} ${at}`])
  })

  it('refuses no policy at all, and more than are read', () => {
    const many = Array.from({ length: LIMITS.policyFilesMax + 1 }, () => SHIPPED[0] as PolicyFile)
    expect(judge([])).toEqual(['policy/count '])
    expect(judge(many)).toEqual(['policy/count '])
    const empty = { name: 'x.yaml', bytes: new Uint8Array() }
    const most = judge(Array.from({ length: LIMITS.policyFilesMax }, () => empty))
    expect(most[0]).toBe('policy/document x.yaml')
  })

  it('refuses a file that is larger than a person writes', () => {
    const bytes = Buffer.alloc(LIMITS.policyBytesMax + 1, 0x20)
    expect(judge([{ name: 'x.yaml', bytes }])).toEqual(['policy/document x.yaml'])
  })

  it('tells the problems of every file, sorted by its name', () => {
    const bytes = Buffer.from('schema: assay/policy/v1\n')
    const files = ['b.yaml', 'a.yaml'].map((name) => ({ name, bytes }))
    expect(judge(files)).toEqual([
      'policy/member a.yaml, line 1, column 1',
      'policy/member b.yaml, line 1, column 1',
    ])
  })

  it('reads a file in JSON by the rules of JSON', () => {
    const files = filesOf(shippedDrafts())
    expect(judge(files)).toBe('accepted')
    const [first, ...rest] = files
    const lax = Buffer.from(`# a comment\n${Buffer.from(first?.bytes ?? []).toString()}`)
    const name = first?.name ?? ''
    expect(judge([...rest, { name, bytes: lax }])).toEqual([
      `policy/document ${name}, line 1, column 1`,
    ])
    expect(judge([...rest, { name: 'x.yml', bytes: lax }])).toBe('accepted')
  })
})
