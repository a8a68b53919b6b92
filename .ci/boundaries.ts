// `node .ci/boundaries.ts [DIR]`: the order of the modules and the doors of the dependencies (.dependency-cruiser.mjs).
// dependency-cruiser passes in silence when it can not read TypeScript, so what it saw is counted here.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT, toolPath } from './checkout.ts'

interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

const folder = resolve(process.argv[2] ?? ROOT)
const complaints = judgeCruise(cruise(folder), listSources(folder))
for (const complaint of complaints) process.stderr.write(`error: ${complaint}\n`)
if (complaints.length > 0) process.exitCode = 1

function cruise(cwd: string): Cruise {
  const config = join(ROOT, '.dependency-cruiser.mjs')
  const run = spawnSync(
    process.execPath,
    [toolPath('depcruise'), '--config', config, '--output-type', 'json', 'src'],
    { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (run.stdout === '') throw new Error(`dependency-cruiser gave no answer: ${run.stderr}`)
  return JSON.parse(run.stdout) as Cruise
}

function judgeCruise({ modules, summary }: Cruise, sources: readonly string[]): string[] {
  const seen = new Set(modules.map((module) => module.source))
  const unseen = sources.filter((source) => !seen.has(source))
  process.stdout.write(`${sources.length - unseen.length} of ${sources.length} files looked at\n`)
  return [
    ...(sources.length === 0 ? ['Expected files to look at in src, found none'] : []),
    ...unseen.map((source) => `Expected every file to be looked at, found ${source} left out`),
    ...summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} imports ${to}`),
  ]
}

function listSources(cwd: string): string[] {
  return readdirSync(join(cwd, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`)
}
