import { expect, it } from 'vitest'
import { findDigest } from '../../../../src/record/observation/index.ts'

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const find = (body: string, pointer = '/set/sha256') => findDigest(Buffer.from(body), pointer)

it.each([
  ['no JSON', `{"set":{"sha256":"${SHA256}"}`],
  ['another member', `{"set":{"sha512":"${SHA256}"}}`],
  ['a number', '{"set":{"sha256":7}}'],
  ['upper case', `{"set":{"sha256":"${SHA256.toUpperCase()}"}}`],
  ['a longer text', `{"set":{"sha256":"${SHA256}0"}}`],
])('A digest is not found in an answer with %s', (_, body) => {
  expect(find(body)).toBeUndefined()
  expect(find(`{"set":{"sha256":"${SHA256}"}}`)).toBe(SHA256)
  expect(find(`["${SHA256}"]`, '/0')).toBe(SHA256)
})
