import { describe, expect, it } from 'vitest'
import { freshKey } from '../keys.ts'
import { remember } from '../../../src/verify/sigstore/memory.ts'

/** The inputs that were computed, in their order, by a function that joins its parts. */
function counted() {
  const computed: string[] = []
  const join = remember(
    (parts: readonly string[]) => parts.map((part) => Buffer.from(part)),
    (parts) => {
      const text = parts.join('|')
      computed.push(text)
      return { text }
    },
  )
  return { computed, join }
}

describe('remember()', () => {
  it('computes once for the same bytes', () => {
    const { computed, join } = counted()
    expect(join(['a', 'b'])).toBe(join(['a', 'b']))
    expect(computed).toEqual(['a|b'])
  })

  it('takes no part for another, wherever one ends and the next begins', () => {
    const { computed, join } = counted()
    const inputs = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc'], ['c', 'ab'], []]
    expect(inputs.map((input) => join(input).text)).toEqual(inputs.map((input) => input.join('|')))
    expect(computed).toHaveLength(inputs.length)
  })

  it('remembers a refusal as what it is, and an acceptance beside it', () => {
    const asked: number[] = []
    const isEven = remember(
      (value: number) => [Uint8Array.of(value)],
      (value) => {
        asked.push(value)
        return value % 2 === 0
      },
    )
    expect([1, 2, 1, 2, 3].map(isEven)).toEqual([false, true, false, true, false])
    expect(asked).toEqual([1, 2, 3])
  })

  it('hands out what nobody can change, and leaves bytes and keys as they are', () => {
    const { publicKey } = freshKey('P-256', 'sha256')
    const answer = remember(
      (bytes: Uint8Array) => [bytes],
      (bytes) => ({ checks: [{ outcome: 'rejected' }], bytes, key: publicKey.key }),
    )(Uint8Array.of(1))
    expect(() => Object.assign(answer.checks[0] ?? {}, { outcome: 'accepted' })).toThrow(TypeError)
    expect(() => answer.checks.pop()).toThrow(TypeError)
    expect(Object.isFrozen(answer.key)).toBe(false)
    expect(answer.key.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  })

  it('forgets what was not asked for longest', () => {
    const { computed, join } = counted()
    const ask = (from: number, to: number) => {
      for (let index = from; index < to; index++) join([`${index}`])
    }
    ask(0, 256)
    join(['0'])
    expect(computed).toHaveLength(256)
    ask(256, 257)
    join(['0'])
    expect(computed).toHaveLength(257)
    join(['1'])
    expect(computed.at(-1)).toBe('1')
  })

  it('keeps nothing of what is larger than certificates are', () => {
    const { computed, join } = counted()
    const large = 'x'.repeat(16_385)
    join([large])
    join([large])
    expect(computed).toHaveLength(2)
    const largest = large.slice(1)
    expect(join([largest])).toBe(join([largest]))
  })
})
