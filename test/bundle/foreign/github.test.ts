import { describe, expect, it } from 'vitest'
import { bundleWith } from '../bundles.ts'
import { codesOf, readDocument } from './documents.ts'

const BUNDLE = JSON.parse(bundleWith()) as object
const MEMBER = {
  bundle: BUNDLE,
  repository_id: 1,
  bundle_url: 'https://example.org',
  initiator: 'user',
}

describe("the attestations that GitHub's API answers", () => {
  it('are bundles, each with its place', () => {
    const file = readDocument({ attestations: [MEMBER, { bundle: BUNDLE }] })
    expect(file).toMatchObject({
      ok: true,
      value: {
        form: 'list of attestations',
        bundles: [
          { at: '/attestations/0', bundle: { ok: true } },
          { at: '/attestations/1', bundle: { ok: true } },
        ],
      },
    })
  })

  it.each([
    ['with another member', 'bundle/member-unknown', { attestations: [MEMBER], next: 'x' }],
    ['that are none', 'bundle/empty', { attestations: [] }],
    ['in no list', 'bundle/member /attestations', { attestations: MEMBER }],
    ['that are no objects', 'bundle/member /attestations/0', { attestations: [1] }],
    [
      'that are more than the limit',
      'bundle/limit /attestations',
      { attestations: Array.from({ length: 10_001 }, () => ({})) },
    ],
  ])('%s are refused: %s', (_, code, document) => {
    expect(codesOf(readDocument(document))).toEqual([code])
    expect(codesOf(readDocument({ attestations: [MEMBER] }))).toBe('accepted')
  })

  it.each([
    ['without its bundle', ['bundle/member /attestations/0/bundle'], { ...MEMBER, bundle: null }],
    ['with another member', ['bundle/member-unknown /attestations/0'], { ...MEMBER, more: 1 }],
    // The documents of npm's registry have it, and rules of their own.
    [
      'with a predicate type',
      ['bundle/member-unknown /attestations/0'],
      { ...MEMBER, predicateType: 'x' },
    ],
    ['with another bundle', ['bundle/media-type /mediaType'], { ...MEMBER, bundle: {} }],
  ])('are told where one %s can not be read, and the others are', (_, codes, member) => {
    const file = readDocument({ attestations: [member, MEMBER] })
    expect(file.ok && file.value.bundles.map(({ bundle }) => codesOf(bundle))).toEqual([
      codes,
      'accepted',
    ])
  })
})

it('The attestations of a package of npm are told as that', () => {
  const file = readDocument({ attestations: [{ predicateType: 'x', bundle: BUNDLE }] })
  const [only] = file.ok ? file.value.bundles : []
  expect(only?.bundle).toMatchObject({
    problems: [{ message: expect.stringContaining('--npm and --attestations') }],
  })
})
