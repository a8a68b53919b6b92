// `npm pack` of this checkout, with `dist/` built anew before (`prepack`).

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.ts'

/**
 * Packs into an empty folder outside of the checkout.
 *
 * @returns the path of the tarball
 */
export function packCheckout(folder: string): string {
  const run = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (run.status !== 0 || tarball === undefined) {
    throw new Error(`npm pack failed: ${run.stdout}${run.stderr}`)
  }
  return join(folder, tarball)
}
