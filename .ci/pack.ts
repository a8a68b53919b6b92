// `npm pack` of this checkout, with `dist/` built anew before (`prepack`).

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.ts'

/** Holds the id of the process that packs. */
const LOCK = join(ROOT, 'node_modules/.assay-pack')
const WAIT_MS = 100

/**
 * Packs into an empty folder outside of the checkout.
 *
 * @returns the path of the tarball
 */
export function packCheckout(folder: string): string {
  const run = alone(() =>
    spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (run.status !== 0 || tarball === undefined) {
    throw new Error(`npm pack failed: ${run.stdout}${run.stderr}`)
  }
  return join(folder, tarball)
}

/** Two at once, such as two tests, would take `dist/` from each other. */
function alone<T>(work: () => T): T {
  while (!takeLock()) {
    if (isLeftBehind()) rmSync(LOCK, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS)
  }
  try {
    return work()
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function takeLock(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** By a process that was killed. */
function isLeftBehind(): boolean {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
