import { describe, expect, it } from 'vitest'
import { type JsonValue } from '../../../src/core/index.ts'
import { digestBytes } from '../../../src/digest/index.ts'
import { bindReports, type FoundFile, type Report } from '../../../src/gate/index.ts'
import { checkReport } from '../../../src/gate/reports/check-report.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { COMMIT, NOW, piece } from '../evidence.ts'

const PATH = 'artifacts/report.json'
const BYTES = Buffer.from('{"status":"passed"}')
const OTHER = Buffer.from('{"status":"failed"}')
const sha256 = (bytes: Uint8Array) => digestBytes('sha256', bytes)
const BOB = { name: 'bob', principal: 'bob', kind: 'person', roles: ['release'] } as const

const ran = (bytes: Uint8Array, more: Partial<Evidence> = {}, name = PATH): Evidence =>
  piece({
    family: 'command',
    commit: COMMIT,
    predicate: { commands: [{ name: 'verify', reports: [{ name, sha256: sha256(bytes) }] }] },
    ...more,
  })
const resource = (bytes: Uint8Array) => ({ name: PATH, digest: { sha256: sha256(bytes) } })

function bind(evidence: readonly Evidence[], file: FoundFile | Uint8Array = BYTES, path = PATH) {
  const found = file instanceof Uint8Array ? ({ kind: 'read', bytes: file } as const) : file
  return bindReports(new Map([[path, found]]), evidence).get(path)!
}
const outcome = (report: Report) => {
  const { outcome: came, code } = checkReport(report)
  return [report.standing, came, code]
}

const LOOSE: readonly (readonly [string, readonly Evidence[]])[] = [
  ['nothing', []],
  ['another path', [ran(BYTES, {}, 'artifacts/other.json')]],
  ['evidence of another family', [piece({ family: 'smoke', predicate: ran(BYTES).predicate })]],
  ['evidence of no family', [piece({ family: undefined as never, predicate: {} })]],
  [
    'evidence that is not accepted',
    [
      ran(BYTES, {
        computed: {
          status: 'failed',
          outcome: 'rejected',
          facts: {},
          reason: { name: 'c', outcome: 'rejected', message: 'No' },
        },
      }),
    ],
  ],
  ...(
    [
      null,
      {},
      { commands: 1 },
      { commands: [1] },
      { commands: [{ reports: [{ name: PATH }] }] },
      { commands: [{ reports: [{ sha256: sha256(BYTES) }] }] },
    ] as const satisfies readonly JsonValue[]
  ).map((predicate) => ['a record of nothing', [piece({ family: 'command', predicate })]] as const),
]

describe('a report', () => {
  it('is bound by a command record that names its bytes', () => {
    const by = ran(BYTES)
    const report = bind([by])
    expect(report).toEqual({
      path: PATH,
      sha256: sha256(BYTES),
      standing: 'bound',
      boundBy: [by],
      content: { status: 'passed' },
    })
    expect(checkReport(report)).toMatchObject({
      outcome: 'accepted',
      found: `command ${by.sha256} of "ci"`,
    })
  })

  it.each([
    ['a test result', { family: 'test-result', predicate: { configuration: [resource(BYTES)] } }],
    [
      'provenance',
      { family: 'provenance', predicate: { runDetails: { byproducts: [resource(BYTES)] } } },
    ],
  ] as const)('is bound by %s that names its bytes', (_, parts) => {
    expect(bind([piece(parts)]).standing).toBe('bound')
  })

  it('is no document where its name does not end in .json', () => {
    const report = bind([ran(BYTES, {}, 'notes.md')], BYTES, 'notes.md')
    expect(report.standing).toBe('bound')
    expect(report.content).toBeUndefined()
  })

  it.each(LOOSE)('is loose with %s', (_, evidence) => {
    expect(outcome(bind(evidence))).toEqual(['loose', 'unverified', 'gate/report-loose'])
  })

  it('is absent where it is not there, whoever names it', () => {
    const report = bind([ran(BYTES)], { kind: 'absent' })
    expect(outcome(report)).toEqual(['absent', 'missing', 'gate/report-absent'])
    expect(report.boundBy).toHaveLength(1)
    expect(outcome(bind([], { kind: 'absent' }))).toEqual([
      'absent',
      'missing',
      'gate/report-absent',
    ])
  })

  it('is unreadable where it can not be read, or is no strict JSON', () => {
    const found = { kind: 'unreadable', reason: 'too large' } as const
    const report = bind([ran(BYTES)], found)
    expect(outcome(report)).toEqual(['unreadable', 'rejected', 'gate/report-unreadable'])
    expect(checkReport(report).found).toMatch(/^too large; named by command /)
    const twice = Buffer.from('{"status":"failed","status":"passed"}')
    expect(outcome(bind([ran(twice)], twice))[0]).toBe('unreadable')
    expect(outcome(bind([], twice))[0]).toBe('unreadable')
    expect(outcome(bind([ran(BYTES)], twice))[0]).toBe('changed')
  })

  it('is changed where other bytes are named', () => {
    expect(outcome(bind([ran(OTHER)]))).toEqual(['changed', 'rejected', 'gate/report-changed'])
  })

  it('is contradicted where two name different bytes', () => {
    const evidence = [ran(OTHER), ran(BYTES, { signer: BOB })]
    const refused = ['contradicted', 'rejected', 'gate/report-contradicted']
    expect(outcome(bind(evidence))).toEqual(refused)
    expect(outcome(bind(evidence.toReversed()))).toEqual(refused)
    const asked = [ran(OTHER), ran(BYTES, { evidence: 'evidence.repo.ci' })]
    expect(outcome(bind(asked))).toEqual(refused)
  })

  it('is bound by the last word of one signer on one check', () => {
    const [before, after] = [ran(OTHER), ran(BYTES)]
    expect(bind([after, before])).toMatchObject({ standing: 'bound', boundBy: [after] })
    expect(bind([after, before], OTHER).standing).toBe('changed')
  })

  it('is not bound by what was withheld and appended later', () => {
    const first = ran(BYTES, { signedAt: NOW })
    const withheld = ran(OTHER, { signedAt: NOW - 1 })
    expect(bind([first, withheld]).standing).toBe('contradicted')
    expect(bind([first, { ...withheld, signedAt: NOW }], OTHER).standing).toBe('bound')
    const { signedAt: _, ...unknown } = withheld
    expect(bind([first, unknown], OTHER).standing).toBe('bound')
  })

  it('counts for less without the evidence that binds it', () => {
    const evidence = [ran(BYTES)]
    expect(bind(evidence).standing).toBe('bound')
    expect(bind(evidence.slice(1)).standing).toBe('loose')
  })
})
