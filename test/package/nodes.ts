// Other versions of Node, from their platform packages, in a cache folder outside of the repository.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const VERSIONS = ['22.23.3', '24.21.0', '26.10.0'] as const

export interface OtherNode {
  readonly version: string
  /** The executable; undefined, said loudly, where it could not be had. */
  readonly program: string | undefined
}

/** The oldest line that is supported, the one of this checkout, and the newest. */
export function findNodes(): readonly OtherNode[] {
  return VERSIONS.map((version) => {
    const program = findNode(version)
    if (program === undefined) {
      process.stderr.write(
        `\nNOT RUN: Node ${version}, because its package could not be installed\n`,
      )
    }
    return { version, program }
  })
}

function findNode(version: string): string | undefined {
  const name = `node-${process.platform}-${process.arch}`
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'assay-test-nodes')
  const folder = join(cache, `${name}-${version}`)
  const program = join(folder, 'node_modules', name, 'bin/node')
  if (!existsSync(program)) install(cache, folder, `${name}@${version}`)
  return works(program) ? program : undefined
}

/** Installs beside its place and moves it there whole, so that a broken-off install is no install. */
function install(cache: string, folder: string, name: string): void {
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  try {
    writeFileSync(join(draft, 'package.json'), '{}')
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', name], {
      cwd: draft,
    })
    if (status === 0 && !existsSync(folder)) renameSync(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function works(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}
