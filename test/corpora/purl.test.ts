import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildPurl, type Purl, parsePurl } from '../../src/snapshot/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

interface Case {
  readonly description: string
  readonly test_type: 'build' | 'parse' | 'validate'
  readonly input: string | Readonly<Record<string, unknown>>
  readonly expected_failure: boolean
  readonly expected_output: unknown
}

const corpus = findCorpus('purl')

/** The cases write null where a part is not there. */
const withoutNulls = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))
    : value

const answer = ({ test_type, input }: Case): unknown => {
  const parsed = typeof input === 'string' ? parsePurl(input) : undefined
  if (test_type === 'parse' || parsed?.ok === false) return parsed?.ok ? parsed.value : undefined
  const built = buildPurl(parsed?.value ?? (withoutNulls(input) as Purl))
  return built.ok ? built.value : undefined
}

describe.runIf(corpus)('the public purl cases', () => {
  it('are read, built and refused as they say', () => {
    const cases = ['specification-test.json', 'npm-test.json'].flatMap(
      (file) => JSON.parse(readFileSync(join(corpus ?? '', file), 'utf8')).tests as Case[],
    )
    const unexpected = cases.filter((given) => {
      const expected = given.expected_failure ? undefined : withoutNulls(given.expected_output)
      try {
        expect(answer(given)).toEqual(expected)
        return false
      } catch {
        return true
      }
    })
    reportCorpus('purl', cases.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(cases).toHaveLength(35)
  })
})
