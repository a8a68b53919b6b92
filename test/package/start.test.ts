// What a start of `assay verify` loads. How long it takes is for the benchmarks; a file or a module too many shows here.

import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../.ci/build/program.ts'
import { ROOT } from '../../.ci/checkout.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** Loaded before the program: notes what any file asks for, in the file that the environment names. */
const TRACER = `const loader = require('node:module')
const { appendFileSync } = require('node:fs')
const load = loader._load
loader._load = function (name, ...rest) {
  appendFileSync(process.env.LOADED, name + '\\n')
  return load.call(this, name, ...rest)
}
`

/** All that is loaded for the verdict about an artifact at hand. */
const START = ['./program.cjs', 'node:crypto', 'node:fs', 'node:path', 'node:util']

/** Modules of Node that read the files of a folder. */
const OF_FOLDERS = ['node:buffer', 'node:os', 'node:timers/promises']

/** Files of the program for other questions, most of them with libraries. */
const SELDOM = ['archive', 'certified', 'globs', 'seldom', 'threads'].map((name) => `./${name}.cjs`)

/** As `assay attest provenance` writes it. */
const PROVENANCE = {
  buildDefinition: {
    buildType: 'urn:assay:build-type:local:v1',
    externalParameters: {},
    internalParameters: { platform: 'linux/x64', assay_source: { state: 'absent' } },
    resolvedDependencies: [
      {
        name: 'snapshot.json',
        digest: { sha256: 'a'.repeat(64) },
        mediaType: 'application/json',
      },
    ],
  },
  runDetails: { builder: { id: 'urn:assay:builder:local:v1', version: { assay: '0.1.0' } } },
}

let folder: string

beforeAll(async () => {
  folder = makeTemporaryFolder('start')
  // The kind of module is looked up in package.json, as in an installed package.
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await buildProgram(join(folder, 'dist/cli'))
  writeFileSync(join(folder, 'tracer.cjs'), TRACER)
  mkdirSync(join(folder, 'set'))
  writeFileSync(join(folder, 'set/app.js'), 'export {}\n')
  run('key', 'generate', '--out', 'release', '--unsafe-unencrypted')
  run('trust', 'init', '--out', 'trust.json')
  run('trust', 'add-key', 'release.pub.pem', '--name', 'release', '--role', 'release')
  attest('plain', 'https://example.org/started/v1', {})
  attest('provenance', 'https://slsa.dev/provenance/v1', PROVENANCE)
}, 60_000)

describe('a start of assay verify', () => {
  it('reads one file, and loads few modules of Node', () => {
    const artifact = ['--artifact', 'set/app.js']
    expect(loadedToVerify('plain', ...artifact)).toEqual(START)
    expect(loadedToVerify('plain', ...artifact, '--format', 'json')).toEqual(START)
  })

  it.each(['plain', 'provenance'])('loads no library for a folder and a %s statement', (name) => {
    const loaded = loadedToVerify(name, '--set', 'set')
    expect(loaded).toEqual(expect.arrayContaining(START))
    expect(loaded.filter((one) => SELDOM.includes(one))).toEqual([])
    expect(loaded.filter((one) => !one.startsWith('./') && !START.includes(one))).toEqual(
      OF_FOLDERS,
    )
  })

  it('loads a library where one is needed, and this test would see it', () => {
    expect(loadedToVerify('plain', '--set', 'set', '--exclude', '*.map')).toContain('./globs.cjs')
  })

  // Files of the program that need each other in a circle may find parts of each other missing, of which Node warns.
  it.each(COMMANDS.map(({ name }) => name))('loads assay %s without a warning', (name) => {
    const main = join(folder, 'dist/cli/main.cjs')
    const run = spawnSync(process.execPath, [main, name, '--help'], { encoding: 'utf8' })
    expect(run).toMatchObject({ status: 0, stderr: '' })
  })

  it('says in the words of the house what was wrong with a command line', () => {
    const main = join(folder, 'dist/cli/main.cjs')
    const run = spawnSync(process.execPath, [main, 'verify', 'a.json'], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('error: Expected a value for --trust, found none [cli/usage]')
    expect(run.stderr).toContain('hint: Nobody is trusted by default: assay trust init')
  })

  it('reads a text whose characters are one byte each', () => {
    const program = readFileSync(join(folder, 'dist/cli/program.cjs'))
    expect(program.every((byte) => byte < 0x80)).toBe(true)
  })
})

function attest(name: string, type: string, predicate: object): void {
  const [said, bundle] = [`${name}.predicate.json`, `${name}.sigstore.json`]
  writeFileSync(join(folder, said), JSON.stringify(predicate))
  const signed = ['--set', 'set', '--key', 'release.key.pem', '--out', bundle]
  run('attest', type, '--predicate', said, ...signed)
}

/** What an accepted verification asks for, each once. */
function loadedToVerify(name: string, ...options: readonly string[]): readonly string[] {
  const log = join(folder, 'loaded.txt')
  writeFileSync(log, '')
  run('verify', `${name}.sigstore.json`, ...options, '--trust', 'trust.json')
  const [, ...loaded] = readFileSync(log, 'utf8').trimEnd().split('\n')
  return [...new Set(loaded)].toSorted()
}

function run(...args: readonly string[]): void {
  const main = join(folder, 'dist/cli/main.cjs')
  execFileSync(process.execPath, ['--require', './tracer.cjs', main, ...args], {
    cwd: folder,
    env: { ...process.env, LOADED: join(folder, 'loaded.txt') },
    stdio: 'pipe',
  })
}
