import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeCanonicalJson, equalBytes, parseJson } from '../../src/core/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

const corpus = findCorpus('jcs')

describe.runIf(corpus)('the public RFC 8785 vectors', () => {
  it('come out byte for byte', () => {
    const folder = corpus ?? ''
    const names = readdirSync(join(folder, 'input'))
    const unexpected = names.filter((name) => {
      const parsed = parseJson(readFileSync(join(folder, 'input', name)))
      const canonical = parsed.ok ? encodeCanonicalJson(parsed.value) : parsed
      return (
        !canonical.ok || !equalBytes(canonical.value, readFileSync(join(folder, 'output', name)))
      )
    })
    reportCorpus('jcs', names.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(names).toHaveLength(6)
  })
})
