import { describe, expect, it } from 'vitest'
import { selectLockfiles } from '../../../src/snapshot/index.ts'
import { snapshotOf } from '../project.ts'
import { audit, changed, exception, fixture, refusals, taken } from './reading.ts'

const MODERATE = fixture('npm-audit-moderate.json')
const BOTH = [exception('GHSA-2222-3333-4444'), exception('GHSA-2222-3333-5555')]
const LOCKED = { 'package.json': '{}', 'package-lock.json': fixture('package-lock.json') }
const EMPTY = '{"lockfileVersion":3,"packages":{"":{}}}'
const YARN = `# yarn lockfile v1


sand@^1.0.0:
  version "1.0.4"
  resolved "https://registry.example/sand/-/sand-1.0.4.tgz"
`
const CARGO = 'version = 4\n\n[[package]]\nname = "sand"\nversion = "1.0.4"\n'

describe('a report that is held against a snapshot', () => {
  it('names the lockfile by its digest, and the versions that stand there', async () => {
    const found = await audit(MODERATE, { exceptions: BOTH, files: LOCKED })
    expect(found).toMatchObject({
      outcome: 'accepted',
      snapshot: { packages: 6, lockfiles: [{ path: 'package-lock.json' }] },
      findings: [{ versions: ['0.9.0', '1.0.4'], inSnapshot: true }, { inSnapshot: true }],
    })
  })

  it('is about another lockfile where it names a place that is not there (A-130)', async () => {
    const text = LOCKED['package-lock.json'].replaceAll('node_modules/sand', 'node_modules/silt')
    const files = { ...LOCKED, 'package-lock.json': text }
    const found = await audit(MODERATE, { exceptions: BOTH, files })
    expect(found.outcome).toBe('stale')
    expect(found.findings.map(({ standing }) => standing)).toEqual(['elsewhere', 'elsewhere'])
  })

  it('is about another lockfile where it names a version that is not there', async () => {
    const report = fixture('npm-audit-legacy.json')
    const exceptions = [exception('CVE-2026-0001'), exception('npm:9005')]
    expect((await audit(report, { exceptions, files: LOCKED })).outcome).toBe('accepted')
    const files = {
      ...LOCKED,
      'package-lock.json': LOCKED['package-lock.json'].replace('"1.0.4"', '"1.0.6"'),
    }
    const found = await audit(report, { exceptions, files })
    expect(found).toMatchObject({ outcome: 'stale', counts: { elsewhere: 1, excepted: 1 } })
  })

  it('blocks for what it tells, also where that is elsewhere', async () => {
    const files = { ...LOCKED, 'package-lock.json': EMPTY }
    expect((await audit(MODERATE, { files })).outcome).toBe('rejected')
  })

  it('has looked at nothing where it says so, and the lockfile has packages (A-130)', async () => {
    const report = changed('npm-audit-none.json', ({ metadata }) => {
      metadata.dependencies.total = 0
    })
    expect((await audit(report, { files: LOCKED })).outcome).toBe('missing')
    expect(
      (await audit(report, { files: { ...LOCKED, 'package-lock.json': EMPTY } })).outcome,
    ).toBe('accepted')
    expect((await audit(report)).outcome).toBe('accepted')
  })

  it('goes by the name in lockfiles of other tools than npm', async () => {
    const found = await audit(MODERATE, {
      exceptions: BOTH,
      files: { 'yarn.lock': YARN, 'package.json': '{}' },
    })
    expect(found).toMatchObject({ outcome: 'accepted', findings: [{ versions: ['1.0.4'] }, {}] })
  })

  it('and is a list, is told of what is not there, and blocked by what is', async () => {
    const list = fixture('osv-list.json')
    const found = await audit(list, { files: LOCKED })
    expect(found.findings).toMatchObject([
      { package: { name: 'gravel' }, standing: 'elsewhere', inSnapshot: false },
      { package: { name: 'sand' }, standing: 'unknown', versions: ['0.9.0', '1.0.4'] },
    ])
    const excepted = await audit(list, {
      files: LOCKED,
      exceptions: [exception('GHSA-2222-3333-5555')],
    })
    expect(excepted.outcome).toBe('accepted')
  })
})

describe('a package without a version', () => {
  it('is there all the same', async () => {
    const list = {
      vulns: [{ id: 'A-1', affected: [{ package: { ecosystem: 'npm', name: 'silt' } }] }],
    }
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/silt': { resolved: 'lib/silt', link: true },
        'lib/silt': {},
      },
    }
    const files = { 'package.json': '{}', 'package-lock.json': JSON.stringify(lock) }
    const found = await audit(list, { files })
    expect(found.findings).toMatchObject([{ versions: [], inSnapshot: true, standing: 'unknown' }])
  })
})

describe('selectLockfiles()', () => {
  const TWO = {
    ...LOCKED,
    'tools/package.json': '{}',
    'tools/package-lock.json': EMPTY,
    'Cargo.lock': CARGO,
  }

  it('takes the one that there is, and the ones that are named', async () => {
    const snapshot = await snapshotOf(TWO)
    const paths = (form: 'npm-audit' | 'osv-scanner', named: readonly string[]) =>
      taken(selectLockfiles(snapshot, form, named)).lockfiles.map(({ path }) => path)
    expect(paths('npm-audit', ['package-lock.json'])).toEqual(['package-lock.json'])
    expect(paths('osv-scanner', ['Cargo.lock', 'package-lock.json'])).toEqual([
      'Cargo.lock',
      'package-lock.json',
    ])
    const one = await snapshotOf({ ...LOCKED, 'Cargo.lock': CARGO })
    expect(taken(selectLockfiles(one, 'npm-audit-legacy', [])).packages).toBe(6)
  })

  it('refuses several of which none is named, none at all, and those that are not there', async () => {
    const select = async (files: Readonly<Record<string, string>>, named: readonly string[] = []) =>
      refusals(selectLockfiles(await snapshotOf(files), 'npm-audit', named))
    const code = 'snapshot/advisory-lockfile'
    expect(await select(TWO)).toEqual([code])
    expect(await select({ 'Cargo.lock': CARGO })).toEqual([code])
    expect(await select({ 'Cargo.lock': CARGO }, ['Cargo.lock'])).toEqual([code])
    expect(await select(LOCKED, ['package-lock.json', 'other.json'])).toEqual([code])
    expect(await select({})).toEqual([code])
  })
})
