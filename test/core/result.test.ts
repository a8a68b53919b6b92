import { expect, it } from 'vitest'
import { accept, judge, LIMITS, type Problem, refuse } from '../../src/core/index.ts'

const problem = { code: 'core/utf8', message: 'Expected UTF-8' }

it('judge() accepts when no problem was collected, and gives them all when some were', () => {
  expect(judge(1, [])).toEqual(accept(1))
  expect(judge(1, [problem, problem])).toEqual(refuse(problem, problem))
})

it('judge() tells the first of very many problems, and how many more there are', () => {
  const many: Problem[] = Array.from({ length: 500_000 }, () => problem)
  const judged = judge(1, many)
  expect(!judged.ok && judged.problems).toHaveLength(LIMITS.problemsMax)
  expect(!judged.ok && judged.problems.at(-1)?.hint).toBe('499900 more problems are not shown')
})
