// Where this checkout is, and how its scripts start the tools that it pins.

import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds `package.json`. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** The program of an installed tool, to be run by this very Node: `spawn(process.execPath, [toolPath('tsc')])`. */
export function toolPath(name: string): string {
  return realpathSync(join(ROOT, 'node_modules/.bin', name))
}
