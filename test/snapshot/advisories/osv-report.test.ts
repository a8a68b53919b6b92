import { describe, expect, it } from 'vitest'
import { changed, type Changeable, fixture, read, refusals, taken } from './reading.ts'

/** A list of one vulnerability in npm's package sand. */
const vulnerability = (more: object = {}) => [
  { id: 'OSV-1', affected: [{ package: { ecosystem: 'npm', name: 'sand' } }], ...more },
]
const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const firstOf = (report: object) => (read(report) as Changeable).value.advisories[0]

describe('a report of osv-scanner', () => {
  it('gives each vulnerability with the version that was found', () => {
    expect(read(fixture('osv-scanner.json'))).toMatchObject({
      ok: true,
      value: {
        form: 'osv-scanner',
        advisories: [
          {
            ids: ['GHSA-2222-3333-4444', 'CVE-2026-0001'],
            ecosystem: 'npm',
            name: 'sand',
            severity: 'high',
            affected: '>=0 <1.0.0',
            title: 'What is wrong with sand',
            sites: [{ version: '0.9.0' }],
          },
          { ids: ['CVE-2026-0001', 'GHSA-2222-3333-4444'], severity: 'high' },
          { ids: ['OSV-2026-7'], severity: 'critical', affected: '=0.2.0 || =0.3.0' },
        ],
      },
    })
  })

  it('is accepted where it tells of nothing, with or without packages', () => {
    const found = { package: { name: 'sand', version: '1.0.5', ecosystem: 'npm' } }
    for (const results of [[], [{ packages: [found] }]]) {
      expect(read({ results })).toMatchObject({ ok: true, value: { advisories: [] } })
    }
  })

  it('may have null for a list that is empty, as programs in Go write it', () => {
    expect(read({ results: null })).toMatchObject({ ok: true, value: { advisories: [] } })
    const report = changed('osv-scanner.json', ({ results }) => {
      const [first, second] = results[0].packages[0].vulnerabilities
      Object.assign(first, { severity: null, affected: null })
      second.aliases = null
    })
    const { advisories } = (read(report) as Changeable).value
    expect(advisories[0]).not.toHaveProperty('affected')
    expect(advisories[1]).toMatchObject({ ids: ['CVE-2026-0001'] })
  })

  it('may have no groups, and groups without a score', () => {
    const bare = changed('osv-scanner.json', ({ results }) => delete results[0].packages[1].groups)
    expect((read(bare) as Changeable).value.advisories[2]).not.toHaveProperty('severity')
    const unrated = changed('osv-scanner.json', ({ results }) => {
      results[0].packages[1].groups[0].max_severity = ''
    })
    expect((read(unrated) as Changeable).value.advisories[2]).not.toHaveProperty('severity')
  })

  it('is as grave as any part says, where none is of the package by this name', () => {
    const report = (name: string) =>
      changed('osv-scanner.json', ({ results }) => {
        const [{ vulnerabilities, groups }] = results[0].packages
        vulnerabilities[0].affected = [
          { package: { ecosystem: 'npm', name: 'sand' } },
          { package: { ecosystem: 'npm', name }, database_specific: { severity: 'CRITICAL' } },
        ].slice(name === 'sand-core' ? 1 : 0)
        groups[0].max_severity = ''
      })
    const rated = (name: string) => (read(report(name)) as Changeable).value.advisories[0].severity
    expect(rated('sand-core')).toBe('critical')
    expect(rated('gravel')).toBe('high')
  })

  it('lists what was withdrawn by then, and does not count it', () => {
    const report = changed('osv-scanner.json', ({ results }) => {
      results[0].packages[1].vulnerabilities[0].withdrawn = '2026-04-01T00:00:00Z'
    })
    expect(read(report)).toMatchObject({ value: { withdrawn: ['OSV-2026-7'] } })
    const before = read(report, Date.parse('2026-03-31T00:00:00Z'))
    expect(before).toMatchObject({ value: { withdrawn: [] } })
  })

  it.each<readonly [string, string, (scanned: Changeable) => void]>([
    [
      'a vulnerability twice',
      '',
      ({ vulnerabilities }) => (vulnerabilities[2] = vulnerabilities[0]),
    ],
    ['a group of another one', '/groups', ({ groups }) => (groups[0].ids[2] = 'CVE-2026-9')],
    ['two groups of one', '/groups', ({ groups }) => (groups[1] = groups[0])],
    ['one in no group', '/groups', ({ groups }) => (groups[0].ids.length = 1)],
    ['one that was taken out', '/groups', ({ vulnerabilities }) => (vulnerabilities.length = 1)],
  ])('is refused for %s', (_, at, change) => {
    const report = changed('osv-scanner.json', ({ results }) => change(results[0].packages[0]))
    const code = 'snapshot/advisory-report-contradiction'
    expect(refusals(read(report))).toEqual([`${code} /results/0/packages/0${at}`])
  })

  it('is refused for a score that is none, or a package without a version', () => {
    const score = changed('osv-scanner.json', ({ results }) => {
      results[0].packages[0].groups[0].max_severity = '11'
    })
    const place = '/results/0/packages/0'
    expect(refusals(read(score))).toEqual([
      `snapshot/advisory-report ${place}/groups/0/max_severity`,
    ])
    const version = changed('osv-scanner.json', ({ results }) => {
      delete results[0].packages[0].package.version
    })
    expect(refusals(read(version))).toEqual([`snapshot/advisory-report ${place}/package/version`])
  })
})

