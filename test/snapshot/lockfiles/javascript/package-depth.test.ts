import { expect, it } from 'vitest'
import { findLockfileParser } from '../../../../src/snapshot/index.ts'

const read = (depth: number) => {
  const packages = Object.fromEntries(
    Array.from({ length: depth }, (_, index) => [
      `node_modules/a${'/node_modules/a'.repeat(index)}`,
      { version: '1.0.0' },
    ]),
  )
  const bytes = Buffer.from(
    JSON.stringify({ name: 'p', lockfileVersion: 3, packages: { '': {}, ...packages } }),
  )
  const parse = findLockfileParser('package-lock.json')
  return parse?.({ path: 'package-lock.json', bytes, siblings: () => undefined })
}

it('package-lock.json nests packages no deeper than npm does', () => {
  expect(read(64)?.ok).toBe(true)
  const deep = read(1_500)
  expect(deep?.ok === false && deep.problems[0].code).toBe('snapshot/lockfile-entry')
}, 5_000)
