import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { git, makeFolder, makeRepository, writeFiles } from '../host/git-repository.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'
import { FILES, PACKAGE_LOCK } from '../snapshot/project.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** Beside the repository, whose state a file in it would change. */
const outside = makeTemporaryFolder('snapshots')
const beside = (name: string) => join(outside, name)

let folder: string

async function run(...args: readonly string[]) {
  const { host, output } = createTestHost(folder)
  return { exit: await runCli(args, host), ...output }
}

beforeEach(() => {
  folder = makeRepository(FILES)
})

describe('assay snapshot', () => {
  it('writes JSON with --out, and shows a person what it found', async () => {
    const taken = await run('snapshot', '--out', beside('snapshot.json'))
    expect(taken).toMatchObject({ exit: 0, stderr: `Wrote "${beside('snapshot.json')}"\n` })
    expect(taken.stdout).toContain('clean: every file is as the commit has it')
    expect(taken.stdout).toContain('Locked   3 packages in 1 lockfile\n')
    expect(taken.stdout).toContain('.env.signer.example (signer)  versioned\n')
    expect(taken.stdout).toContain('tools/package.json: a manifest without a lockfile\n')
    expect(taken.stdout).toContain('Left out\n  test/fixtures/package.json\n')
    const written = readFileSync(beside('snapshot.json'), 'utf8')
    const shown = await run('snapshot', '.', '--format', 'json')
    expect(shown.stdout).toBe(written)
    expect(JSON.parse(written)).toMatchObject({
      schema: 'assay/snapshot/v1',
      source: { state: 'clean', commit: git(folder, 'rev-parse', 'HEAD') },
    })
  })

  it('writes CycloneDX, the same to a file and to standard output', async () => {
    const shown = await run('snapshot', '.', '--format', 'cyclonedx')
    expect(JSON.parse(shown.stdout)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' })
    await run('snapshot', '.', '--format=cyclonedx', '--out', beside('bom.json'))
    expect(readFileSync(beside('bom.json'), 'utf8')).toBe(shown.stdout)
  })

  it('shows what a terminal acts on as escapes, and writes it to a file as it is', async () => {
    const version = '2.1.3\u009b31m\u202e'
    const lock = JSON.stringify(PACKAGE_LOCK).replace('2.1.3"', `${version}"`)
    writeFiles(folder, { 'package-lock.json': lock })
    for (const format of ['text', 'json', 'cyclonedx']) {
      const { exit, stdout, stderr } = await run('snapshot', '.', '--format', format)
      expect([exit, stdout + stderr]).toEqual([0, expect.not.stringMatching(/[^\P{C}\n]/u)])
    }
    const shown = await run('snapshot', '.', '--format', 'cyclonedx')
    await run('snapshot', '.', '--format=cyclonedx', '--out', beside('bom.json'))
    const written = readFileSync(beside('bom.json'), 'utf8')
    expect(written).toContain(version)
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(written))
  })

  it('leaves out what --exclude names, and lists it', async () => {
    const { stdout } = await run('snapshot', '--exclude', 'tools/**', '--format', 'json')
    const { inputs, leftOut } = JSON.parse(stdout) as {
      inputs: readonly { path: string }[]
      leftOut: readonly string[]
    }
    expect(inputs.map(({ path }) => path)).not.toContain('tools/package.json')
    expect(leftOut).toEqual(['test/fixtures/package.json', 'tools/package.json'])
  })

  it('takes another baseline, and tells where it is wrong', async () => {
    const shipped = join(import.meta.dirname, '../../policies/provenance-baseline.yaml')
    const text = readFileSync(shipped, 'utf8')
    writeFiles(folder, { 'own.yaml': text, 'bad.yaml': `${text}\nmore: 1\n` })
    expect((await run('snapshot', '--baseline', 'own.yaml')).exit).toBe(0)
    const refused = await run('snapshot', '--baseline', 'bad.yaml')
    expect(refused.exit).toBe(2)
    expect(refused.stderr).toMatch(
      /found "more" \("bad.yaml", line \d+, column 1\) \[snapshot\/baseline\]/,
    )
  })

  it('ends with 2 for a folder that is not there or a lockfile of an unknown version', async () => {
    expect(await run('snapshot', 'none')).toMatchObject({
      exit: 2,
      stderr: `error: Cannot read "${join(folder, 'none')}": no such file or folder [host/file-missing]\n`,
    })
    writeFiles(folder, { 'package-lock.json': '{"lockfileVersion": 9, "packages": {}}' })
    const unknown = await run('snapshot', '--format', 'json')
    expect(unknown.exit).toBe(2)
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      schema: 'assay/problems/v1',
      problems: [{ code: 'snapshot/lockfile-version' }],
    })
  })

  it('shows how far it is, and takes that away at the end, also where it refuses', async () => {
    const { host } = createTestHost(folder)
    const shown: string[] = []
    const startProgress: typeof host.startProgress = (label) => ({
      report: (done) => shown.push(`${label}: ${done}`),
      end: () => shown.push('end'),
    })
    expect(await runCli(['snapshot'], { ...host, startProgress })).toBe(0)
    expect(shown[0]).toBe('Taking a snapshot: 15 files listed, comparing them with the commit')
    expect(shown).toContain('Taking a snapshot: 15 files listed, 14 read')
    expect(shown.at(-1)).toBe('end')
    shown.length = 0
    writeFileSync(join(folder, 'package-lock.json'), '[')
    expect(await runCli(['snapshot'], { ...host, startProgress })).toBe(2)
    expect(shown.indexOf('end')).toBe(shown.length - 1)
  })

  it('says that there is no source outside a checkout', async () => {
    folder = makeFolder()
    writeFiles(folder, FILES)
    const { stdout } = await run('snapshot')
    expect(stdout).toMatch(/^Source {3}absent: it is not a git checkout\n/)
  })

  it('ends with 3 whichever effect fails, and leaves no half-written file', async () => {
    for (let failing = 1; ; failing++) {
      const { host } = createTestHost(folder)
      const failed = failNthCall(host, failing)
      const exit = await runCli(['snapshot', '--out', 'dist.json'], failed.host)
      if (failed.calls() < failing) break
      expect(exit).toBe(3)
    }
    expect(JSON.parse(readFileSync(join(folder, 'dist.json'), 'utf8'))).toHaveProperty('schema')
  })
})

