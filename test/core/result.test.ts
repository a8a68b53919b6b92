import { expect, it } from 'vitest'
import { accept, judge, refuse } from '../../src/core/index.ts'

const problem = { code: 'core/utf8', message: 'Expected UTF-8' }

it('judge() accepts when no problem was collected, and gives them all when some were', () => {
  expect(judge(1, [])).toEqual(accept(1))
  expect(judge(1, [problem, problem])).toEqual(refuse(problem, problem))
})
