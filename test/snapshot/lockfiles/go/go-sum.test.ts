import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGoModule } from '../../../../src/snapshot/lockfiles/go/go-mod.ts'
import { compareGoVersions } from '../../../../src/snapshot/lockfiles/go/go-version.ts'
import { accepted, folderOf, readFixture, said } from '../locked.ts'

const PATH = 'service/go.sum'
const H1 = `h1:${Buffer.alloc(32, 0xab).toString('base64')}`
const OTHER = `h1:${Buffer.alloc(32, 0xcd).toString('base64')}`
const HEX = 'ab'.repeat(32)
const sum = (module: string, h1 = H1) => `${module} ${h1}\n${module}/go.mod ${OTHER}\n`
const mod = (rest: string, go = '1.22') => ({
  'go.mod': `module example.org/app\n\ngo ${go}\n${rest}\n`,
})
const ids = (content: string, siblings?: Record<string, string>) =>
  accepted(PATH, content, siblings).dependencies.map(
    ({ id, version, relationship }) => `${id} ${version} ${relationship}`,
  )

describe('go.sum and go.mod', () => {
  it('lock the hash of a tree as a dirHash, and that of the go.mod apart', () => {
    const siblings = mod('require example.org/a/v2 v2.0.0')
    expect(accepted(PATH, sum('example.org/a/v2 v2.0.0'), siblings).dependencies).toEqual([
      {
        id: 'example.org/a/v2@v2.0.0',
        purl: 'pkg:golang/example.org/a/v2@v2.0.0',
        name: 'example.org/a/v2',
        version: 'v2.0.0',
        ecosystem: 'golang',
        digests: [
          { algorithm: 'dirHash', value: HEX },
          { algorithm: 'dirHash', value: 'cd'.repeat(32), of: 'go.mod' },
        ],
        source: { kind: 'registry' },
        relationship: 'direct',
        dev: false,
        optional: false,
        peer: false,
        locked: { path: PATH, line: 1 },
        dependsOn: [],
      },
    ])
  })

  it('mean the versions of go.mod, not all that go.sum remembers', () => {
    const sums = sum('a.example v1.0.0') + sum('a.example v1.1.0') + sum('b.example v1.0.0')
    const siblings = mod('require (\n\ta.example v1.0.0\n\t"b.example" `v1.0.0` // indirect\n)')
    expect(ids(sums, siblings)).toEqual([
      'a.example@v1.0.0 v1.0.0 direct',
      'b.example@v1.0.0 v1.0.0 transitive',
    ])
  })

  it('before go 1.17 mean the highest version of what go.mod does not name', () => {
    const sums = sum('a.example v1.0.0') + sum('b.example v1.9.0') + sum('b.example v1.10.0')
    expect(
      ids(`${sums}c.example v1.0.0/go.mod ${H1}\n`, mod('require a.example v1.0.0', '1.16')),
    ).toEqual(['a.example@v1.0.0 v1.0.0 direct', 'b.example@v1.10.0 v1.10.0 transitive'])
  })

  it('without go.mod can not say who asks, and for which version', () => {
    expect(ids(sum('a.example v1.0.0') + sum('a.example v1.1.0'))).toEqual([
      'a.example@v1.0.0 v1.0.0 unknown',
      'a.example@v1.1.0 v1.1.0 unknown',
    ])
  })

  it('follow replacements, the one of a single version first', () => {
    const siblings = mod(`require a.example v1.0.0
require b.example v1.0.0
require c.example v1.0.0
replace (
	a.example => fork.example v1.5.0
	a.example v1.0.0 => fork.example v1.6.0
	b.example => ../b
)
replace c.example v9.9.9 => fork.example v1.5.0`)
    const { dependencies } = accepted(PATH, sum('fork.example v1.6.0'), siblings)
    expect(dependencies).toMatchObject([
      {
        id: 'a.example@v1.0.0',
        name: 'fork.example',
        version: 'v1.6.0',
        digests: [{ value: HEX }, {}],
      },
      {
        id: 'b.example@v1.0.0',
        name: 'b.example',
        source: { kind: 'link', path: '../b' },
        digests: [],
      },
      { id: 'c.example@v1.0.0', name: 'c.example', locked: { path: 'service/go.mod', line: 6 } },
    ])
  })

  it('name the toolchain, which go.sum does not lock', () => {
    const { dependencies } = accepted(PATH, '', mod('toolchain go1.22.3'))
    expect(dependencies).toMatchObject([
      {
        purl: 'pkg:golang/toolchain@go1.22.3',
        digests: [],
        locked: { path: 'service/go.mod', line: 4 },
      },
    ])
    expect(ids('', mod('toolchain default'))).toEqual([])
  })

  it('ignore a requirement of an excluded version', () => {
    const excluded = 'require a.example v1.0.0\nexclude (\n\ta.example v1.0.0\n)'
    expect(ids(sum('a.example v1.0.0'), mod(excluded))).toEqual([])
    const other = excluded.replace('\ta.example v1.0.0', '\ta.example v1.1.0')
    expect(ids(sum('a.example v1.0.0'), mod(other))).toHaveLength(1)
  })

  it('may use every other directive', () => {
    const others =
      'retract [v1.0.0, v1.1.0] // oops\ngodebug (\n\tdefault=go1.21\n)\ntool a.example/cmd\nignore ./x'
    expect(said(PATH, '', mod(`${others}\nrequire a.example v1.0.0//indirect`))).toBe('accepted')
  })
})

