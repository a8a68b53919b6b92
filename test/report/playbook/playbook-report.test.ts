// A playbook in each of its formats, kept as files that people can read; and what hostile words come to in them.

import { describe, expect, it } from 'vitest'
import { DOCUMENT_SCHEMAS } from '../../../src/cli/document-schemas.ts'
import { encodeTimestamp, type JsonObject } from '../../../src/core/index.ts'
import { outcomeOfPlaybook, type PlaybookFinding } from '../../../src/gate/index.ts'
import {
  documentOfPlaybook,
  markdownOfPlaybook,
  renderPlaybook,
} from '../../../src/report/gate/index.ts'
import { NOW } from '../../gate/evidence.ts'
import {
  approvalOf,
  ciOf,
  EXCEPTED,
  FILES,
  JOBS,
  judge,
  OWNER,
  SIGNED,
  SUMMARIES,
  summary,
  verificationOf,
} from '../../gate/playbook/playbook-world.ts'

const HOSTILE = 'x\u001b[31m\n::error::\u202e<b>[a](b)|@all'

const EXCEPTED_FILES = {
  ...FILES,
  [SUMMARIES[0]]: summary('unverified', { [EXCEPTED]: 'unverified' }),
}
const refused = { name: 'records', outcome: 'rejected', message: 'A record is refused' } as const
const { subject } = judge()

const STATES: Readonly<Record<string, PlaybookFinding>> = {
  go: judge(),
  exception: judge({
    files: EXCEPTED_FILES,
    closure: undefined,
    more: [verificationOf(EXCEPTED_FILES)],
  }),
  'no-go': judge({
    files: { ...FILES, 'artifacts/replay_determinism_report.json': { status: 'failed' } },
    evidence: [
      ciOf({ passedTests: JOBS.slice(2), failedTests: JOBS.slice(1, 2) }),
      approvalOf(OWNER),
    ],
    signed: Object.fromEntries(Object.entries(FILES).slice(2)),
    closure: undefined,
  }),
  'not-sound': judge({ rest: { subject: { ...subject, against: [refused] } } }),
  hostile: judge({
    files: {
      ...FILES,
      'artifacts/policy_gate_freshness_report.json': { status: HOSTILE },
      [SUMMARIES[0]]: summary('unverified', { [HOSTILE]: 'unverified' }),
    },
    evidence: [SIGNED[0], approvalOf({ ...OWNER, principal: HOSTILE })],
  }),
}

/** How many pieces there were before, and what the shipped policy looks like today, is of no interest. */
const masked = (text: string) =>
  text
    .replace(/0{40,}[0-9a-f]+/g, '<record>')
    .replace(/"sha256": "[0-9a-f]{64}"/, '"sha256": "<policy>"')
    .replace(/line \d+, column \d+/g, 'line <l>, column <c>')

const documentOf = (finding: PlaybookFinding): JsonObject => ({
  schema: 'assay/playbook/v1',
  outcome: outcomeOfPlaybook(finding),
  at: encodeTimestamp(NOW),
  trust: { sha256: 'ab'.repeat(32) },
  playbooks: [documentOfPlaybook(finding)],
  checks: [],
})

describe.each(Object.entries(STATES))('a playbook that is %s', (name, finding) => {
  const golden = (kind: string) => `../../golden/playbook/${name}.${kind}`
  const columns = Number.POSITIVE_INFINITY

  it('is told to a person', async () => {
    await expect(masked(renderPlaybook(finding, { columns }))).toMatchFileSnapshot(golden('txt'))
  })

  it('is Markdown', async () => {
    await expect(masked(markdownOfPlaybook(finding))).toMatchFileSnapshot(golden('md'))
  })

  it('is a document of its schema, with the executive summary', async () => {
    const document = documentOf(finding)
    expect(DOCUMENT_SCHEMAS.playbook.safeParse(document).error).toBeUndefined()
    const [told] = document['playbooks'] as readonly JsonObject[]
    const { controls: _, ...rest } = told!
    const text = masked(`${JSON.stringify(rest, null, 2)}\n`)
    await expect(text).toMatchFileSnapshot(golden('json'))
  })
})

describe('a playbook in a narrow terminal', () => {
  it('keeps its reasons in the columns there are', () => {
    const lines = renderPlaybook(STATES['no-go']!, { columns: 80 }).split('\n')
    const reasons = lines.filter((line) => line.startsWith('              '))
    expect(reasons.length).toBeGreaterThan(10)
    // Commands are copied, each as it is.
    const isCommand = (line: string) => /^ +\$ (?:assay|gh) /.test(line)
    expect(reasons.filter((line) => line.length > 80 && !isCommand(line))).toEqual([])
  })
})

describe('hostile words', () => {
  it('stay words in every format', () => {
    const finding = STATES['hostile']!
    const columns = Number.POSITIVE_INFINITY
    for (const text of [renderPlaybook(finding, { columns }), markdownOfPlaybook(finding)]) {
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
      expect(text).not.toMatch(/^\s*::/m)
    }
    const markdown = markdownOfPlaybook(finding)
    expect(markdown).not.toMatch(/<b>|\]\(b\)|[^\\]\|@|[^\\]@all/)
    for (const line of markdown.split('\n').filter((row) => row.startsWith('| '))) {
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(5)
    }
  })
})
