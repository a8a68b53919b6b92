import { describe, expect, it } from 'vitest'
import {
  compareInventories,
  type Inventory,
  isFailure,
  type PinState,
} from '../../../src/snapshot/index.ts'

type Package = Partial<Inventory['dependencies'][number]> & { name: string; version: string }

const EMPTY: Inventory = { dependencies: [], references: [], inputs: [], floating: [] }
const A = `sha512:${'a'.repeat(128)}`
const B = `sha512:${'b'.repeat(128)}`
const SHA1 = `sha1:${'c'.repeat(40)}`

/** `! kind name before -> after`; the mark is for failures. */
function compare(before: Inventory, after: Inventory): string[] {
  return compareInventories(before, after).map((change) =>
    [
      isFailure(change) ? '!' : ' ',
      change.kind,
      change.name,
      change.before ?? '',
      '->',
      change.after ?? '',
    ]
      .join(' ')
      .trimEnd(),
  )
}

function packages(...list: readonly Package[]): Inventory {
  const dependencies = list.map((item) => ({
    place: 'package-lock.json',
    ecosystem: 'npm',
    digests: [A],
    origin: 'https://registry.example',
    ...item,
  }))
  return { ...EMPTY, dependencies }
}

const ms = (version: string, more: Partial<Package> = {}): Package => ({
  name: 'ms',
  version,
  ...more,
})

describe('compareInventories() of packages', () => {
  it('finds nothing between a snapshot and itself', () => {
    const one = packages(ms('1.0.0'), ms('2.0.0', { digests: [] }))
    expect(compare(one, one)).toEqual([])
  })

  it('names added, removed and changed versions as information', () => {
    expect(compare(packages(), packages(ms('1.0.0')))).toEqual(['  added npm ms  -> 1.0.0'])
    expect(compare(packages(ms('1.0.0')), packages())).toEqual(['  removed npm ms 1.0.0 ->'])
    expect(compare(packages(ms('1.0.0')), packages(ms('1.1.0', { digests: [B] })))).toEqual([
      '  version-changed npm ms 1.0.0 -> 1.1.0',
    ])
    expect(compare(packages(ms('1.0.0')), packages(ms('1.0.0'), ms('2.0.0')))).toEqual([
      '  added npm ms  -> 2.0.0',
    ])
  })

  it('fails on other digests of the same version, whatever their algorithm', () => {
    const before = packages(ms('1.0.0'))
    const after = (...digests: string[]) => packages(ms('1.0.0', { digests }))
    expect(compare(before, after(B))).toEqual([`! integrity-changed npm ms@1.0.0 ${A} -> ${B}`])
    expect(compare(before, after(SHA1))).toEqual([
      `! integrity-changed npm ms@1.0.0 ${A} -> ${SHA1}`,
    ])
    expect(compare(before, after(B, SHA1))).toEqual([
      `! integrity-changed npm ms@1.0.0 ${A} -> ${SHA1}, ${B}`,
    ])
    expect(compare(before, after())).toEqual([`! integrity-lost npm ms@1.0.0 ${A} ->`])
    expect(compare(after(), before)).toEqual([`  integrity-added npm ms@1.0.0  -> ${A}`])
    expect(compare(before, after(A, SHA1))).toEqual([
      `  integrity-added npm ms@1.0.0 ${A} -> ${SHA1}, ${A}`,
    ])
    expect(compare(after(A, SHA1), before)).toEqual([])
  })

  it('sees another digest of one version beside a second one that stays', () => {
    const before = packages(ms('1.0.0'), ms('2.0.0'))
    const after = packages(ms('1.0.0', { digests: [B] }), ms('2.0.0'))
    expect(compare(before, after)).toEqual([`! integrity-changed npm ms@1.0.0 ${A} -> ${B}`])
  })

  it('takes a file more of a PyPI version as a change, and a Go module’s second digest not', () => {
    const six = (ecosystem: string, ...digests: string[]) =>
      packages({ name: 'six', version: '1', ecosystem, digests })
    const one = 'sha256:aa six.whl'
    expect(compare(six('pypi', one), six('pypi', one, 'sha256:bb six.tar.gz'))).toEqual([
      expect.stringMatching(/^! integrity-changed pypi six@1/),
    ])
    const sum = 'dirHash:aa go.mod'
    expect(compare(six('golang', sum), six('golang', sum, 'dirHash:bb'))).toEqual([
      expect.stringMatching(/^ {2}integrity-added golang six@1/),
    ])
  })

  it('fails on another registry unless a digest holds the bytes', () => {
    const moved = { origin: 'https://evil.example' }
    const words = 'npm ms https://registry.example -> https://evil.example'
    expect(compare(packages(ms('1.0.0')), packages(ms('1.0.0', moved)))).toEqual([
      `  registry-moved ${words}`,
    ])
    expect(compare(packages(ms('1.0.0')), packages(ms('2.0.0', moved)))).toEqual([
      `! registry-changed ${words}`,
      '  version-changed npm ms 1.0.0 -> 2.0.0',
    ])
    const bare = { digests: [] }
    expect(compare(packages(ms('1', bare)), packages(ms('1', { ...bare, ...moved })))).toEqual([
      `! registry-changed ${words}`,
    ])
    // Silence in one of the two lockfiles is no other registry.
    const { origin: _, ...silent } = packages(ms('1.0.0')).dependencies[0] ?? ms('1')
    const quiet = { ...EMPTY, dependencies: [silent as Inventory['dependencies'][number]] }
    expect(compare(packages(ms('1.0.0')), quiet)).toEqual([])
  })

  it('calls what was locked and now floats newly floating, and not removed too', () => {
    const place = 'package-lock.json'
    const open = { ...EMPTY, floating: [{ place, requirement: 'ms ^1.0.0' }] }
    expect(compare(packages(ms('1.0.0')), open)).toEqual(['! newly-floating ms ^1.0.0 1.0.0 ->'])
    expect(compare(packages(ms('1.0.0'), ms('2.0.0')), open)).toEqual([
      '! newly-floating ms ^1.0.0 1.0.0, 2.0.0 ->',
    ])
    const other = { ...EMPTY, floating: [{ place, requirement: 'msx ^1.0.0' }] }
    expect(compare(packages(ms('1.0.0')), other)).toEqual([
      '! newly-floating msx ^1.0.0  ->',
      '  removed npm ms 1.0.0 ->',
    ])
    const elsewhere = { ...EMPTY, floating: [{ place: 'a/bun.lock', requirement: 'ms ^1.0.0' }] }
    expect(compare(packages(ms('1.0.0')), elsewhere)).toContain('  removed npm ms 1.0.0 ->')
  })

  it('keeps the lockfiles of a project apart', () => {
    const elsewhere = packages(ms('1.0.0', { place: 'other/package-lock.json' }))
    expect(compare(packages(ms('1.0.0')), elsewhere)).toEqual([
      '  added npm ms  -> 1.0.0',
      '  removed npm ms 1.0.0 ->',
    ])
  })
})

