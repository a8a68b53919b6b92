// `npm run build`: makes `dist/` anew. The library as one ES module with declarations, the command line as one
// bundle with a chunk for what is loaded on use, the JSON Schemas, and the notices of what was bundled.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildLibrary } from './build/library.ts'
import { buildProgram } from './build/program.ts'
import { renderNotices } from './build/notices.ts'
import { listSchemas } from './build/schemas.ts'
import { ROOT } from './checkout.ts'

const dist = join(ROOT, 'dist')
rmSync(dist, { recursive: true, force: true })
await buildLibrary(join(dist, 'lib'))
const bundled = await buildProgram(join(dist, 'cli'))
writeFileSync(join(dist, 'cli/THIRD-PARTY.txt'), renderNotices(bundled))
mkdirSync(join(dist, 'schemas'))
for (const [name, schema] of listSchemas()) {
  writeFileSync(join(dist, 'schemas', name), `${JSON.stringify(schema, null, 2)}\n`)
}
