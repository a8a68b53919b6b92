// Our reading of a folder, from the path to the set digest.

import { readPeakKibibytes } from '../peak-memory.ts'
import { digestSet } from '../../src/digest/index.ts'
import { readArtifactSet } from '../../src/host/artifact-set/index.ts'

const start = performance.now()
const reading = await readArtifactSet('/', [process.argv[2] ?? '.'])
if (!reading.ok) throw new Error(reading.problems[0].message)
digestSet(reading.value.set.artifacts)
const ms = performance.now() - start
console.log(JSON.stringify({ ms, peakMiB: readPeakKibibytes() / 1024 }))
