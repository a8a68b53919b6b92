import { expect, it } from 'vitest'
import { isJsonObject, membersOf } from '../../../src/core/index.ts'

it('isJsonObject() knows objects from everything else', () => {
  expect([{}, null, [], 'a', 1, true, undefined].map(isJsonObject)).toEqual([
    true,
    ...Array(6).fill(false),
  ])
})

it('membersOf() finds none in what is no object', () => {
  expect(membersOf({ a: 1 })).toEqual({ a: 1 })
  expect([null, ['a'], 'a', undefined].map(membersOf)).toEqual([{}, {}, {}, {}])
})
