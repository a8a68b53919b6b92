import { describe, expect, it } from 'vitest'
import { changed, type Changeable, fixture, read, refusals } from './reading.ts'

describe('a report of npm audit', () => {
  it('gives each advisory with the package that it is about, and nothing that only inherits it', () => {
    expect(read(fixture('npm-audit.json'))).toMatchObject({
      ok: true,
      value: {
        form: 'npm-audit',
        packages: 6,
        advisories: [
          { ids: ['GHSA-2222-3333-7777'], name: '@yard/gate', severity: 'low', affected: '*' },
          { ids: ['GHSA-2222-3333-6666'], name: 'hod', severity: 'critical' },
          {
            ids: ['GHSA-2222-3333-4444'],
            ecosystem: 'npm',
            name: 'sand',
            severity: 'high',
            affected: '<1.0.0',
            title: 'What is wrong with sand',
            sites: [
              { place: 'node_modules/mortar/node_modules/sand' },
              { place: 'node_modules/sand' },
            ],
          },
          { ids: ['GHSA-2222-3333-5555'], name: 'sand', severity: 'moderate' },
        ],
      },
    })
  })

  it('is accepted where it tells of nothing', () => {
    expect(read(fixture('npm-audit-none.json'))).toMatchObject({
      ok: true,
      value: { advisories: [], packages: 6 },
    })
  })

  it('is as grave as the vector or the score beside the word, where these are graver', () => {
    const rated = (cvss: object | null) => {
      const report = changed('npm-audit-moderate.json', ({ vulnerabilities }) => {
        vulnerabilities.sand.via[1].cvss = cvss
      })
      return (read(report) as Changeable).value.advisories[1].severity
    }
    const vectorString = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
    expect(rated({ score: 9.8, vectorString })).toBe('critical')
    expect(rated({ score: 0, vectorString })).toBe('critical')
    expect(rated({ score: 9.8, vectorString: null })).toBe('critical')
    expect(rated({ score: 1, vectorString: 'CVSS:4.0/AV:N' })).toBe('moderate')
    expect(rated(null)).toBe('moderate')
    const legacy = changed('npm-audit-legacy.json', ({ advisories }) => {
      for (const each of Object.values<Changeable>(advisories)) each.cvss = { score: 9.8 }
    })
    const { advisories } = (read(legacy) as Changeable).value
    expect(advisories[0]).toMatchObject({ severity: 'critical' })
  })

  it('is refused where npm could not ask (A-129)', () => {
    const failed = read(fixture('npm-audit-failed.json'))
    expect(failed).toMatchObject({ problems: [{ code: 'snapshot/advisory-report-failed' }] })
    expect(JSON.stringify(failed)).toContain('405 Method Not Allowed')
    for (const report of [
      { error: { code: 'ENOLOCK', summary: 'There is no lockfile' } },
      { error: 'it failed' },
      { error: null },
      { ...JSON.parse(fixture('npm-audit-none.json')), error: { code: 'EAUDIT' } },
    ]) {
      expect(refusals(read(report))).toEqual(['snapshot/advisory-report-failed'])
    }
  })

  it('knows an advisory by its number where its address has no other id, and needs no title', () => {
    const report = changed('npm-audit-moderate.json', (document) => {
      const [first, second] = document.vulnerabilities.sand.via
      first.url = 'https://npm.example/advisories/9001'
      delete second.url
      delete second.title
      first.title = ` two\n\u001b lines ${'and more '.repeat(40)}`
    })
    const { advisories } = (read(report) as Changeable).value
    expect(advisories).toMatchObject([{ ids: ['npm:9001'] }, { ids: ['npm:9002'] }])
    expect(advisories[0].title).toMatch(/^two lines (?:and more ){20}.*…$/)
    expect(advisories[0].title.length).toBeLessThanOrEqual(200)
    expect(advisories[1]).not.toHaveProperty('title')
  })

  it.each<readonly [string, string, (document: Changeable) => void]>([
    [
      'a smaller count',
      '/metadata/vulnerabilities/high',
      ({ metadata }) => metadata.vulnerabilities.high--,
    ],
    [
      'another sum',
      '/metadata/vulnerabilities/total',
      ({ metadata }) => metadata.vulnerabilities.total++,
    ],
    [
      'a name that leads nowhere',
      '/vulnerabilities/brick',
      ({ vulnerabilities }) => {
        vulnerabilities.brick.via = ['gravel']
      },
    ],
    [
      'an entry under another name',
      '/vulnerabilities/hod',
      ({ vulnerabilities }) => {
        vulnerabilities.hod.name = 'sand'
      },
    ],
    [
      'an advisory of another package',
      '/vulnerabilities/hod',
      ({ vulnerabilities }) => {
        vulnerabilities.hod.via[0].name = 'sand'
      },
    ],
    [
      'a severity that no advisory has',
      '/vulnerabilities/mortar',
      ({ vulnerabilities, metadata }) => {
        vulnerabilities.mortar.severity = 'low'
        metadata.vulnerabilities.high--
        metadata.vulnerabilities.low++
      },
    ],
    [
      'a severity below that of its advisory',
      '/vulnerabilities/sand',
      ({ vulnerabilities, metadata }) => {
        vulnerabilities.sand.severity = 'moderate'
        metadata.vulnerabilities.high--
        metadata.vulnerabilities.moderate++
      },
    ],
    [
      'packages that inherit from each other alone',
      '/vulnerabilities/brick',
      ({ vulnerabilities }) => {
        vulnerabilities.brick.via = ['brick']
      },
    ],
  ])('is refused for %s', (_, at, change) => {
    const problems = refusals(read(changed('npm-audit.json', change)))
    expect(problems).toContain(`snapshot/advisory-report-contradiction ${at}`)
  })

  it('may have packages that inherit from each other, as long as something is behind them', () => {
    const report = changed('npm-audit.json', ({ vulnerabilities }) => {
      vulnerabilities.sand.via[2] = 'mortar'
      vulnerabilities.mortar.via[1] = 'brick'
    })
    expect(read(report).ok).toBe(true)
  })

  it('is refused where an advisory is taken out of it (A-128)', () => {
    const report = changed('npm-audit.json', ({ vulnerabilities, metadata }) => {
      delete vulnerabilities.sand
      metadata.vulnerabilities.high--
      metadata.vulnerabilities.total--
    })
    expect(refusals(read(report))).toEqual([
      'snapshot/advisory-report-contradiction /vulnerabilities/brick',
      'snapshot/advisory-report-contradiction /vulnerabilities/mortar',
    ])
  })

  it.each<readonly [string, string, (document: Changeable) => void]>([
    ['another version', '/auditReportVersion', (document) => (document.auditReportVersion = 3)],
    ['no counts', '/metadata', (document) => delete document.metadata],
    [
      'a count of no severity',
      '/metadata/vulnerabilities',
      (document) => (document.metadata.vulnerabilities.none = 0),
    ],
    [
      'an unknown severity',
      '/vulnerabilities/hod/severity',
      (document) => (document.vulnerabilities.hod.severity = 'dire'),
    ],
    [
      'a package without a reason',
      '/vulnerabilities/hod/via',
      (document) => (document.vulnerabilities.hod.via = []),
    ],
    [
      'a name that a terminal acts on',
      '/vulnerabilities/hod/name',
      (document) => (document.vulnerabilities.hod.name = '\u001b[2J'),
    ],
    [
      'more places than are read',
      '/vulnerabilities/hod/nodes',
      (document) => (document.vulnerabilities.hod.nodes = Array(2_001).fill('a')),
    ],
  ])('is refused for %s', (_, at, change) => {
    expect(refusals(read(changed('npm-audit.json', change)))).toEqual([
      `snapshot/advisory-report ${at}`,
    ])
  })
})

