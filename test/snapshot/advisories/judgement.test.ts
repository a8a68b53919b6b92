import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAdvisoryAudit, parseAdvisoryAudit } from '../../../src/snapshot/index.ts'
import { type Asked, audit, changed, exception, fixture, standings, taken } from './reading.ts'

const MODERATE = fixture('npm-audit-moderate.json')
const HIGH_ID = 'GHSA-2222-3333-4444'
const MODERATE_ID = 'GHSA-2222-3333-5555'
const BOTH = [exception(HIGH_ID), exception(MODERATE_ID)]
const LOCKED = { 'package.json': '{}', 'package-lock.json': fixture('package-lock.json') }

/** One vulnerability of an ecosystem, found by osv-scanner. */
const scan = ({ ecosystem = 'npm', name = 'sand', version = '1.0.0', more = {} } = {}) => ({
  results: [
    {
      packages: [
        {
          package: { name, version, ecosystem },
          vulnerabilities: [{ id: 'OSV-1', ...more }],
        },
      ],
    },
  ],
})
const LOW = { database_specific: { severity: 'LOW' } }

describe('an advisory', () => {
  it('is excepted where an exception in force is for it', async () => {
    const found = await audit(MODERATE, { exceptions: BOTH })
    expect(standings(found)).toEqual({ [HIGH_ID]: 'excepted', [MODERATE_ID]: 'excepted' })
    expect(found).toMatchObject({ outcome: 'accepted', unused: [] })
    expect(found.counts).toMatchObject({ advisories: 2, excepted: 2, unknown: 0 })
  })

  it('is unknown without one', async () => {
    const found = await audit(MODERATE, { exceptions: [exception(HIGH_ID)] })
    expect(standings(found)).toEqual({ [HIGH_ID]: 'excepted', [MODERATE_ID]: 'unknown' })
    expect(found.outcome).toBe('rejected')
  })

  it('is none in a report that tells of none', async () => {
    const found = await audit(fixture('npm-audit-none.json'), { exceptions: BOTH })
    expect(found).toMatchObject({ outcome: 'accepted', findings: [], counts: { advisories: 0 } })
    expect(found.unused).toHaveLength(2)
  })

  it('is excepted up to the last instant of the exception, and expired after (A-48)', async () => {
    const at = async (at: string) => (await audit(MODERATE, { exceptions: BOTH, at })).outcome
    expect(await at('2026-12-31T00:00:00Z')).toBe('accepted')
    expect(await at('2026-12-31T00:00:00.001Z')).toBe('stale')
  })

  it('is not helped by an exception where it is critical', async () => {
    const report = changed('npm-audit-moderate.json', ({ vulnerabilities, metadata }) => {
      vulnerabilities.sand.via[0].severity = 'critical'
      vulnerabilities.sand.severity = 'critical'
      vulnerabilities.mortar.severity = 'critical'
      Object.assign(metadata.vulnerabilities, { high: 0, critical: 2 })
    })
    const found = await audit(report, { exceptions: BOTH })
    expect(standings(found)).toEqual({ [HIGH_ID]: 'critical', [MODERATE_ID]: 'excepted' })
    expect(found).toMatchObject({ outcome: 'rejected', unused: [] })
  })

  it.each<readonly [string, string, object]>([
    ['package', 'another package', { package: 'gravel' }],
    ['package', 'a package of another ecosystem', { package: 'pkg:pypi/sand' }],
    ['version', 'another version', { package: 'pkg:npm/sand@0.9.1' }],
    ['affected', 'another range', { affected: '<1.0.1' }],
  ])('is unknown where the exception differs in its %s: %s (A-48)', async (differs, _, more) => {
    const meant = exception(HIGH_ID, more)
    const exceptions = [meant, exception(MODERATE_ID)]
    const found = await audit(MODERATE, { exceptions, files: LOCKED })
    expect(standings(found)).toEqual({ [HIGH_ID]: 'unknown', [MODERATE_ID]: 'excepted' })
    expect(found.findings[0]?.near).toEqual([{ exception: meant, differs }])
    expect(found.unused).toEqual([meant])
  })

  it('is unknown to an exception for another advisory', async () => {
    const found = await audit(MODERATE, { exceptions: [exception('CVE-2026-9')] })
    expect(found.findings.map(({ near }) => near)).toEqual([[], []])
    expect(found.unused).toHaveLength(1)
  })

  it('has the range that the report gives, with its alternatives in any order', async () => {
    const report = changed('npm-audit-moderate.json', ({ vulnerabilities }) => {
      const [first, second] = vulnerabilities.sand.via
      second.url = first.url
    })
    const outcome = async (affected: string) =>
      (await audit(report, { exceptions: [exception(HIGH_ID, { affected })] })).outcome
    expect(await outcome('>=1.0.0  <1.0.5||<1.0.0')).toBe('accepted')
    expect(await outcome('<1.0.0')).toBe('rejected')
    const unranged = await audit(scan({ more: LOW }), {
      exceptions: [exception('OSV-1', { affected: '*' })],
    })
    expect(unranged.outcome).toBe('rejected')
  })

  it('needs an exception for each version that was found, where exceptions name versions', async () => {
    const at = (version: string, more: object = {}) =>
      exception(HIGH_ID, { package: `pkg:npm/sand@${version}`, ...more })
    const outcome = async (exceptions: readonly object[], files?: Asked['files']) => {
      const asked = { exceptions: [...exceptions, exception(MODERATE_ID)] }
      return (await audit(MODERATE, { ...asked, ...(files && { files }) })).outcome
    }
    expect(await outcome([at('0.9.0'), at('1.0.4')], LOCKED)).toBe('accepted')
    expect(await outcome([at('0.9.0')], LOCKED)).toBe('rejected')
    const over = { expires: '2026-01-01T00:00:00Z' }
    expect(await outcome([at('0.9.0'), at('1.0.4', over)], LOCKED)).toBe('stale')
    // Nothing but the lockfile says which versions there are.
    expect(await outcome([at('0.9.0'), at('1.0.4')])).toBe('rejected')
  })

  it('is excepted by those in force alone, so that others are told to be unused', async () => {
    const over = exception(HIGH_ID, { package: 'pkg:npm/sand', expires: '2026-01-01T00:00:00Z' })
    const found = await audit(MODERATE, { exceptions: [...BOTH, over] })
    expect(found).toMatchObject({ outcome: 'accepted', unused: [over] })
  })

  it('is not rated by its owner where somebody else rated it in a way that nobody understands', async () => {
    const exceptions = [exception('OSV-1', { severity: 'moderate' })]
    const standing = async (more: object) =>
      standings(await audit(scan({ more }), { exceptions }))['OSV-1']
    const v4 = { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H' }
    expect(await standing({})).toBe('excepted')
    expect(await standing({ severity: [v4] })).toBe('unrated')
    expect(await standing({ severity: [v4], ...LOW })).toBe('excepted')
    expect(await standing({ database_specific: { severity: 'Critical' } })).toBe('critical')
    const alias = { id: 'OSV-2', aliases: ['OSV-1'], ...LOW }
    const report = scan({ more: { severity: [v4] } })
    report.results[0]?.packages[0]?.vulnerabilities.push(alias)
    const joined = await audit(report, { exceptions })
    expect(standings(joined)).toEqual({ 'OSV-1': 'excepted' })
    const unrated = await audit(scan({ more: { severity: [v4] } }), { exceptions })
    expect(unrated.findings[0]).toMatchObject({ unscored: [v4.score] })
    expect(taken(parseAdvisoryAudit(encodeAdvisoryAudit(unrated)))).toEqual(unrated)
  })

  it('counts once whichever ids it goes by, and is excepted by each of them', async () => {
    const report = fixture('osv-scanner.json')
    for (const id of ['CVE-2026-0001', HIGH_ID]) {
      const found = await audit(report, { exceptions: [exception(id)] })
      expect(found.counts).toMatchObject({ advisories: 2, excepted: 1, critical: 1 })
      expect(found.findings[1]).toMatchObject({
        advisory: HIGH_ID,
        aliases: ['CVE-2026-0001'],
        versions: ['0.9.0'],
        severity: 'high',
      })
    }
  })

  it('counts once by way of a third, but never over two packages', async () => {
    const chain = [
      ['A-1', ['A-2']],
      ['A-3', []],
      ['A-2', ['A-3']],
    ] as const
    const vulns = chain.map(([id, aliases]) => ({
      ...{ id, aliases, ...LOW },
      affected: ['sand', 'gravel'].map((name) => ({ package: { ecosystem: 'npm', name } })),
    }))
    const found = await audit({ vulns }, { exceptions: [exception('A-3')] })
    expect(found.findings).toMatchObject([
      { package: { name: 'gravel' }, advisory: 'A-1', standing: 'unknown' },
      { package: { name: 'sand' }, aliases: ['A-2', 'A-3'], standing: 'excepted' },
    ])
  })

  it('is as grave as the gravest of its aliases (A-131)', async () => {
    const affected = [{ package: { ecosystem: 'npm', name: 'sand' } }]
    const vulns = [
      { id: 'A-1', affected, ...LOW },
      { id: 'A-2', aliases: ['A-1'], affected, database_specific: { severity: 'CRITICAL' } },
    ]
    const found = await audit({ vulns }, { exceptions: [exception('A-1')] })
    expect(standings(found)).toEqual({ 'A-1': 'critical' })
  })

  it('is unrated where nobody says how grave it is, until the owner of the exception does (A-131)', async () => {
    const outcome = async (more: object) =>
      standings(await audit(scan(), { exceptions: [exception('OSV-1', more)] }))['OSV-1']
    expect(await outcome({})).toBe('unrated')
    expect(await outcome({ severity: 'high' })).toBe('excepted')
    expect(standings(await audit(scan()))['OSV-1']).toBe('unknown')
    const two = [
      exception('OSV-1', { severity: 'low' }),
      exception('OSV-1', { package: 'pkg:npm/sand' }),
    ]
    expect(standings(await audit(scan(), { exceptions: two }))['OSV-1']).toBe('unrated')
  })

  it('is not made milder by its exception', async () => {
    const report = scan({ more: { database_specific: { severity: 'CRITICAL' } } })
    const found = await audit(report, { exceptions: [exception('OSV-1', { severity: 'low' })] })
    expect(found.outcome).toBe('rejected')
  })

  it.each([
    ['pkg:golang/example.org/sand/v2@v1.2.0', 'Go', 'example.org/sand/v2', '1.2.0'],
    ['pkg:maven/org.yard/sand', 'Maven', 'org.yard:sand', '1.0'],
    ['pkg:npm/%40yard/sand@1.0.0', 'npm', '@yard/sand', '1.0.0'],
    ['pkg:pypi/sand-box', 'PyPI', 'Sand_Box', '1.0'],
    ['pkg:composer/yard/sand', 'Packagist', 'Yard/Sand', '1.0'],
    ['Sand.Box', 'NuGet', 'sand.box', '1.0'],
    ['sand', 'Debian:12', 'sand', '1.0-1'],
  ])('is excepted by %s in %s', async (name, ecosystem, found, version) => {
    const report = scan({ ecosystem, name: found, version, more: LOW })
    const { outcome } = await audit(report, { exceptions: [exception('OSV-1', { package: name })] })
    expect(outcome).toBe('accepted')
    const other = exception('OSV-1', { package: `${name}x`.replace(/(@.*)x$/, 'x$1') })
    expect((await audit(report, { exceptions: [other] })).outcome).toBe('rejected')
  })

  it('stands no better for an exception that is taken away', async () => {
    const pool = [
      ...BOTH,
      exception(HIGH_ID, { package: 'pkg:npm/sand' }),
      exception(MODERATE_ID, { affected: '>=1.0.0 <1.0.5' }),
      exception(HIGH_ID, { package: 'gravel' }),
      exception(MODERATE_ID, { package: 'pkg:npm/sand@1.0.4', expires: '2026-01-01T00:00:00Z' }),
    ]
    const accepted = async (exceptions: readonly object[]) =>
      (await audit(MODERATE, { exceptions, files: LOCKED })).counts.excepted
    await fc.assert(
      fc.asyncProperty(fc.subarray(pool), fc.nat(), async (given, at) => {
        const fewer = given.filter((_, index) => index !== at % Math.max(1, given.length))
        expect(await accepted(fewer)).toBeLessThanOrEqual(await accepted(given))
        expect(await accepted(given.toReversed())).toBe(await accepted(given))
      }),
      { numRuns: 30 },
    )
  })
})
