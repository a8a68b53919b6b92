import { describe, expect, it } from 'vitest'
import { accepted, readFixture, said } from '../locked.ts'

const PATH = 'Gemfile.lock'
const GEM =
  'GEM\n  remote: https://u:secret@registry.example/\n  specs:\n    a (1.0)\n      b (>= 1, < 3)\n    b (2.0)\n'
const ASKED = '\nDEPENDENCIES\n  a (~> 1.0)\n'

describe('a lockfile of Bundler', () => {
  it('says where each gem is locked and who asks for it', () => {
    const { kind, dependencies } = accepted(PATH, GEM + ASKED)
    expect(kind).toBe('bundler')
    expect(dependencies).toMatchObject([
      {
        id: 'a 1.0',
        purl: 'pkg:gem/a@1.0',
        registry: 'https://registry.example/',
        source: { kind: 'registry' },
        relationship: 'direct',
        digests: [],
        locked: { path: PATH, line: 4 },
        dependsOn: ['b 2.0'],
      },
      { id: 'b 2.0', relationship: 'transitive' },
    ])
    expect(JSON.stringify(dependencies)).not.toContain('secret')
  })

  it('takes digests from CHECKSUMS, of each platform its own', () => {
    const { dependencies } = readFixture('gemfile/checksums', PATH)
    const digests = dependencies.flatMap((entry) =>
      entry.name === 'nokogiri' ? `${entry.purl} ${entry.digests[0]?.value.slice(0, 4)}` : [],
    )
    expect(new Set(digests).size).toBe(3)
    expect(digests[1]).toMatch(/^pkg:gem\/nokogiri@1\.16\.2\?platform=aarch64-linux [0-9a-f]{4}$/)
    const racc = dependencies.find(({ name }) => name === 'racc')
    expect(racc?.digests.map(({ algorithm }) => algorithm)).toEqual(['sha256', 'sha512'])
    expect(dependencies.find(({ name }) => name === 'measured')).toMatchObject({
      digests: [],
      source: { kind: 'git', commit: '01f5325a7701b4d820b477d67180b4ce3fcbde84' },
    })
  })

  it('may ask for Bundler itself, and may have plugins and conditions of Ruby', () => {
    const rest =
      'PLUGIN SOURCE\n  remote: x\n  type: y\n  specs:\n    p (1.0)\n\nRUBY VERSION\n   ruby 3.3.0p0\n\n'
    expect(said(PATH, `${rest}${GEM}${ASKED}  bundler!\n\nBUNDLED WITH\n   2.5.6\n`)).toBe(
      'accepted',
    )
    expect(said('gems.locked', '')).toBe('accepted')
  })
})

describe('a lockfile of Bundler is refused', () => {
  const sums = (text: string) => `${GEM}${ASKED}\nCHECKSUMS\n  ${text}\n`
  const good = sums(`a (1.0) sha256=${'ab'.repeat(32)}`)
  const many = (count: number) =>
    `GEM\n  specs:\n${Array.from({ length: count }, (_, n) => `    a (1.${n})\n`).join('')}`
  it.each([
    [
      'with a section to come',
      'version at Gemfile.lock line 10',
      `${GEM}${ASKED}SIGNATURES\n  a\n`,
      GEM + ASKED,
    ],
    ['with an unfinished merge', 'version at Gemfile.lock line 7', `${GEM}<<<<<<< HEAD\n`, GEM],
    ['with a line before any section', 'version at Gemfile.lock line 1', '  a (1.0)\n', GEM],
    [
      'with a gem without a version',
      'syntax at Gemfile.lock line 7',
      `${GEM}    c\n`,
      `${GEM}    c (1.0)\n`,
    ],
    [
      'with a strange line',
      'syntax at Gemfile.lock line 7',
      `${GEM}   c (1.0)\n`,
      `${GEM}  c: d\n`,
    ],
    [
      'with a request before any gem',
      'syntax at Gemfile.lock line 3',
      'GEM\n  specs:\n      c\n',
      'GEM\n  specs:\n',
    ],
    [
      'with a strange request',
      'syntax at Gemfile.lock line 9',
      `${GEM}\nDEPENDENCIES\n  a (b) c d\n`,
      GEM + ASKED,
    ],
    ['with a digest of nothing', 'syntax at Gemfile.lock line 12', sums('a'), sums('a (1.0)')],
    ['with a short digest', 'digest at Gemfile.lock line 12', sums('a (1.0) sha256=00'), good],
    [
      'with a digest of another algorithm',
      'digest at Gemfile.lock line 12',
      sums('a (1.0) crc=00'),
      good,
    ],
    [
      'without a gem that is asked for',
      'entry at Gemfile.lock',
      `${GEM}${ASKED}  c\n`,
      GEM + ASKED,
    ],
    [
      'with a gem twice',
      'entry at Gemfile.lock line 7',
      `${GEM}    a (1.0)\n`,
      `${GEM}    a (1.0-java)\n`,
    ],
    ['with more platforms than edges can go to', 'entry at Gemfile.lock', many(65), many(64)],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
