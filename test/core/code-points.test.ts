import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareCodePoints } from '../../src/core/index.ts'

it('compareCodePoints() orders text as its UTF-8 bytes', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
      expect(Math.sign(compareCodePoints(a, b))).toBe(bytes)
    }),
  )
})

it('compareCodePoints() puts what lies above U+FFFF behind U+E000 to U+FFFF', () => {
  const ordered = ['', 'B', 'a', 'aB', 'aa', '\ud7ff', '\ue000', '\uff21', '\u{1f600}']
  expect(ordered.toReversed().toSorted(compareCodePoints)).toEqual(ordered)
})
