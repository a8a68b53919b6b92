// A program of its own for tests: runs the sequence that it is given as JSON, and prints what came of it.

import { createHost } from '../../../src/host/index.ts'
import type { CommandSequence } from '../../../src/record/observation/index.ts'

const sequence = JSON.parse(process.argv[2] ?? '') as CommandSequence
process.stdout.write(JSON.stringify(await createHost().runCommands(sequence)))
