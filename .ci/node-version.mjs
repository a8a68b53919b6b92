// Refuses a Node that can not run this checkout, before anything else is loaded.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { acceptsVersion } from './node-range.mjs'

/** Ends the process with exit code 3 when this Node is outside `engines` of package.json. */
export function guardNode() {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const expected = manifest.engines.node
  if (acceptsVersion(expected, process.versions.node)) return
  process.stderr.write(
    `error: Expected Node ${expected}, found ${process.versions.node} at "${process.execPath}"\n\n` +
      'hint: On Linux (glibc, x64 or arm64) `npm ci` brings its own Node, and `npm run …` uses it;\n' +
      '      elsewhere install Node 24.15 or newer (nodejs.org), and run the command again\n',
  )
  process.exit(3)
}
