// Texts of documents that try to be more than text: nothing that tells of a gate lets them.

import { describe, expect, it } from 'vitest'
import { blockersOf, listsOf } from '../../../src/gate/index.ts'
import {
  annotationsOfGates,
  documentOfGate,
  junitOfGates,
  markdownOfGates,
  renderGate,
  sarifOfGates,
} from '../../../src/report/gate/index.ts'
import { hostileFinding, told } from './findings.ts'

const FINDING = hostileFinding()
const OPTIONS = { policies: 'policies\n::error::x', ledger: 'ledger', version: '1.2.3' }
const BLOCKERS = listsOf(FINDING).flatMap((list) => blockersOf(list, FINDING))

const FORMATS: Readonly<Record<string, string>> = {
  text: renderGate(FINDING, { columns: 80 }),
  'text of no end': renderGate(FINDING, { columns: Number.POSITIVE_INFINITY }),
  markdown: markdownOfGates(told([FINDING])),
  junit: junitOfGates(told([FINDING])),
  github: annotationsOfGates(told([FINDING]), OPTIONS),
}

describe('hostile texts', () => {
  it('are all told: of each requirement there is a blocker', () => {
    expect(BLOCKERS.length).toBe(FINDING.requirements.findings.length)
    const { used, ineffective, unused } = FINDING.waivers
    expect([used.length, ineffective.length, unused.length]).toEqual([1, 1, 1])
    expect(FINDING.decision).toBe('no-go')
  })

  it.each(Object.entries(FORMATS))('stay visible in %s', (_, text) => {
    expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(text).toContain('gone')
  })

  it.each(Object.entries(FORMATS).filter(([name]) => name !== 'github'))(
    'begin no workflow command in %s',
    (_, text) => {
      expect(text).not.toMatch(/::|##\[/)
    },
  )

  it('add no command to annotations, and no member to one', () => {
    const lines = FORMATS['github']?.trimEnd().split('\n') ?? []
    expect(lines).toHaveLength(BLOCKERS.length)
    for (const line of lines) {
      // The runner splits at the first of these, and the properties at commas.
      const [, level, properties = '', message = ''] = /^::(\w+) ([^]*?)::([^]*)$/.exec(line) ?? []
      expect(level).toBe('error')
      const names = properties.split(',').map((property) => property.split('=')[0])
      expect(names).toEqual(['file', 'line', 'col', 'title'])
      expect(message).not.toContain('::')
      // What the runner decodes is what was said, and not a line more.
      expect(message.replaceAll('%25', '%')).not.toMatch(/[\r\n]/)
      expect(message).not.toMatch(/%0[AD]/i)
    }
  })

  it('open and close no element of JUnit', () => {
    const tags = FORMATS['junit']?.match(/<\/?[a-z?][^>]*>/g) ?? []
    const names = new Set(tags.map((tag) => /[a-z]+/.exec(tag)?.[0]))
    const known = ['xml', 'testsuites', 'testsuite', 'testcase', 'failure']
    expect([...names]).toEqual(known)
    expect(tags.filter((tag) => tag.startsWith('<testcase'))).toHaveLength(BLOCKERS.length)
    expect(FORMATS['junit']).not.toMatch(/\]\]>|[\ufffe\uffff]/)
  })

  it('are text in Markdown: no element, link, code, emphasis, mention or row', () => {
    const whole = FORMATS['markdown'] ?? ''
    // Commands are of a fixed alphabet, and code.
    const text = whole.replace(/^ {2}- run: `[\w@%+=:,./ -]+`$/gm, '')
    expect(text).not.toBe(whole)
    expect(text).not.toMatch(/<|(?<!\\)`|(?<!\\)\]\(|@(?!&#8203;)|(?<!\\)\||www\.|(?<!\\):\/\//)
    // Of emphasis there is the outcome of each blocker.
    const emphasised = [...text.matchAll(/(?<!\\)\*\*(\w+)(?<!\\)\*\*/g)].map(([, word]) => word)
    expect(emphasised).toEqual(BLOCKERS.map(({ outcome }) => outcome))
    // Each line is one that the program began.
    const begun =
      /^(?:#{2,3} |- (?:about|set|accepted|exception|\*\*\w+\*\*): |  - (?:clears: |because: |rule: |looked at: )?|$)/
    expect(text.split('\n').filter((line) => !begun.test(line))).toEqual([])
  })

  it('never stand in the place of a status', () => {
    const lines = FORMATS['text of no end']?.split('\n') ?? []
    const outcomes = lines.filter((line) => /^ {2}\w+ {2,}policy/.test(line))
    expect(outcomes.map((line) => line.trim().split(/ +/)[0])).toEqual(
      BLOCKERS.map(({ outcome }) => outcome),
    )
    expect(FORMATS['text of no end']).not.toMatch(/^\s*- accepted/m)
  })

  it('are whole in documents, which nobody shows as they are', () => {
    const { waivers } = documentOfGate(FINDING) as unknown as {
      waivers: { used: { reason: string }[] }
    }
    expect(waivers.used[0]?.reason).toContain('\u{202e}')
    const log = JSON.stringify(sarifOfGates(told([FINDING]), OPTIONS))
    expect(log).not.toMatch(/\\n|\\r|\u{202e}|\u{200b}|::/u)
  })
})
