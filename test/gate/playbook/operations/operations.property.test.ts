// Taking away what supports a release never helps; and the order in which evidence comes decides nothing.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { controlsOf, EVIDENCE, FILES, judge, POLICY } from './operations-world.ts'

const WORDS = ['passed', 'unverified', 'missing', 'failed']
const wordsOf = (asked: Parameters<typeof judge>[0] = {}) =>
  new Map(controlsOf(judge(asked)).map(({ id, word }) => [id, WORDS.indexOf(word)]))
const WHOLE = wordsOf()
const PATHS = Object.keys(FILES)
const PARTS = { evidence: fc.subarray([...EVIDENCE]), paths: fc.subarray(PATHS) }

it('no control gets better when evidence or files are taken away', () => {
  fc.assert(
    fc.property(
      fc.record({ ...PARTS, fewer: fc.subarray([...EVIDENCE]), loose: fc.subarray(PATHS) }),
      ({ evidence, fewer, paths, loose }) => {
        const files = Object.fromEntries(paths.map((path) => [path, FILES[path] ?? null]))
        const before = wordsOf({ evidence, files, loose })
        const less = evidence.filter((one) => fewer.includes(one))
        for (const [id, word] of wordsOf({ evidence: less, files, loose })) {
          if (word === 0) expect([id, before.get(id)]).toEqual([id, 0])
        }
        for (const [id, word] of before) expect(word).toBeGreaterThanOrEqual(WHOLE.get(id) ?? 0)
      },
    ),
    { numRuns: 60 },
  )
})

it('the order of evidence decides nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...EVIDENCE]), (evidence) => {
      const sorted = evidence.toSorted((a, b) => a.index - b.index)
      expect(wordsOf({ evidence })).toEqual(wordsOf({ evidence: sorted }))
    }),
    { numRuns: 40 },
  )
})

it('a playbook without these sections asks for none of them', () => {
  const { sequences: _, sequenceRoles: _1, attachments: _2, incidents: _3, ...rest } = POLICY
  const { closure: _4, ...policy } = rest
  expect(judge({ policy })).toEqual({ controls: [] })
})
