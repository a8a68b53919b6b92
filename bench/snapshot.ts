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
    print('assay snapshot --out', assay)
    print('JSON.parse', parse)
    print('@npmcli/arborist loadVirtual', arborist)
    print('node -e 0', bare)
    report('seconds of the limit', assay.seconds / SECONDS_MAX, 1)
    report('memory of the limit', assay.mebibytes / MEBIBYTES_MAX, 1)
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
    const asked = [index + 1, index * 2 + 1, index * 3 + 1].filter((other) => other < PACKAGES)
    packages[`node_modules/p${index}`] = {
      version: '1.0.0',
      resolved: `https://registry.example/p${index}/-/p${index}-1.0.0.tgz`,
      integrity: `sha512-${createHash('sha512').update(`${index}`).digest('base64')}`,
      license: 'MIT',
      engines: { node: '>=18' },
      dependencies: Object.fromEntries(asked.map((other) => [`p${other}`, '^1.0.0'])),
    }
  }
  return { name: 'app', lockfileVersion: 3, requires: true, packages }
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
