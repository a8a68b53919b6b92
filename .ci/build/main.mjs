#!/usr/bin/env node
// What `assay` starts in the shipped package. It refuses a Node that is too old before the program is loaded, and loads
// nothing to tell its version.
import { acceptsVersion } from '../node-range.mjs'

/* global NODE_RANGE, VERSION -- put in by the build, from package.json */
const [option, ...others] = process.argv.slice(2)
if (!acceptsVersion(NODE_RANGE, process.versions.node)) {
  process.stderr.write(
    `error: Expected Node ${NODE_RANGE}, found ${process.versions.node} at "${process.execPath}"\n\n` +
      'hint: Install a Node of that range, and run the command again\n',
  )
  process.exitCode = 3
} else if (option === '--version' && others.length === 0) {
  process.stdout.write(`${VERSION}\n`)
} else {
  require('./program.cjs')
}
