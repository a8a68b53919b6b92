// The library: one ES module, which a program loads at once, and the declarations that lead from its own. The packages that it
// uses stay outside.

import { spawnSync } from 'node:child_process'
import { globSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { preProcessFile } from 'typescript'
import { ROOT, toolPath } from '../checkout.ts'

/** Writes `index.js`, `index.d.ts` and the declarations that it needs. */
export async function buildLibrary(outdir: string): Promise<void> {
  compileDeclarations(outdir)
  keepNeeded(outdir)
  const bundle = await rolldown({
    input: { index: join(ROOT, 'src/index.ts') },
    platform: 'node',
    external: (id) => !/^[./]/.test(id),
    treeshake: { moduleSideEffects: false },
  })
  await bundle.write({ dir: outdir, format: 'es', codeSplitting: false })
}

function compileDeclarations(outdir: string): void {
  const args = [toolPath('tsc'), '--project', 'tsconfig.build.json', '--outDir', outdir]
  const stdio = ['ignore', 'inherit', 'inherit'] as const
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: [...stdio] })
  if (status !== 0) throw new Error('The library does not compile')
}

/** Takes away what the declarations of `index.d.ts` do not lead to, and the folders that are left with nothing. */
function keepNeeded(outdir: string): void {
  const needed = new Set<string>()
  collectNeeded(join(outdir, 'index.d.ts'), needed)
  // What lies in a folder comes after it, and so before it here.
  for (const path of globSync('**/*', { cwd: outdir }).toSorted().toReversed()) {
    const place = join(outdir, path)
    if (lstatSync(place).isDirectory()) {
      if (readdirSync(place).length === 0) rmdirSync(place)
    } else if (!needed.has(place)) rmSync(place)
  }
}

function collectNeeded(file: string, needed: Set<string>): void {
  if (needed.has(file)) return
  needed.add(file)
  for (const { fileName } of preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    if (!fileName.startsWith('.')) continue
    collectNeeded(resolve(dirname(file), fileName.replace(/[.][jt]s$/, '.d.ts')), needed)
  }
}
