// `npm run build`: makes `dist/` anew. The library as ES modules with declarations, the command line as one
// bundle with a chunk for what is loaded on use, the JSON Schemas, and the notices of what was bundled.

import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildProgram } from './build/program.ts'
import { renderNotices } from './build/notices.ts'
import { listSchemas } from './build/schemas.ts'
import { ROOT, toolPath } from './checkout.ts'

const dist = join(ROOT, 'dist')
rmSync(dist, { recursive: true, force: true })
buildLibrary()
const bundled = await buildProgram(join(dist, 'cli'))
writeFileSync(join(dist, 'cli/THIRD-PARTY.txt'), renderNotices(bundled))
mkdirSync(join(dist, 'schemas'))
for (const [name, schema] of listSchemas()) {
  writeFileSync(join(dist, 'schemas', name), `${JSON.stringify(schema, null, 2)}\n`)
}

function buildLibrary(): void {
  const { status } = spawnSync(
    process.execPath,
    [toolPath('tsc'), '--project', 'tsconfig.build.json'],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  if (status !== 0) throw new Error('The library does not compile')
}
