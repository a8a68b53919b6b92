import { describe, expect, it } from 'vitest'
import { AssayError } from '../../../src/core/index.ts'
import { problemOfFault } from '../../../src/host/artifact-set/file-fault.ts'

describe('problemOfFault()', () => {
  it.each([
    ['changed', 'digest/file-changed'],
    ['ENOENT', 'digest/file-changed'],
    ['ELOOP', 'digest/file-changed'],
    ['EACCES', 'digest/file-unreadable'],
    ['ENAMETOOLONG', 'digest/file-unreadable'],
  ])('takes %s for what a person can mend (%s)', (fault, code) => {
    const problem = problemOfFault('a\u001b', fault)
    expect(problem.code).toBe(code)
    expect(problem.message).toContain('"a\\u{1b}"')
  })

  it.each(['EIO', 'EMFILE', 'Error: out of memory'])(
    'throws %s, which nobody asked for',
    (fault) => {
      expect(() => problemOfFault('a', fault)).toThrow(AssayError)
      expect(() => problemOfFault('a', fault)).toThrow(`Cannot read "a": ${fault}`)
    },
  )
})
