// Lockfiles that are understood only with other files of the project: included requirements, the crates of a workspace.

import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Snapshot } from '../../src/snapshot/index.ts'
import { makeFolder, makeRepository, writeFiles } from '../host/git-repository.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** Beside the repository, whose state a file in it would change. */
const outside = makeTemporaryFolder('snapshots')
const beside = (name: string) => join(outside, name)

async function run(folder: string, ...args: readonly string[]) {
  const { host, output } = createTestHost(folder)
  return { exit: await runCli(['snapshot', ...args], host), ...output }
}

async function take(folder: string): Promise<Snapshot> {
  const { exit, stdout } = await run(folder, '.', '--format', 'json')
  expect(exit).toBe(0)
  return JSON.parse(stdout) as Snapshot
}

function input({ inputs }: Snapshot, path: string) {
  return inputs.find((candidate) => candidate.path === path)
}

const hash = (digit: string) => `--hash=sha256:${digit.repeat(64)}`

const REQUIREMENTS = {
  'requirements.txt': `-r deploy/base.txt\n-c deploy/limits.txt\nflask\n`,
  'deploy/base.txt': `-r crypto.txt\nidna==3.10 \\\n    ${hash('1')}\n`,
  'deploy/crypto.txt': `cffi==1.17.1 ${hash('2')}\n`,
  'deploy/limits.txt': `flask==3.0.3 ${hash('3')}\n`,
  'pyproject.toml': '[project]\nname = "app"\n',
}

const crate = (name: string, rest: string) =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${rest}`
const locked = (name: string, asked: readonly string[] = []) =>
  `[[package]]\nname = "${name}"\nversion = "0.1.0"\ndependencies = ${JSON.stringify(asked)}\n\n`
const foreign = (name: string) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "registry+https://registry.example/index"\nchecksum = "${'a'.repeat(64)}"\n\n`

const WORKSPACE = {
  'Cargo.toml':
    '[workspace]\nmembers = ["crates/*", "./app/"]\nexclude = ["crates/old"]\n[workspace.dependencies]\nlog = "1"\n',
  'Cargo.lock': `version = 4\n\n${locked('app', ['core', 'log'])}${locked('core', ['extra', 'tempfile'])}${locked('extra')}${foreign('log')}${foreign('tempfile')}`,
  'app/Cargo.toml': crate(
    'app',
    '[dependencies]\ncore = { path = "../crates/core" }\nlog = { workspace = true }\n',
  ),
  'crates/core/Cargo.toml': crate(
    'core',
    '[dependencies]\nextra = { path = "../../extra", optional = true }\n[dev-dependencies]\ntempfile = "1"\n',
  ),
  'crates/old/Cargo.toml': '{{ not TOML',
  'extra/Cargo.toml': crate('extra', ''),
}

describe('assay snapshot of a tree of requirements files', () => {
  it('locks what every included file pins, and lists each of them by its digest', async () => {
    const snapshot = await take(makeRepository(REQUIREMENTS))
    const [lockfile] = snapshot.lockfiles
    expect(lockfile?.floating).toEqual([])
    expect(lockfile?.dependencies.map(({ purl, locked }) => [purl, locked.path])).toEqual([
      ['pkg:pypi/cffi@1.17.1', 'deploy/crypto.txt'],
      ['pkg:pypi/flask@3.0.3', 'requirements.txt'],
      ['pkg:pypi/idna@3.10', 'deploy/base.txt'],
    ])
    const included = ['deploy/base.txt', 'deploy/crypto.txt', 'deploy/limits.txt']
    expect(input(snapshot, 'requirements.txt')).toMatchObject({
      pinState: 'lockfile-pinned',
      uses: included,
    })
    for (const path of included) {
      expect(input(snapshot, path)).toMatchObject({ lockedBy: 'requirements.txt' })
    }
  })

  it('floats where an included file is not there or is a link', async () => {
    const folder = makeFolder()
    const { 'deploy/base.txt': base, ...rest } = REQUIREMENTS
    writeFiles(folder, { ...rest, 'outside.txt': base })
    symlinkSync('../outside.txt', join(folder, 'deploy/base.txt'))
    const snapshot = await take(folder)
    expect(snapshot.lockfiles[0]?.floating.map(({ name }) => name)).toEqual(['deploy/base.txt'])
    expect(input(snapshot, 'requirements.txt')?.pinState).toBe('floating')
    const { stdout } = await run(folder)
    expect(stdout).toContain('requirements.txt:1 deploy/base.txt -r deploy/base.txt\n')
  })

  it('never reads behind a folder that has become a link', async () => {
    const folder = makeRepository({ ...REQUIREMENTS, 'deploy/Dockerfile': 'FROM a:1\n' })
    expect((await take(folder)).leftOut).toEqual([])
    const other = makeFolder()
    writeFiles(other, { 'base.txt': 'stolen\n', Dockerfile: 'FROM stolen\n' })
    rmSync(join(folder, 'deploy'), { recursive: true })
    symlinkSync(other, join(folder, 'deploy'))
    const snapshot = await take(folder)
    expect(JSON.stringify(snapshot)).not.toContain('stolen')
    expect(snapshot.leftOut).toEqual(['deploy/Dockerfile'])
  })
})

