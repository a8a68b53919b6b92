// The bundle of the command line: `main.js` guards the version of Node, `program.js` is the program, and what a
// command alone needs is a chunk that is loaded on use.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { ROOT } from '../checkout.ts'
import { importDirectly } from './direct-imports.ts'
import { loadLazily } from './lazy-package.ts'

const SHARED: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  legalComments: 'none',
  logLevel: 'warning',
  minifySyntax: true,
  minifyWhitespace: true,
  // Some packages are ES modules too, and say so the old way.
  mainFields: ['module', 'main'],
  platform: 'node',
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
  await build({
    ...SHARED,
    entryPoints: { main: '.ci/build/main.mjs' },
    outdir,
    // An old Node has to be able to read it.
    target: 'node14.8',
    external: ['./program.js'],
    define: { NODE_RANGE: JSON.stringify(engines.node), VERSION: JSON.stringify(version) },
    banner: { js: '#!/usr/bin/env node' },
  })
  const { metafile, outputFiles } = await build({
    ...SHARED,
    entryPoints: {
      program: 'src/cli/main.ts',
      'hash-worker': 'src/host/artifact-set/hashing/hash-worker.ts',
    },
    outdir,
    // All in one folder: the program looks for its hashing worker beside itself.
    chunkNames: '[name]-[hash]',
    metafile: true,
    write: false,
    splitting: true,
    target: 'node22.22',
    plugins: [
      onlyVersion(version),
      importDirectly(join(ROOT, 'src')),
      loadLazily('packageurl-js', ['PackageURL']),
    ],
  })
  for (const { path, text } of outputFiles) {
    writeFileSync(path, text.includes(REQUIRES) ? `${DEFINE_REQUIRE}${text}` : text)
  }
  return packagesIn(Object.keys(metafile.inputs))
}

/** Packages of the older kind ask for parts of Node by `require`; the chunk that passes it on is known by these words. */
const REQUIRES = 'Dynamic require of'
const DEFINE_REQUIRE =
  'import{createRequire}from"node:module";const require=createRequire(import.meta.url);'

/** The program reads nothing but its version from package.json, so nothing else goes into the bundle. */
function onlyVersion(version: string): Plugin {
  return {
    name: 'only-version',
    setup({ onLoad }) {
      onLoad({ filter: /package[.]json$/ }, ({ path }) => {
        if (path !== join(ROOT, 'package.json')) return undefined
        return { contents: JSON.stringify({ version }), loader: 'json' }
      })
    },
  }
}

function packagesIn(inputs: readonly string[]): readonly string[] {
  const folders = inputs.flatMap((input) => {
    const [folder] = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input) ?? []
    return folder === undefined ? [] : [folder]
  })
  return [...new Set(folders)].toSorted()
}
