// The pages of what people decide, and of the ladder: what they show is what there is.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { readCodeBlocks } from '../docs/code-blocks.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const readFolder = (path: string) =>
  existsSync(join(ROOT, path))
    ? readdirSync(join(ROOT, path)).map((name) => read(`${path}/${name}`))
    : []
const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

const CODES = matches(read('src/record/problem.ts'), /\| '(record\/[a-z-]+)'/g)

/** What such a family asks of other releases lies with the releases. */
const ABOUT_RELEASES: Readonly<Record<string, string>> = { rollback: 'rollback-target' }

const sharedCode = [
  'time/expiry',
  'signer/person',
  'policies/phase',
  'policies/policy-of',
  'policies/seen-policies',
].map((name) => read(`src/record/${name}.ts`))

describe.each(['approval', 'promotion', 'rollback', 'withdrawal', 'waiver'])(
  'The page of the family %s',
  (name) => {
    const page = read(`docs/predicates/${name}.md`)
    const beside = ABOUT_RELEASES[name]
    const source = [
      read(`src/record/families/${name}.ts`),
      ...(beside === undefined ? [] : [read(`src/record/release/${beside}.ts`)]),
    ].join('\n')
    const tests = [
      read(`test/record/families/${name}.test.ts`),
      ...(beside === undefined ? [] : [read(`test/record/release/${beside}.test.ts`)]),
      ...readFolder(`test/record/${name}`),
    ].join('\n')

    it('shows the example of the fixtures', () => {
      expect(readCodeBlocks(`docs/predicates/${name}.md`, 'json')).toEqual([
        read(`fixtures/records/${name}.json`),
      ])
    })

    it('lists the statuses that the family computes and its tests reach', () => {
      const status = page.slice(page.indexOf('### Status'), page.indexOf('## Schema'))
      const tokens = matches(status, /^\| `([a-z-]+)` \|/gm)
      expect(tokens.length).toBeGreaterThan(1)
      expect(tokens.filter((token) => !source.includes(`'${token}'`))).toEqual([])
      expect(tokens.filter((token) => !tests.includes(`'${token}'`))).toEqual([])
    })

    it('names the codes that its checks give, and no others', () => {
      const listed = matches(page, /`(record\/[a-z-]+)`/g)
      expect(listed.filter((code) => !CODES.includes(code))).toEqual([])
      const own = [source, ...readFolder(`src/record/${name}`)].join('\n')
      const given = matches(own, /'(record\/[a-z-]+)'/g)
      expect(given.filter((code) => !listed.includes(code))).toEqual([])
      expect(listed.length).toBeGreaterThan(4)
      const elsewhere = [own, ...sharedCode].join('\n')
      const fromCore = ['record/judgement', 'record/member', 'record/release', 'record/subject']
      expect(
        listed.filter((code) => !fromCore.includes(code) && !elsewhere.includes(code)),
      ).toEqual([])
    })
  },
)