describe('a list of OSV vulnerabilities', () => {
  it('gives each package that a vulnerability is about, and lists what was withdrawn', () => {
    expect(read(fixture('osv-list.json'))).toMatchObject({
      ok: true,
      value: {
        form: 'osv',
        withdrawn: ['GHSA-2222-3333-8888'],
        advisories: [
          {
            ids: ['GHSA-2222-3333-5555'],
            name: 'sand',
            severity: 'moderate',
            affected: '>=1.0.0 <=1.0.4 || >=2.0.0',
            sites: [],
          },
          { name: 'gravel', severity: 'moderate' },
        ],
      },
    })
  })

  it('may be a list by itself, or an answer without vulnerabilities', () => {
    expect(read(vulnerability())).toMatchObject({ ok: true, value: { form: 'osv' } })
    expect(read({ vulns: [] })).toMatchObject({ ok: true, value: { advisories: [] } })
    expect(read({ vulns: [], next_page_token: '' }).ok).toBe(true)
  })

  it('is refused where it is a page of a longer one, has one twice, or one about no package', () => {
    expect(refusals(read({ vulns: [], next_page_token: 'x' }))).toEqual([
      'snapshot/advisory-report /next_page_token',
    ])
    expect(refusals(read([...vulnerability(), ...vulnerability()]))).toEqual([
      'snapshot/advisory-report-contradiction',
    ])
    for (const affected of [undefined, [], [{}]]) {
      expect(refusals(read(vulnerability({ affected })))).toEqual([
        'snapshot/advisory-report /0/affected',
      ])
    }
  })

  it('is as grave as the gravest of all who rate it', () => {
    const severity = [{ type: 'CVSS_V3', score: CRITICAL }]
    const rated = (more: object) => firstOf(vulnerability(more)).severity
    expect(rated({ severity })).toBe('critical')
    expect(rated({ severity, database_specific: { severity: 'LOW' } })).toBe('critical')
    expect(rated({ severity, database_specific: { severity: 'DIRE' } })).toBe('critical')
    expect(rated({ database_specific: { severity: 'LOW' } })).toBe('low')
    expect(rated({ database_specific: null })).toBe(undefined)
    expect(rated({ id: 'MAL-2026-1', database_specific: { severity: 'LOW' } })).toBe('critical')
  })

  it('is rated for a package by what is said of this package', () => {
    const entry = (name: string, more: object) => ({ package: { ecosystem: 'npm', name }, ...more })
    const ratedBy = (more: object) => {
      const affected = [entry('sand', more), entry('gravel', {})]
      const database_specific = { severity: 'LOW' }
      const report = read(vulnerability({ affected, database_specific }))
      return taken(report).advisories.map(({ severity }) => severity)
    }
    expect(ratedBy({ severity: [{ type: 'CVSS_V3', score: CRITICAL }] })).toEqual([
      'critical',
      'low',
    ])
    expect(ratedBy({ database_specific: { severity: 'CRITICAL' } })).toEqual(['critical', 'low'])
    expect(ratedBy({ ecosystem_specific: { severity: 'High' } })).toEqual(['high', 'low'])
    expect(ratedBy({ severity: null, database_specific: null })).toEqual(['low', 'low'])
  })

  it('tells of ratings that nobody here understands, where there is no other', () => {
    const v4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
    const severity = [{ type: 'CVSS_V4', score: v4 }]
    expect(firstOf(vulnerability({ severity }))).toMatchObject({ unscored: [v4] })
    const known = firstOf(vulnerability({ severity, database_specific: { severity: 'HIGH' } }))
    expect(known).toMatchObject({ severity: 'high' })
    expect(known).not.toHaveProperty('unscored')
  })

  it('names packages as their ecosystems do', () => {
    const ecosystemOf = (ecosystem: string) =>
      firstOf(vulnerability({ affected: [{ package: { ecosystem, name: 'a' } }] })).ecosystem
    expect(
      ['Go', 'crates.io', 'PyPI', 'Maven:https://maven.example', 'Debian:12'].map(ecosystemOf),
    ).toEqual(['golang', 'cargo', 'pypi', 'maven', 'Debian:12'])
  })

  it('joins what it says of one package, however that is spelt', () => {
    const entry = (name: string, fixed: string) => ({
      package: { ecosystem: 'PyPI', name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
    })
    const affected = [entry('Sand_Box', '1'), entry('sand-box', '2')]
    expect((read(vulnerability({ affected })) as Changeable).value.advisories).toMatchObject([
      { name: 'Sand_Box', affected: '>=0 <1 || >=0 <2' },
    ])
  })

  it('passes over an end that has no beginning', () => {
    const ranges = [
      { type: 'SEMVER', events: [{ fixed: '1' }, { introduced: '2' }, { limit: '3' }] },
    ]
    const affected = [{ package: { ecosystem: 'npm', name: 'sand' }, ranges }]
    expect(firstOf(vulnerability({ affected })).affected).toBe('>=2 <3')
  })

  it('is refused for an id or a time that is none', () => {
    expect(refusals(read(vulnerability({ id: 'a b' })))).toEqual(['snapshot/advisory-report /0/id'])
    expect(refusals(read(vulnerability({ withdrawn: 'yes' })))).toEqual([
      'snapshot/advisory-report /0/withdrawn',
    ])
  })
})

describe('parseAdvisoryReport()', () => {
  it.each([
    ['no JSON', '{'],
    ['a member twice', '{"results":[],"results":[]}'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a text', '"none"'],
    ['another document', '{"bomFormat":"CycloneDX"}'],
    ['two forms in one', '{"results":[],"vulns":[]}'],
  ])('refuses %s', (_, text) => {
    expect(refusals(read(text))).toEqual(['snapshot/advisory-report'])
  })

  it('refuses more advisories than are read', () => {
    const list = Array.from(
      { length: 10_001 },
      (_, index) => vulnerability({ id: `OSV-${index}` })[0],
    )
    expect(refusals(read(list))).toEqual(['snapshot/advisory-report'])
    expect(read(list.slice(1)).ok).toBe(true)
  })
})