describe('go.sum is refused', () => {
  it.each([
    [
      'with another hash',
      'syntax',
      sum('a.example v1.0.0', H1.replace('h1:', 'h2:')),
      sum('a.example v1.0.0'),
    ],
    ['with a short hash', 'digest', 'a.example v1.0.0 h1:q6s=\n', `a.example v1.0.0 ${H1}\n`],
    [
      'with loose base64',
      'digest',
      `a.example v1.0.0 ${H1.slice(0, -1)}\n`,
      `\na.example v1.0.0 ${H1}`,
    ],
    [
      'with two hashes of one module',
      'entry',
      `a.example v1.0.0 ${H1}\na.example v1.0.0 ${OTHER}\n`,
      `a.example v1.0.0 ${H1}\r\na.example v1.0.0 ${H1}\r\n`,
    ],
    ['with a line of another form', 'syntax', 'a.example v1.0.0\n', ''],
    [
      'with a control character',
      'syntax',
      `a\u0007.example v1.0.0 ${H1}\n`,
      `a.example v1.0.0 ${H1}\n`,
    ],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toMatch(new RegExp(`^${code} at service/go.sum line \\d$`))
    expect(said(PATH, twin)).toBe('accepted')
  })

  it.each([
    ['an unknown directive', 'install a.example v1', 'tool a.example'],
    ['a requirement without a version', 'require a.example', 'require a.example v1.0.0'],
    ['a requirement and more', 'require a.example v1.0.0 v2', 'require a.example v1.0.0 // v2'],
    ['a replacement by nothing', 'replace a.example =>', 'replace a.example => ./a'],
    ['a replacement of too much', 'replace a b c => d', 'replace a v1.0.0 => d v1.0.0'],
    ['a quote that is not closed', 'require a.example v1.0.0 "x', 'require "a.example" v1.0.0'],
    ['a version of go that is none', 'go latest', 'toolchain local'],
    ['a directive of nothing', 'require', 'require ()'],
  ])('with %s in go.mod', (_, refused, twin) => {
    expect(said(PATH, '', mod(refused))).toBe('syntax at service/go.mod line 4')
    expect(said(PATH, '', mod(twin))).toBe('accepted')
  })

  it('with a block in go.mod that does not end', () => {
    expect(said(PATH, '', mod('require ('))).toBe('syntax at service/go.mod')
    expect(said(PATH, '', mod('require (\n)'))).toBe('accepted')
  })
})

describe('compareGoVersions()', () => {
  it('puts versions in the order of the specification', () => {
    const order = [
      'master',
      'v0.0.0-20180101000000-aaaaaaaaaaaa',
      'v0.0.0-20190101000000-000000000000',
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1.0.0',
      'v1.9.0',
      'v1.10.0',
      'v2.0.0+incompatible',
    ]
    expect(order.toReversed().toSorted(compareGoVersions)).toEqual(order)
  })

  it('is an order', () => {
    const version = fc.stringMatching(
      /^v\d{1,2}\.\d{1,2}\.\d(?:-[0-9a-z]{1,3}(?:\.[0-9a-z]{1,3})?)?$/,
    )
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareGoVersions(a, b)) + Math.sign(compareGoVersions(b, a))).toBe(0)
      }),
    )
  })
})

const GO = ['/usr/local/go/bin/go', '/usr/bin/go'].find((path) => existsSync(path))
if (GO === undefined) process.stderr.write('LEFT OUT: go.mod beside go, because no go is here\n')

describe.skipIf(GO === undefined)('go.mod beside `go mod edit -json`', () => {
  interface Edited {
    Require: { Path: string; Version: string; Indirect?: boolean }[] | null
    Replace:
      | { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[]
      | null
    Toolchain?: string
    Go: string
  }

  it.each(['app', 'replace', 'before-1.17'])('%s', (name) => {
    const folder = folderOf(`go/${name}`)
    const json = execFileSync(GO ?? '', ['mod', 'edit', '-json', `${folder}go.mod`], {
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' },
    })
    const { Require, Replace, Toolchain, Go } = JSON.parse(json.toString()) as Edited
    const module = readGoModule({
      path: 'go.sum',
      bytes: new Uint8Array(),
      siblings: (sibling) => readFileSync(folder + sibling),
    })
    if (!module.ok || module.value === undefined) throw new Error(JSON.stringify(module))
    expect(module.value.go).toBe(Go)
    expect(module.value.toolchain).toBe(Toolchain)
    expect(
      module.value.requires.map(({ path, version, indirect }) => ({ path, version, indirect })),
    ).toEqual(
      (Require ?? []).map(({ Path, Version, Indirect = false }) => ({
        path: Path,
        version: Version,
        indirect: Indirect,
      })),
    )
    const lower = ({ Path, Version }: { Path: string; Version?: string }) => ({
      path: Path,
      ...(Version !== undefined && { version: Version }),
    })
    expect(module.value.replaces).toEqual(
      (Replace ?? []).map(({ Old, New }) => ({ ...lower(Old), by: lower(New) })),
    )
    expect(readFixture(`go/${name}`, 'go.sum').dependencies.length).toBeGreaterThan(0)
  })
})
