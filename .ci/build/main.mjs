// What `assay` starts in the shipped package. It refuses a Node that is too old before the program is loaded.
import process from 'node:process'
import { acceptsVersion } from '../node-range.mjs'

/* global NODE_RANGE -- put in by the build, from package.json */
if (acceptsVersion(NODE_RANGE, process.versions.node)) {
  await import('./program.js')
} else {
  process.stderr.write(
    `error: Expected Node ${NODE_RANGE}, found ${process.versions.node} at "${process.execPath}"\n\n` +
      'hint: Install a Node of that range, and run the command again\n',
  )
  process.exitCode = 3
}
