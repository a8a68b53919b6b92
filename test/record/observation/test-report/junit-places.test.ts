// What says that something went wrong says it of a case or suite: anywhere else it would be passed over.

import { describe, expect, it } from 'vitest'
import { codes } from '../../../trust/keys.ts'
import { listsOf, readText, suite } from './reading.ts'

const CASE = '<testcase name="a"/>'

describe('an element that says how something ended', () => {
  it.each(['failure', 'error', 'skipped', 'warning', 'flakyFailure', 'rerunError'])(
    'is refused behind the root, and inside of what says nothing: %s',
    async (name) => {
      const inside = (around: string) =>
        suite(`<testcase name="a"><${around}><${name}/></${around}></testcase>`)
      const texts = [
        `${suite(CASE)}<${name}/>`,
        suite(`${CASE}<properties><${name}/></properties>`),
        ...['system-out', 'system-err', 'properties', 'warning'].map(inside),
      ]
      for (const text of texts) {
        expect(codes(await readText(text))).toEqual(['record/test-report-format'])
      }
    },
  )

  it('is heard of a case and of a suite', async () => {
    expect(await listsOf(suite(CASE))).toEqual({ passed: ['s > a'] })
    expect(await listsOf(suite('<testcase name="a"><failure/></testcase>'))).toEqual({
      failed: ['s > a'],
    })
    expect(await listsOf(suite(`${CASE}<failure/>`))).toEqual({ failed: ['s'], passed: ['s > a'] })
    const again = '<rerunFailure/><rerunFailure><stackTrace/></rerunFailure>'
    expect(await listsOf(suite(`<testcase name="a"><failure/>${again}</testcase>`))).toEqual({
      failed: ['s > a'],
    })
  })
})
