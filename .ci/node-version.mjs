// Refuses a Node that can not run this checkout, before anything else is loaded.
import { readFileSync } from 'node:fs'
import process from 'node:process'

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

/**
 * Says whether a version lies in a range made of `^X.Y.Z` and `>=X.Y.Z` joined by `||`.
 * @param {string} range as written in `engines.node`
 * @param {string} version three numbers; a prerelease tag is ignored
 */
export function acceptsVersion(range, version) {
  const found = numbers(version)
  return range.split('||').some((part) => {
    const [, operator, text] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(part) ?? []
    if (text === undefined) throw new Error(`Cannot read the Node range "${range}"`)
    const least = numbers(text)
    return compare(found, least) >= 0 && (operator === '>=' || found[0] === least[0])
  })
}

function numbers(version) {
  return version.split('-', 1)[0].split('.').map(Number)
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
