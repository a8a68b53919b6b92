import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { writeFiles } from '../host/git-repository.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'
import { exception, fixture, registry } from '../snapshot/advisories/reading.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const IDS = ['GHSA-2222-3333-4444', 'GHSA-2222-3333-5555']
const ABOUT = ['--commit', 'c27d339ee6075c1f744c5d4b200f7901aad2c369', '--dry-run']
const AUDIT = ['snapshot', 'audit', '--exceptions', 'exceptions.json', '--advisories']
const FILES = {
  'exceptions.json': registry(...IDS.map((id) => exception(id))),
  'high.json': fixture('npm-audit-moderate.json'),
  'all.json': fixture('npm-audit.json'),
  'list.json': fixture('osv-list.json'),
  'web/package.json': '{}',
  'web/package-lock.json': fixture('package-lock.json'),
}

let folder: string

async function run(...args: readonly string[]) {
  const { host, output } = createTestHost(folder)
  return { exit: await runCli(args, host), ...output }
}

beforeEach(() => {
  folder = makeTemporaryFolder('snapshot-audit')
  writeFiles(folder, FILES)
})

describe('assay snapshot audit', () => {
  it('writes the document that it prints, and names the snapshot in it', async () => {
    await run('snapshot', 'web', '--out', 'snapshot.json')
    const held = ['--snapshot', 'snapshot.json', '--out', 'audit.json', '--format', 'json']
    const { exit, stdout } = await run(...AUDIT, 'high.json', ...held)
    expect(exit).toBe(0)
    expect(stdout).toBe(readFileSync(join(folder, 'audit.json'), 'utf8'))
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'assay/advisory-audit/v1',
      outcome: 'accepted',
      snapshot: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
  })

  it('tells of another lockfile, of ranges, and of what was withdrawn', async () => {
    writeFiles(folder, { 'web/package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}' })
    await run('snapshot', 'web', '--out', 'empty.json')
    const scan = await run(...AUDIT, 'high.json', '--snapshot', 'empty.json')
    expect(scan).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('make the report again'),
    })
    const list = await run(...AUDIT, 'list.json', '--snapshot', 'empty.json')
    expect(list).toMatchObject({ exit: 0, stdout: expect.stringContaining('Withdrawn by') })
    expect(list.stdout).not.toContain('make the report again')
    const ranged = exception(IDS[0] ?? '', { affected: '<9' })
    writeFiles(folder, { 'exceptions.json': registry(ranged) })
    const other = await run(...AUDIT, 'high.json')
    expect(other.stdout).toContain('an exception for it is for another range: <9')
  })

  it('tells of a rating that it does not understand, which its owner can not replace', async () => {
    const score = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H'
    const affected = [{ package: { ecosystem: 'npm', name: 'sand' } }]
    const listed = (more: object) => JSON.stringify([{ id: 'OSV-1', affected, ...more }])
    writeFiles(folder, {
      'exceptions.json': registry(exception('OSV-1', { severity: 'moderate' })),
      'v4.json': listed({ severity: [{ type: 'CVSS_V4', score }] }),
      'plain.json': listed({}),
    })
    const rated = await run(...AUDIT, 'v4.json')
    expect(rated).toMatchObject({ exit: 1, stdout: expect.stringContaining(`rated ${score}`) })
    expect(rated.stdout).toContain('in a way that is not understood here')
    expect((await run(...AUDIT, 'plain.json')).exit).toBe(0)
  })

  it('tells that a report looked at nothing, and that there is no advisory', async () => {
    await run('snapshot', 'web', '--out', 'snapshot.json')
    const none = fixture('npm-audit-none.json')
    writeFiles(folder, {
      'none.json': none,
      'blind.json': none.replace('"total": 6', '"total": 0'),
    })
    const blind = await run(...AUDIT, 'blind.json', '--snapshot', 'snapshot.json')
    expect(blind).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('looked at no package'),
    })
    const good = await run(...AUDIT, 'none.json', '--snapshot', 'snapshot.json')
    expect(good).toMatchObject({ exit: 0, stdout: expect.stringMatching(/\nNo advisories\n$/) })
  })

  it('ends with 2 for a snapshot that is none, or a report that lacks', async () => {
    expect((await run(...AUDIT, 'high.json', '--snapshot', 'list.json')).exit).toBe(2)
    expect((await run(...AUDIT, 'absent.json')).stderr).toContain('[host/file-missing]')
    expect((await run('snapshot', 'audit', '--advisories', 'high.json')).exit).toBe(2)
  })

  it('ends with 3 whichever effect fails, and leaves no half-written file', async () => {
    await run('snapshot', 'web', '--out', 'snapshot.json')
    const args = [...AUDIT, 'high.json', '--snapshot', 'snapshot.json', '--out', 'audit.json']
    let failing = 1
    for (; ; failing++) {
      const { host } = createTestHost(folder)
      const failed = failNthCall(host, failing)
      const exit = await runCli(args, failed.host)
      if (failed.calls() < failing) break
      expect(exit).toBe(3)
      // What fails behind the writing has written it whole.
      const left = readdirSync(folder).filter((name) => name.includes('audit'))
      for (const name of left) JSON.parse(readFileSync(join(folder, name), 'utf8'))
    }
    expect(failing).toBeGreaterThan(4)
    expect(readdirSync(folder)).toContain('audit.json')
  })
})

describe('assay record test-result --from an audit', () => {
  const record = async (...args: readonly string[]) => {
    const said = await run('record', 'test-result', ...ABOUT, ...args, '--format', 'json')
    const document = JSON.parse(said.stdout) as { statement: { predicate: object } }
    return { ...said, document }
  }

  it('names the registry of exceptions, and beside it what the options name', async () => {
    await run(...AUDIT, 'high.json', '--out', 'audit.json')
    const alone = await record('--from', 'audit.json')
    expect(alone.exit).toBe(0)
    expect(alone.document.statement.predicate).toMatchObject({
      result: 'WARNED',
      configuration: [{ name: 'advisory-exceptions' }],
    })
    const more = await record('--from', 'audit.json', '--digest-of', 'configuration=high.json')
    expect(more.document.statement.predicate).toMatchObject({
      configuration: [{ name: 'advisory-exceptions' }, { name: 'high.json' }],
    })
  })

  it('records what is not accepted all the same, and ends with 1', async () => {
    await run(...AUDIT, 'all.json', '--out', 'audit.json')
    const { exit, document } = await record('--from', 'audit.json')
    expect(exit).toBe(1)
    expect(document.statement.predicate).toMatchObject({ result: 'FAILED' })
  })

  it('holds exceptions against the time of the record, not against that of the audit', async () => {
    writeFiles(folder, {
      'exceptions.json': registry(
        ...IDS.map((id) => exception(id, { expires: '2026-04-01T00:00:00Z' })),
      ),
    })
    const early = await run(
      ...AUDIT,
      'high.json',
      '--at',
      '2026-03-01T00:00:00Z',
      '--out',
      'audit.json',
    )
    expect(early.exit).toBe(0)
    const { exit, document } = await record('--from', 'audit.json')
    expect(exit).toBe(1)
    expect(JSON.stringify(document)).toContain('GHSA-2222-3333-4444 in pkg:npm/sand: expired')
  })
})
