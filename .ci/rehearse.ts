// `npm run rehearse -- build`: fills the cache folder with the programs that the rehearsal runs.

import { buildPrograms } from '../test/rehearsal/programs/build.ts'

if (!buildPrograms()) process.exitCode = 1
