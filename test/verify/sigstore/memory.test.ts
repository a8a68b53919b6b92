import { expect, it } from 'vitest'
import { remember } from '../../../src/verify/sigstore/memory.ts'

it('remember() computes once for inputs of one key, and forgets what was not asked for longest', () => {
  const computed: number[] = []
  const double = remember(String, (input: number) => {
    computed.push(input)
    return { value: input * 2 }
  })
  const first = double(0)
  expect(double(0)).toBe(first)
  for (let input = 1; input < 256; input++) double(input)
  expect(double(0)).toBe(first)
  expect(computed).toHaveLength(256)
  double(256)
  expect(double(0)).toBe(first)
  expect(double(1)).toEqual({ value: 2 })
  expect(computed.slice(256)).toEqual([256, 1])
})
