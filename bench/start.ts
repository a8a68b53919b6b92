// How long the built program takes to start, beside `node -e 0`: what nothing costs, and what one verification costs.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProgram } from '../.ci/build/program.ts'
import { ROOT } from '../.ci/checkout.ts'

const ROUNDS = 41
const RATIO_MAX = { version: 1.3, verify: 2 }

/** Builds the program anew, outside of the checkout, and measures it. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-start-'))
  try {
    // The kind of module is looked up in package.json, as in an installed package.
    copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
    await buildProgram(join(folder, 'dist/cli'))
    prepareRelease(folder)
    const [bare, version, verify] = measure(folder, [
      ['-e', '0'],
      ['dist/cli/main.cjs', '--version'],
      ['dist/cli/main.cjs', ...VERIFY],
    ]) as [number, number, number]
    report('assay --version', version / bare, RATIO_MAX.version)
    report('assay verify', verify / bare, RATIO_MAX.verify)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Of the empty string. */
const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const VERIFY = ['verify', 'release.sigstore.json', '--digest', DIGEST, '--trust', 'trust.json']

/** A bundle signed with a key, as `assay attest` makes it. */
function prepareRelease(folder: string): void {
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'predicate.json'), '{}')
  mkdirSync(join(folder, 'set'))
  const key = ['--out', 'release', '--unsafe-unencrypted']
  const add = ['release.pub.pem', '--name', 'release', '--role', 'release']
  const statement = ['https://example.org/started/v1', '--predicate', 'predicate.json']
  const signed = ['--key', 'release.key.pem', '--out', 'release.sigstore.json']
  for (const args of [
    ['key', 'generate', ...key],
    ['trust', 'init', '--out', 'trust.json'],
    ['trust', 'add-key', ...add],
    ['attest', ...statement, '--artifact', 'empty', ...signed],
  ]) {
    start(folder, ['dist/cli/main.cjs', ...args])
  }
}

/** Medians in milliseconds, of runs that took turns. */
function measure(folder: string, commands: readonly (readonly string[])[]): number[] {
  const times = commands.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, args] of commands.entries()) {
      const begun = performance.now()
      start(folder, args)
      times[index]?.push(performance.now() - begun)
    }
  }
  return times.map((each) => each.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN)
}

function start(cwd: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
}

function report(name: string, ratio: number, max: number): void {
  process.stdout.write(`${name}: ${ratio.toFixed(2)} times node -e 0 (at most ${max})\n`)
  if (!(ratio <= max)) process.exitCode = 1
}
