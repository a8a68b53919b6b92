// How long a snapshot of a project with 10,000 locked packages takes and how much memory, in a process of its own, beside
// JSON.parse of the same lockfile and beside npm's own reading of it (@npmcli/arborist).

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProgram } from '../.ci/build/program.ts'
import { ROOT } from '../.ci/checkout.ts'

const PACKAGES = 10_000
const ROUNDS = 3
const SECONDS_MAX = 1.5
const MEBIBYTES_MAX = 250

/** Builds the program anew, outside of the checkout, makes the project, measures, and throws above a limit. */
export async function run(): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'assay-snapshot-'))
  try {
    copyFileSync(join(ROOT, 'package.json'), join(place, 'package.json'))
    cpSync(join(ROOT, 'policies'), join(place, 'policies'), { recursive: true })
    await buildProgram(join(place, 'dist/cli'))
    const folder = join(place, 'project')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{"name":"app","dependencies":{"p0":"1.0.0"}}')
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile(), null, 2))
    const assay = measure([join(place, 'dist/cli/main.cjs'), 'snapshot', folder, '--out'], folder)
    const parse = measure(['-e', PARSE], folder)
    const arborist = measure(['-e', ARBORIST], folder)
    const bare = measure(['-e', '0'], folder)
    const pnpmFolder = join(place, 'pnpm')
    mkdirSync(pnpmFolder)
    copyFileSync(join(folder, 'package.json'), join(pnpmFolder, 'package.json'))
    writeFileSync(join(pnpmFolder, 'pnpm-lock.yaml'), pnpmLockfile())
    const program = join(place, 'dist/cli/main.cjs')
    const pnpm = measure([program, 'snapshot', pnpmFolder, '--out'], pnpmFolder)
    print('assay snapshot --out', assay)
    print('assay snapshot --out of a pnpm lockfile', pnpm)
    print('JSON.parse', parse)
    print('@npmcli/arborist loadVirtual', arborist)
    print('node -e 0', bare)
    report('seconds of the limit', assay.seconds / SECONDS_MAX, 1)
    report('memory of the limit', assay.mebibytes / MEBIBYTES_MAX, 1)
    report('seconds of the limit, pnpm', pnpm.seconds / SECONDS_MAX, 1)
    report('memory of the limit, pnpm', pnpm.mebibytes / MEBIBYTES_MAX, 1)
    report('seconds of arborist', assay.seconds / arborist.seconds)
    report('seconds of JSON.parse', assay.seconds / parse.seconds)
  } finally {
    rmSync(place, { recursive: true })
  }
}

const PARSE = `JSON.parse(require('fs').readFileSync('package-lock.json', 'utf8'))`
const ARBORIST = `
const Arborist = require(${JSON.stringify(join(ROOT, 'node_modules/@npmcli/arborist'))})
new Arborist({ path: process.cwd() }).loadVirtual()`

/** A lockfile of version 3: every package asks for up to three others. */
function lockfile(): unknown {
  const packages: Record<string, unknown> = {
    '': { name: 'app', dependencies: { p0: '1.0.0' } },
  }
  for (let index = 0; index < PACKAGES; index++) {
    const asked = askedBy(index)
    packages[`node_modules/p${index}`] = {
      version: '1.0.0',
      resolved: `https://registry.example/p${index}/-/p${index}-1.0.0.tgz`,
      integrity: integrityOf(index),
      license: 'MIT',
      engines: { node: '>=18' },
      dependencies: Object.fromEntries(asked.map((other) => [`p${other}`, '^1.0.0'])),
    }
  }
  return { name: 'app', lockfileVersion: 3, requires: true, packages }
}

/** The same packages as pnpm writes them. */
function pnpmLockfile(): string {
  const indexes = Array.from({ length: PACKAGES }, (_, index) => index)
  const packages = indexes.map((index) => {
    const resolution = `    resolution: {integrity: ${integrityOf(index)}}`
    return `  p${index}@1.0.0:\n${resolution}\n    engines: {node: '>=18'}\n`
  })
  const snapshots = indexes.map((index) => {
    const asked = askedBy(index).map((other) => `      p${other}: 1.0.0\n`)
    if (asked.length === 0) return `  p${index}@1.0.0: {}\n`
    return `  p${index}@1.0.0:\n    dependencies:\n${asked.join('')}`
  })
  const importer = '  .:\n    dependencies:\n      p0: {specifier: 1.0.0, version: 1.0.0}\n'
  return [
    "lockfileVersion: '9.0'\n",
    `importers:\n\n${importer}`,
    `packages:\n\n${packages.join('\n')}`,
    `snapshots:\n\n${snapshots.join('\n')}`,
  ].join('\n')
}

/** Up to three others; each once. */
function askedBy(index: number): number[] {
  const others = new Set([index + 1, index * 2 + 1, index * 3 + 1])
  return [...others].filter((other) => other < PACKAGES)
}

function integrityOf(index: number): string {
  return `sha512-${createHash('sha512').update(`${index}`).digest('base64')}`
}

interface Cost {
  readonly seconds: number
  /** Peak of the resident set. */
  readonly mebibytes: number
}

/** The best time and the highest peak of some runs, each a fresh process. */
function measure(args: readonly string[], folder: string): Cost {
  const preload = join(ROOT, 'bench/peak-memory.ts')
  const out = args.at(-1) === '--out' ? [join(folder, 'snapshot.json')] : []
  const costs = Array.from({ length: ROUNDS }, (): Cost => {
    const started = performance.now()
    const ended = spawnSync(process.execPath, ['--import', preload, ...args, ...out], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_COMPILE_CACHE: '', ASSAY_BENCH_PEAK: 'tell' },
    })
    const peak = /PEAK (?<kibibytes>\d+)$/.exec(ended.stderr)?.groups?.['kibibytes']
    if (ended.status !== 0 || peak === undefined) throw new Error(ended.stderr)
    return { seconds: (performance.now() - started) / 1_000, mebibytes: Number(peak) / 1_024 }
  })
  return {
    seconds: Math.min(...costs.map(({ seconds }) => seconds)),
    mebibytes: Math.max(...costs.map(({ mebibytes }) => mebibytes)),
  }
}

function print(name: string, { seconds, mebibytes }: Cost): void {
  process.stdout.write(`${name}: ${seconds.toFixed(2)} s, ${mebibytes.toFixed(0)} MiB\n`)
}

/** Prints a ratio; throws when it is above what is allowed. */
function report(name: string, ratio: number, max?: number): void {
  const allowed = max === undefined ? '' : ` (at most ${max})`
  process.stdout.write(`ratio to ${name}: ${ratio.toFixed(2)}${allowed}\n`)
  if (max !== undefined && ratio > max) throw new Error(`Expected ${name} at most ${max}`)
}
