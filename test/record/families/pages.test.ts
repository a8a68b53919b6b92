// The pages of families: the statuses and codes that they list are those that there are.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

const CODES = matches(read('src/record/problem.ts'), /\| '(record\/[a-z-]+)'/g)

describe.each([
  'test-result',
  'smoke',
  'canary',
  'deployment',
  'review',
  'certification',
  'incident',
  'command',
])('The page of the family %s', (name) => {
  const page = read(`docs/predicates/${name}.md`)

  it('lists the statuses that its source computes and its tests reach', () => {
    const status = page.slice(page.indexOf('### Status'), page.indexOf('### What a later'))
    const tokens = matches(status, /^\| `([a-z-]+)` \|/gm)
    const source = read(`src/record/families/${name}.ts`) + read('src/record/checks/place.ts')
    const tests = read(`test/record/families/${name}.test.ts`)
    expect(tokens.length).toBeGreaterThan(1)
    expect(tokens.filter((token) => !source.includes(token))).toEqual([])
    expect(tokens.filter((token) => !tests.includes(`'${token}'`))).toEqual([])
  })

  it('names codes that there are', () => {
    const codes = matches(page, /`(record\/[a-z-]+)`/g)
    expect(codes.length).toBeGreaterThan(4)
    expect(codes.filter((code) => !CODES.includes(code))).toEqual([])
  })
})
