// Taking away what supports a release never helps it, and the order of evidence decides nothing.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GateDecision } from '../../../src/gate/index.ts'
import { APPROVER, approvalOf, FILES, judge, SIGNED, verificationOf } from './playbook-world.ts'

const GOODNESS: readonly GateDecision[] = ['no-go', 'go-by-exception', 'go']
const goodnessOf = (question: Parameters<typeof judge>[0]) =>
  GOODNESS.indexOf(judge(question).decision)

const PIECES = [...SIGNED, verificationOf(), approvalOf(APPROVER)]
const PATHS = Object.keys(FILES)

const some = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 0 })
/** Most of them: what lacks much is never near a decision. */
const most = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: items.length - 1 })
const filesOf = (paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, FILES[path]!]))

const question = fc.record({
  pieces: most(PIECES),
  lying: most(PATHS),
  signed: most(PATHS),
  isShown: fc.boolean(),
})
const shownAs = (isShown: boolean) => (isShown ? {} : { closure: undefined })

describe('a playbook', () => {
  it('is never better with less', () => {
    fc.assert(
      fc.property(question, some(PIECES), some(PATHS), (asked, gone, lost) => {
        const { pieces, lying, signed, isShown } = asked
        const before = { evidence: pieces, files: filesOf(lying), signed: filesOf(signed) }
        const after = {
          evidence: pieces.filter((piece) => !gone.includes(piece)),
          files: filesOf(lying.filter((path) => !lost.includes(path))),
          signed: filesOf(signed),
        }
        const shown = shownAs(isShown)
        expect(goodnessOf({ ...after, ...shown })).toBeLessThanOrEqual(
          goodnessOf({ ...before, ...shown }),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('comes to the same in whatever order evidence is given', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(PIECES, { minLength: PIECES.length }), (evidence) => {
        const words = ({ controls }: ReturnType<typeof judge>) =>
          controls.map(({ id, word }) => [id, word])
        expect(words(judge({ evidence, closure: undefined }))).toEqual(
          words(judge({ evidence: PIECES, closure: undefined })),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('is go at all, and by exception, in these', () => {
    expect(goodnessOf({ evidence: PIECES })).toBe(2)
    expect(goodnessOf({ evidence: PIECES, closure: undefined })).toBe(1)
  })
})
