// Packs this checkout as `npm publish` would, and has publint and attw look at the result.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, toolPath } from './checkout.ts'
import { packCheckout } from './pack.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-packaging-'))
try {
  const tarball = packCheckout(folder)
  const publint = run([toolPath('publint'), 'run', '--strict', tarball])
  const attw = run([toolPath('attw'), '--profile', 'esm-only', tarball])
  if (!publint || !attw) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(args: readonly string[]): boolean {
  return (
    spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
      .status === 0
  )
}
