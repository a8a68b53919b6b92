import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArtifactSet } from '../../src/host/artifact-set/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

const corpus = findCorpus('tar-traversal')

/** Why each archive is refused: with links refused, and with links listed. */
const EXPECTED: Readonly<Record<string, readonly [refuse: string, list: string]>> = {
  'absolute1.tar': ['digest/path-unsafe', 'digest/path-unsafe'],
  'absolute2.tar': ['digest/path-unsafe', 'digest/path-unsafe'],
  'dirsymlink.tar': ['digest/file-link', 'digest/path-collision'],
  'dirsymlink2a.tar': ['digest/file-link', 'digest/path-collision'],
  'dirsymlink2b.tar': ['digest/file-link', 'digest/path-collision'],
  'relative0.tar': ['digest/path-unsafe', 'digest/path-unsafe'],
  'relative2.tar': ['digest/path-unsafe', 'digest/path-unsafe'],
  'symlink.tar': ['digest/archive-duplicate', 'digest/archive-duplicate'],
}

describe.runIf(corpus)('the public archives that climb out of their folder', () => {
  it('are all refused, whether links are refused or listed', async () => {
    const folder = corpus ?? dirname(import.meta.dirname)
    const names = readdirSync(folder).filter((name) => name.endsWith('.tar'))
    expect(names.toSorted()).toEqual(Object.keys(EXPECTED))
    const unexpected: unknown[] = []
    for (const name of names) {
      for (const [at, symlinks] of (['refuse', 'list'] as const).entries()) {
        const read = await readArtifactSet(folder, [name], { form: 'contents', symlinks })
        const codes = read.ok ? ['accepted'] : read.problems.map(({ code }) => code)
        const wanted = EXPECTED[name]?.[at]
        if (!codes.every((code) => code === wanted)) unexpected.push([name, symlinks, codes])
        // As one file it is nothing special.
        const whole = await readArtifactSet(join(folder, '..'), [`tar-traversal/${name}`])
        if (!whole.ok) unexpected.push([name, 'as one file'])
      }
    }
    reportCorpus('tar-traversal', names.length, unexpected.length)
    expect(unexpected).toEqual([])
  })
})
