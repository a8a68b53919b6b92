// The rules of a SARIF log: every result is of one that the log has.

import { describe, expect, it } from 'vitest'
import { blockersOf, judgeRequirements } from '../../../src/gate/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { sarifOfGates } from '../../../src/report/gate/index.ts'
import { indexOf, NOW, piece } from '../../gate/evidence.ts'
import { documentOf, POLICY } from '../../policy/requirement/documents.ts'
import { FINDINGS, told } from './findings.ts'

/** A policy of which everything is shown, up to a day. */
function judgeUntil(expires: string) {
  const part = (id: string, family: string) => ({ id, title: id, select: { family } })
  const both = { id: 'both', title: 'Both', all: [part('one', 'smoke'), part('two', 'canary')] }
  const document = { ...documentOf(both), expires }
  const read = parsePolicies([{ name: 'mine.json', bytes: Buffer.from(JSON.stringify(document)) }])
  const policy = read.ok ? read.value.of('requirements').get(POLICY) : undefined
  if (!read.ok || policy === undefined) throw new Error('Expected the policy')
  return judgeRequirements({
    ...{ policy, registry: read.value, subject: FINDINGS.go.subject, isStrict: false },
    ...{ evidence: indexOf(piece({ family: 'smoke' }), piece({ family: 'canary' })), now: NOW },
  })
}

function rulesOf(finding: ReturnType<typeof judgeUntil>) {
  const options = { policies: 'policies', ledger: 'ledger', version: '1.2.3' }
  const log = sarifOfGates(told([finding]), options) as unknown as {
    runs: [
      {
        tool: { driver: { rules: readonly { readonly id: string }[] } }
        results: readonly { readonly ruleId: string; readonly ruleIndex: number }[]
      },
    ]
  }
  const [{ tool, results }] = log.runs
  const ids = tool.driver.rules.map(({ id }) => id)
  return { ids, results: results.map(({ ruleId, ruleIndex }) => [ruleId, ids[ruleIndex]]) }
}

describe('a rule of SARIF', () => {
  it('is a whole of which every part is accepted, where the time of its policy is over', () => {
    const finding = judgeUntil('2026-04-01T00:00:00Z')
    expect(blockersOf(finding.requirements, finding).map(({ id }) => id)).toEqual([
      `${POLICY}#both`,
    ])
    expect(rulesOf(finding)).toEqual({
      ids: [`${POLICY}#one`, `${POLICY}#two`, `${POLICY}#both`],
      results: [[`${POLICY}#both`, `${POLICY}#both`]],
    })
  })

  it('is each part alone, where its time is not', () => {
    expect(rulesOf(judgeUntil('2026-05-01T00:00:00Z'))).toEqual({
      ids: [`${POLICY}#one`, `${POLICY}#two`],
      results: [],
    })
  })
})
