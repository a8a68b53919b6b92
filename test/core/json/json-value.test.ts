import { expect, it } from 'vitest'
import { isJsonObject } from '../../../src/core/index.ts'

it('isJsonObject() knows objects from everything else', () => {
  expect([{}, null, [], 'a', 1, true, undefined].map(isJsonObject)).toEqual([
    true,
    ...Array(6).fill(false),
  ])
})
