// Sets of files digested, beside a bare two-thread loop of `node:crypto` over the same files, and beside one `sha256sum`.
// Goals: 0.85 of the bare loop's speed and less than 200 MiB for 2 GB in 22,513 files; 100,000 files of 1 KiB in at most
// 1.5 times what sha256sum takes. `ASSAY_BENCH_SCALE=0.1` makes a tenth of the files. What is measured is bundled, as shipped.

import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'

const KIB = 1024
const MIB = 1024 * KIB
/** How many files of which size. */
const LARGE_SET = [
  [2_000, 256 * KIB],
  [500, MIB],
  [20_000, 8 * KIB],
  [13, 64 * MIB],
] as const
const SMALL_FILES = [[100_000, KIB]] as const
const FILES_A_FOLDER = 500
const ROUNDS = 5
const GOALS = { bare: 0.85, peakMiB: 200, sha256sum: 1.5 }

/** Prints a line for each set. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    await bundle(join(folder, 'programs'))
    compareWithBareLoop(folder)
    compareWithSha256sum(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compareWithBareLoop(folder: string): void {
  const set = join(folder, 'large')
  const { bytes, files } = makeFiles(set, LARGE_SET)
  const best = { bare: Infinity, ours: Infinity, peakMiB: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    best.bare = Math.min(best.bare, measure(folder, 'bare-loop', set).ms)
    const { ms, peakMiB = 0 } = measure(folder, 'read-set', set)
    best.ours = Math.min(best.ours, ms)
    best.peakMiB = Math.max(best.peakMiB, peakMiB)
  }
  const speed = (ms: number) => `${Math.round(bytes / 1e3 / ms)} MB/s`
  console.log(
    `digest ${files} files, ${Math.round(bytes / 1e6)} MB: ${speed(best.ours)}, bare loop ${speed(best.bare)}, ` +
      `ratio ${(best.bare / best.ours).toFixed(2)} (goal ${GOALS.bare}), ` +
      `peak ${Math.round(best.peakMiB)} MiB (goal ${GOALS.peakMiB})`,
  )
  rmSync(set, { recursive: true })
}

function compareWithSha256sum(folder: string): void {
  const set = join(folder, 'small')
  const { files } = makeFiles(set, SMALL_FILES)
  const best = { sha256sum: Infinity, ours: Infinity, peakMiB: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    execFileSync('bash', ['-c', 'find . -type f -print0 | xargs -0 sha256sum >/dev/null'], {
      cwd: set,
    })
    best.sha256sum = Math.min(best.sha256sum, performance.now() - start)
    const before = performance.now()
    const { peakMiB = 0 } = measure(folder, 'read-set', set)
    best.ours = Math.min(best.ours, performance.now() - before)
    best.peakMiB = Math.max(best.peakMiB, peakMiB)
  }
  console.log(
    `digest ${files} files of 1 KiB: ${Math.round(best.ours)} ms, sha256sum ${Math.round(best.sha256sum)} ms, ` +
      `ratio ${(best.ours / best.sha256sum).toFixed(2)} (goal at most ${GOALS.sha256sum}), ` +
      `peak ${Math.round(best.peakMiB)} MiB`,
  )
}

async function bundle(outdir: string): Promise<void> {
  const root = resolve(import.meta.dirname, '..')
  await build({
    absWorkingDir: root,
    entryPoints: {
      'bare-loop': 'bench/digest/bare-loop.ts',
      'read-set': 'bench/digest/read-set.ts',
      'hash-worker': 'src/host/artifact-set/hashing/hash-worker.ts',
    },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
    bundle: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    logLevel: 'warning',
    outdir,
    platform: 'node',
    splitting: true,
  })
  writeFileSync(join(outdir, 'package.json'), '{"type":"module"}')
}

function measure(folder: string, program: string, set: string) {
  const said = execFileSync(process.execPath, [join(folder, 'programs', `${program}.js`), set], {
    encoding: 'utf8',
  })
  return JSON.parse(said) as { readonly ms: number; readonly peakMiB?: number }
}

function makeFiles(folder: string, kinds: readonly (readonly [count: number, bytes: number])[]) {
  const scale = Number(process.env['ASSAY_BENCH_SCALE'] ?? 1)
  const total = { bytes: 0, files: 0 }
  for (const [count, bytes] of kinds) {
    const content = randomFillSync(Buffer.alloc(bytes))
    for (let at = 0; at < Math.max(1, count * scale); at++) {
      const path = join(folder, `${bytes}/${Math.floor(at / FILES_A_FOLDER)}/file-${at}.bin`)
      if (at % FILES_A_FOLDER === 0) mkdirSync(dirname(path), { recursive: true })
      content.writeUInt32LE(at)
      writeFileSync(path, content)
      total.bytes += bytes
      total.files++
    }
  }
  return total
}
