// The public test cases that live outside this repository, in the folder that ASSAY_CORPORA names.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The folder of one corpus, such as `json`.
 *
 * @returns undefined, said loudly, when ASSAY_CORPORA names no folder; a corpus missing from a named folder throws
 */
export function findCorpus(name: string): string | undefined {
  const root = process.env['ASSAY_CORPORA']
  if (root === undefined || root === '') {
    process.stderr.write(`\nNOT RUN: the corpus "${name}", because ASSAY_CORPORA is not set\n`)
    return undefined
  }
  const folder = join(root, name)
  if (!existsSync(folder))
    throw new Error(`Expected the corpus "${name}" in ASSAY_CORPORA (${root})`)
  return folder
}

/** One line that says how many cases of a corpus were judged, and how many of them otherwise than expected. */
export function reportCorpus(name: string, cases: number, unexpected: number): void {
  process.stderr.write(`corpora: ${name}: ${cases} cases, ${unexpected} unexpected\n`)
}
