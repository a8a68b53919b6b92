import { describe, expect, it } from 'vitest'
import { freezeDeep, parseJson } from '../../src/core/index.ts'

describe('freezeDeep()', () => {
  it('freezes lists and plain objects, to the last of them', () => {
    const value = freezeDeep({ list: [{ name: 'a' }, null, 'b'], absent: undefined })
    expect(() => Object.assign(value.list[0] as object, { name: 'c' })).toThrow(TypeError)
    expect(() => value.list.push('d')).toThrow(TypeError)
    expect(value).toEqual({ list: [{ name: 'a' }, null, 'b'], absent: undefined })
  })

  it('freezes what has no prototype', () => {
    const value = freezeDeep(Object.assign(Object.create(null), { a: {} }) as { a: object })
    expect([Object.isFrozen(value), Object.isFrozen(value.a)]).toEqual([true, true])
  })

  it('freezes JSON, whose objects inherit nothing', () => {
    const json = parseJson(Buffer.from('{"a":{"b":1}}'))
    if (!json.ok) throw new Error('Expected JSON')
    const { a } = freezeDeep(json.value) as { readonly a: object }
    expect(Object.isFrozen(a)).toBe(true)
  })

  it('leaves bytes and whatever has a class of its own', () => {
    const value = freezeDeep({ bytes: Uint8Array.of(1), map: new Map([['a', 1]]) })
    value.bytes[0] = 2
    value.map.set('a', 2)
    expect([value.bytes[0], value.map.get('a')]).toEqual([2, 2])
    expect([Object.isFrozen(value), Object.isFrozen(value.map)]).toEqual([true, false])
  })
})
