import { describe, expect, it } from 'vitest'
import { encodeJsonPointer } from '../../../src/core/index.ts'

describe('encodeJsonPointer()', () => {
  // RFC 6901, section 5.
  it.each([
    [[], ''],
    [['foo', 0], '/foo/0'],
    [[''], '/'],
    [['a/b'], '/a~1b'],
    [['m~n'], '/m~0n'],
    [['~1'], '/~01'],
  ])('writes the way %j as %j', (path, pointer) => {
    expect(encodeJsonPointer(path)).toBe(pointer)
  })
})
