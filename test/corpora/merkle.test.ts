import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isIncluded } from '../../src/digest/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

const corpus = findCorpus('merkle')

interface Case {
  readonly root: string
  readonly leafHash: string
  readonly proof: readonly string[] | null
  readonly wantErr?: boolean
}

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** Indexes go up to the end of an unsigned int64, which a JSON number does not hold. */
function numberIn(text: string, name: string): bigint {
  return BigInt(new RegExp(`"${name}": (-?\\d+)`).exec(text)?.[1] ?? 'absent')
}

function isAccepted(text: string): boolean {
  const { root, leafHash, proof } = JSON.parse(text) as Case
  return isIncluded({
    leaf: bytes(leafHash),
    index: numberIn(text, 'leafIdx'),
    size: numberIn(text, 'treeSize'),
    hashes: (proof ?? []).map(bytes),
    root: bytes(root),
  })
}

describe.runIf(corpus)('the public inclusion proofs', () => {
  it('are accepted where they hold, and only there', () => {
    const folder = join(corpus ?? '', 'inclusion')
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const cases = names.filter((name) => name.endsWith('.json'))
    const unexpected = cases.filter((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return isAccepted(text) === ((JSON.parse(text) as Case).wantErr === true)
    })
    reportCorpus('merkle', cases.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(cases).toHaveLength(98)
  })
})