describe('a report of npm in its older form', () => {
  it('gives each advisory with the versions that were found, by all its ids', () => {
    expect(read(fixture('npm-audit-legacy.json'))).toMatchObject({
      ok: true,
      value: {
        form: 'npm-audit-legacy',
        packages: 6,
        advisories: [
          {
            ids: ['GHSA-2222-3333-4444', 'CVE-2026-0001'],
            name: 'sand',
            severity: 'high',
            affected: '<1.0.0',
            sites: [{ version: '0.9.0' }],
          },
          { ids: ['npm:9005'], severity: 'moderate', sites: [{ version: '1.0.4' }] },
        ],
      },
    })
  })

  it('may count advisories, versions or ways, but each severity by the same', () => {
    const counted = (moderate: number, high: number) =>
      changed('npm-audit-legacy.json', ({ metadata }) => {
        Object.assign(metadata.vulnerabilities, { moderate, high })
      })
    expect(read(counted(1, 1)).ok).toBe(true)
    expect(read(counted(2, 1)).ok).toBe(true)
    for (const [moderate, high] of [
      [0, 1],
      [2, 2],
      [1, 0],
    ] as const) {
      expect(refusals(read(counted(moderate, high)))).toEqual([
        'snapshot/advisory-report-contradiction /metadata/vulnerabilities',
      ])
    }
  })

  it('is refused where something in it is muted, and needs neither a total nor a title', () => {
    const muted = changed('npm-audit-legacy.json', (document) => (document.muted = [{}]))
    expect(refusals(read(muted))).toEqual(['snapshot/advisory-report /muted'])
    const bare = changed('npm-audit-legacy.json', (document) => {
      delete document.muted
      delete document.metadata.totalDependencies
      delete document.advisories['9001'].title
    })
    const { value } = read(bare) as Changeable
    expect(value).not.toHaveProperty('packages')
    expect(value.advisories[0]).not.toHaveProperty('title')
  })
})
