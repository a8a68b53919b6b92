import { execFileSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'

const SOURCE = join(import.meta.dirname, '../../../../src/host/artifact-set')

it('a bundle finds its threads beside itself', async () => {
  const folder = makeFolder({ 'set/a': '', 'set/b': '' })
  for (const name of ['a', 'b']) truncateSync(join(folder, 'set', name), 40 * 1024 * 1024)
  await build({
    entryPoints: {
      program: join(SOURCE, 'index.ts'),
      'hash-worker': join(SOURCE, 'hashing/hash-worker.ts'),
    },
    bundle: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    logLevel: 'error',
    outdir: join(folder, 'out'),
    platform: 'node',
    splitting: true,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
  writeFileSync(
    join(folder, 'out/run.mjs'),
    `import { readArtifactSet } from './program.js'
     const read = await readArtifactSet(${JSON.stringify(folder)}, ['set'])
     console.log(read.value.set.artifacts.map(({ sha256 }) => sha256).join())`,
  )
  const run = () =>
    execFileSync(process.execPath, [join(folder, 'out/run.mjs')], { encoding: 'utf8' })
  const sum = execFileSync('sha256sum', [join(folder, 'set/a')], { encoding: 'utf8' }).slice(0, 64)
  expect(run().trim()).toBe(`${sum},${sum}`)
})