describe('assay snapshot diff', () => {
  async function take(name: string, format = 'json'): Promise<void> {
    await run('snapshot', '--out', beside(name), '--format', format)
  }

  function lock(change: (ms: Record<string, string>) => void): void {
    const copy = structuredClone(PACKAGE_LOCK)
    change(copy.packages['node_modules/ms'])
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(copy, null, 2))
  }

  const integrity = `sha512-${Buffer.alloc(64, 9).toString('base64')}`

  it.each(['json', 'cyclonedx'])(
    'fails when a digest changes and no version does (%s)',
    async (f) => {
      await take('a.json', f)
      lock((ms) => Object.assign(ms, { integrity }))
      await take('b.json')
      const diff = await run('snapshot', 'diff', beside('a.json'), beside('b.json'))
      expect(diff.exit).toBe(1)
      expect(diff.stdout).toMatch(
        /^FAILURE integrity-changed {2}package-lock.json: npm ms@2.1.3 {2}sha512:01/,
      )
      expect(diff.stdout).toMatch(/2 differences, 1 of them must not pass\n$/)
      const document = await run(
        'snapshot',
        'diff',
        beside('a.json'),
        beside('b.json'),
        '--format',
        'json',
      )
      expect(JSON.parse(document.stdout)).toMatchObject({
        schema: 'assay/snapshot-difference/v1',
        outcome: 'rejected',
        failures: [{ kind: 'integrity-changed', place: 'package-lock.json', name: 'npm ms@2.1.3' }],
        information: [{ kind: 'input-changed', place: 'package-lock.json' }],
      })
    },
  )

  it('accepts a new version with a new digest', async () => {
    await take('a.json')
    lock((ms) => Object.assign(ms, { integrity, version: '2.1.4' }))
    await take('b.json', 'cyclonedx')
    const diff = await run('snapshot', 'diff', beside('a.json'), beside('b.json'))
    expect(diff).toMatchObject({ exit: 0 })
    expect(diff.stdout).toContain('version-changed  package-lock.json: npm ms  2.1.3 -> 2.1.4\n')
    expect(await run('snapshot', 'diff', beside('a.json'), beside('a.json'))).toMatchObject({
      exit: 0,
      stdout: 'No difference\n',
    })
  })

  it('ends with 2 for a document that is no snapshot', async () => {
    await take('a.json')
    const diff = await run('snapshot', 'diff', beside('a.json'), 'package.json')
    expect(diff.exit).toBe(2)
    expect(diff.stderr).toMatch(/\[snapshot\/document\]/)
  })
})
