// Credentials in the words of others: no format shows them, whatever it escapes. What is printed is masked once more, as a whole.

import { describe, expect, it } from 'vitest'
import { refusedCheck } from '../../../src/core/index.ts'
import {
  annotationsOfGates,
  junitOfGates,
  markdownOfGates,
  renderGate,
  sarifOfGates,
} from '../../../src/report/gate/index.ts'
import { code, plain } from '../../../src/report/gate/formats/markdown.ts'
import { renderVerdict } from '../../../src/report/index.ts'
import { maskSecrets } from '../../../src/statement/index.ts'
import { FINDINGS, told } from './findings.ts'

const LINE = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg'
const KEY = ['-----BEGIN', 'PRIVATE KEY-----\n'].join(' ')
const SECRETS = [
  `ghp_${'a1B'.repeat(12)}`,
  'https://user:hunter2pass@example.com/x?access_token=tokenvalue99',
  `${KEY}${LINE}\n${LINE}\n${KEY.replace('BEGIN', 'END')}`,
]
const NEEDLES = /hunter2|tokenvalue|a1Ba1B|MIGH|BEGIN/
const WORDS = `kept, ${SECRETS.join(' and ')}; kept`

const check = refusedCheck('ledger', 'rejected', 'ledger/tree', WORDS, {
  expected: WORDS,
  found: WORDS,
})
const exceptions = FINDINGS.exception.exceptions.map((one) => ({ ...one, owner: WORDS }))
const gates = told([{ ...FINDINGS.exception, exceptions }], [check])
const OPTIONS = { policies: 'policies', ledger: 'ledger', version: '1.2.3' }

const FORMATS: readonly (readonly [string, string])[] = [
  ['Markdown', markdownOfGates(gates)],
  ['Markdown of text', plain(WORDS)],
  ['Markdown of code', code(WORDS)],
  ['JUnit', junitOfGates(gates)],
  ['annotations', annotationsOfGates(gates, OPTIONS)],
  ['SARIF', JSON.stringify(sarifOfGates(gates, OPTIONS))],
  ['text', gates.gates.map((gate) => renderGate(gate, { columns: 40 })).join('\n')],
  ['a verdict', renderVerdict(check, { columns: 40 })],
]

describe('credentials in what others said', () => {
  it.each(FORMATS)('are not shown in %s, and all else is', (_, text) => {
    expect(maskSecrets(text)).not.toMatch(NEEDLES)
    expect(text).toContain('kept')
    expect(text).toContain('…')
  })

  it('would be, had they been escaped before they were masked', () => {
    const escaped = SECRETS.join(' ').replace(/[_:-]/g, '\\$&')
    expect(maskSecrets(escaped)).toMatch(NEEDLES)
  })
})
