// Where the public cases lie. They are read in place and never copied.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** The folder of one corpus, or undefined where `ASSAY_CORPORA` names none: its tests say so and are left out. */
export function findCorpus(name: string): string | undefined {
  const root = process.env['ASSAY_CORPORA']
  const folder = root === undefined || root === '' ? undefined : resolve(root, name)
  if (folder !== undefined && existsSync(folder)) return folder
  process.stderr.write(`corpora: LEFT OUT ${name}: ASSAY_CORPORA names no folder that holds it\n`)
  return undefined
}

/** One line that says how many cases of a corpus were judged, and how many of them otherwise than expected. */
export function reportCorpus(name: string, cases: number, unexpected: number): void {
  process.stderr.write(`corpora: ${name}: ${cases} cases, ${unexpected} unexpected\n`)
}
