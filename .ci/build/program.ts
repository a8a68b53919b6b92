// The bundle of the command line. `main.cjs` guards the version of Node, `program.cjs` holds the way of `assay verify` from
// its first line to its last, and what other commands need besides are chunks that are loaded on use. CommonJS, because Node
// starts it sooner.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OutputChunk, type Plugin, rolldown, type RolldownOutput } from 'rolldown'
import { ROOT } from '../checkout.ts'
import { keepInOneFile } from './one-file.ts'
import { loadSeldomUsedLazily, SELDOM_USED } from './seldom-used.ts'

/** What is imported on use on the way of every command, and of `assay verify`. */
const OFTEN_USED = /\/cli\/(?:application|verify)[.]ts$/

/** Small, and needed by most of what is loaded on use: no files of their own. */
const SHARED = /\/src\/(?:core\/count|verify\/signer\/registry-role)[.]ts$/

/** The framework tells its errors apart by the names of their classes. */
const MINIFY = {
  compress: { keepNames: { class: true, function: false } },
  mangle: { keepNames: { class: true, function: false } },
  codegen: true,
}

const PROGRAM = join(ROOT, 'src/cli/main.ts')
const WORKER = join(ROOT, 'src/host/artifact-set/hashing/hash-worker.ts')
/** They share code with the program, which starts whatever it is loaded for: so each is whole by itself. */
const WHOLE_WORKERS = {
  'record-worker': join(ROOT, 'src/host/record-threads/record-worker.ts'),
  'expression-worker': join(ROOT, 'src/host/expressions/expression-worker.ts'),
}

/**
 * Writes the bundle.
 *
 * @returns the folders of the packages whose code is in it, such as `node_modules/tar`
 */
export async function buildProgram(outdir: string): Promise<readonly string[]> {
  const { engines, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string }
    version: string
  }
  const guard = await rolldown({
    input: { main: join(ROOT, '.ci/build/main.mjs') },
    external: ['./program.cjs'],
    platform: 'node',
    transform: {
      define: { NODE_RANGE: JSON.stringify(engines.node), VERSION: JSON.stringify(version) },
    },
  })
  await guard.write({ dir: outdir, format: 'cjs', entryFileNames: '[name].cjs', minify: true })
  const often = await listOftenUsed()
  const bundle = await rolldown({
    input: { program: PROGRAM, ...SELDOM_USED, 'hash-worker': WORKER },
    platform: 'node',
    // Some packages are ES modules too, and say so the old way.
    resolve: { mainFields: ['module', 'main'] },
    plugins: [onlyVersion(version), loadSeldomUsedLazily(), keepInOneFile('program.cjs')],
    preserveEntrySignatures: 'allow-extension',
    treeshake: { moduleSideEffects: false },
  })
  const output = await bundle.write({
    dir: outdir,
    format: 'cjs',
    // All in one folder: the program looks for its hashing worker beside itself.
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: 'program', test: (id) => often.has(id) || SHARED.test(id) }],
    },
    minify: MINIFY,
  })
  const workers = []
  for (const [name, input] of Object.entries(WHOLE_WORKERS)) {
    workers.push(...(await buildWorker(outdir, { name, input })))
  }
  return [...new Set([...packagesIn(output), ...workers])].toSorted()
}

async function buildWorker(
  outdir: string,
  { name, input }: { readonly name: string; readonly input: string },
): Promise<readonly string[]> {
  const worker = await rolldown({
    input: { [name]: input },
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    treeshake: { moduleSideEffects: false },
  })
  const output = await worker.write({
    dir: outdir,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    codeSplitting: false,
    minify: MINIFY,
  })
  return packagesIn(output)
}

/** The files of which anything is used by `assay verify`, as a bundle of it alone has them. */
async function listOftenUsed(): Promise<ReadonlySet<string>> {
  const bundle = await rolldown({
    input: PROGRAM,
    platform: 'node',
    plugins: [
      {
        name: 'leave-out-what-is-loaded-on-use',
        resolveId(source, _importer, { kind }) {
          const seldom =
            kind === 'dynamic-import' && !OFTEN_USED.test(source.replace('./', '/cli/'))
          return seldom ? { id: source, external: true } : null
        },
      },
      loadSeldomUsedLazily(),
    ],
    resolve: { mainFields: ['module', 'main'] },
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await bundle.generate({ format: 'es' })
  const used = output
    .filter((chunk) => chunk.type === 'chunk')
    .flatMap(({ modules }) => Object.entries(modules))
    .filter(([, { renderedLength }]) => renderedLength > 0)
  return new Set(used.map(([id]) => id))
}

/** The program reads nothing but its version from package.json, so nothing else goes into the bundle. */
function onlyVersion(version: string): Plugin {
  return {
    name: 'only-version',
    load: (id) => (id === join(ROOT, 'package.json') ? JSON.stringify({ version }) : null),
  }
}

function packagesIn({ output }: RolldownOutput): readonly string[] {
  const chunks = output.filter((chunk): chunk is OutputChunk => chunk.type === 'chunk')
  const folders = chunks
    .flatMap(({ modules }) => Object.keys(modules))
    .flatMap((id) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(id) ?? [])
  return [...new Set(folders)].toSorted()
}