describe('compareInventories() of inputs', () => {
  const named = (version: string, pin: PinState, name = 'node'): Inventory => ({
    ...EMPTY,
    references: [{ place: 'Dockerfile', kind: 'image', name, version, pin }],
  })
  const input = (pin: PinState, sha256 = 'a'): Inventory => ({
    ...EMPTY,
    inputs: [{ path: 'package.json', sha256, pin }],
  })

  it('fails on what newly floats or is held by less', () => {
    expect(compare(named('20', 'tag-pinned'), named('', 'floating'))).toEqual([
      '! newly-floating image node tag pinned, not digest pinned -> floating',
      '  version-changed image node 20 ->',
    ])
    expect(compare(named('x', 'digest-pinned'), named('20', 'tag-pinned'))).toEqual([
      '! pin-weakened image node digest pinned -> tag pinned, not digest pinned',
      '  version-changed image node x -> 20',
    ])
    expect(compare(EMPTY, named('latest', 'floating'))).toEqual([
      '! newly-floating image node  -> latest',
      '  added image node  -> latest',
    ])
    expect(compare(input('lockfile-pinned'), input('floating'))).toEqual([
      '! newly-floating package.json lockfile pinned -> floating',
    ])
    expect(compare(EMPTY, input('floating'))).toEqual([
      '! newly-floating package.json  -> floating',
      '  input-added package.json  ->',
    ])
    const loose = { ...EMPTY, floating: [{ place: 'requirements.txt', requirement: 'six >=1' }] }
    expect(compare(EMPTY, loose)).toEqual(['! newly-floating six >=1  ->'])
    expect(compare(loose, loose)).toEqual([])
    expect(compare(named('', 'floating'), named('', 'floating'))).toEqual([])
  })

  it('tells the rest as information', () => {
    expect(compare(named('20', 'tag-pinned'), named('20 x', 'digest-pinned'))).toEqual([
      '  pin-strengthened image node tag pinned, not digest pinned -> digest pinned',
      '  version-changed image node 20 -> 20 x',
    ])
    expect(compare(named('20', 'tag-pinned'), EMPTY)).toEqual(['  removed image node 20 ->'])
    expect(compare(input('versioned'), input('versioned', 'b'))).toEqual([
      '  input-changed package.json sha256:a -> sha256:b',
    ])
    expect(compare(input('versioned'), EMPTY)).toEqual(['  input-removed package.json  ->'])
    expect(compare({ ...EMPTY, commit: 'a' }, EMPTY)).toEqual(['  source-changed commit a ->'])
  })
})
