// `npm run -s assay -- …`: the command line of this checkout, run from its sources and never from a build.
// npm starts scripts in the checkout; paths count from the folder where the person stood (INIT_CWD).
import process from 'node:process'
import { guardNode } from './node-version.mjs'

guardNode()
const origin = process.env.INIT_CWD
if (origin !== undefined && origin !== '') process.chdir(origin)
delete process.env.INIT_CWD
process.argv[1] = new URL('../src/cli/main.ts', import.meta.url).pathname
await import('../src/cli/main.ts')