describe('assay snapshot of a Cargo workspace', () => {
  it('reads the manifest of each member: what only develops is told, and where each crate lies', async () => {
    const snapshot = await take(makeRepository(WORKSPACE))
    const crates = snapshot.lockfiles[0]?.dependencies ?? []
    expect(
      crates.map(({ name, dev, optional, relationship, source }) => [
        name,
        source.kind === 'workspace' ? source.path : relationship,
        dev,
        optional,
      ]),
    ).toEqual([
      ['app', 'app', false, false],
      ['core', 'crates/core', false, false],
      ['extra', 'extra', false, false],
      ['log', 'direct', false, false],
      ['tempfile', 'direct', true, false],
    ])
    expect(input(snapshot, 'Cargo.lock')?.uses).toEqual([
      'Cargo.toml',
      'app/Cargo.toml',
      'crates/core/Cargo.toml',
      'extra/Cargo.toml',
    ])
  })

  it('says nothing about development where a member is not there', async () => {
    const { 'crates/core/Cargo.toml': _, ...files } = WORKSPACE
    const [lockfile] = (await take(makeRepository(files))).lockfiles
    const tempfile = lockfile?.dependencies.find(({ name }) => name === 'tempfile')
    expect(tempfile).toMatchObject({ dev: false, relationship: 'direct' })
  })
})

describe('assay snapshot of a folder with an odd file', () => {
  it('says what was not understood, and takes the snapshot', async () => {
    const folder = makeRepository({
      'Dockerfile.part': 'RUN x\n',
      'compose.notes.yaml': 'title: notes\n',
      Dockerfile: `FROM a@sha256:${'a'.repeat(64)}\n`,
    })
    const { exit, stdout } = await run(folder)
    expect(exit).toBe(0)
    expect(stdout).toContain('Dockerfile.part  floating\n')
    expect(stdout).toContain(
      'Dockerfile.part: not understood. Cannot read "Dockerfile.part": expected the instructions of a container file',
    )
    expect(stdout).toContain('compose.notes.yaml: not understood. ')
    const bom = await run(folder, '.', '--format', 'cyclonedx')
    expect(bom.stdout).toContain('"assay:unreadable"')
  })

  it('is a difference that must not pass, where the file was understood before', async () => {
    const folder = makeRepository({ Dockerfile: `FROM a@sha256:${'a'.repeat(64)}\n` })
    await run(folder, '--out', beside('a.json'))
    writeFiles(folder, { Dockerfile: 'nothing\n' })
    await run(folder, '--out', beside('b.json'))
    const diff = await run(folder, 'diff', beside('a.json'), beside('b.json'))
    expect(diff.exit).toBe(1)
    expect(diff.stdout).toMatch(/^FAILURE newly-floating {2}Dockerfile/)
    expect(await run(folder, 'diff', beside('a.json'), beside('a.json'))).toMatchObject({ exit: 0 })
  })
})
