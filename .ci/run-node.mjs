// Runs a TypeScript file of this checkout: `node .ci/run-node.mjs FILE [argument]…`.
// Plain JavaScript, so that a Node too old for TypeScript still says what is wrong.
import { resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { guardNode } from './node-version.mjs'

guardNode()
const file = process.argv[2]
if (file === undefined) {
  process.stderr.write('error: Expected a file to run: node .ci/run-node.mjs FILE [argument]…\n')
  process.exit(2)
}
process.argv.splice(1, 2, resolve(file))
await import(pathToFileURL(resolve(file)).href)
