// Gates in the formats of other tools, each read again by what other tools read it with.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from 'junit2json'
import { describe, expect, it } from 'vitest'
import { blockersOf, decidingLists, type Judgement, listsOf } from '../../../src/gate/index.ts'
import {
  annotationsOfGates,
  junitOfGates,
  markdownOfGates,
  sarifOfGates,
} from '../../../src/report/gate/index.ts'
import { hasTool } from '../../outside-tool.ts'
import { ALL, BROKEN, FINDINGS, hostileFinding, opposed, TEXT, told } from './findings.ts'

const OPTIONS = { policies: 'policies/release-assurance', ledger: 'ledger', version: '1.2.3' }
const HOSTILE = hostileFinding()
const GATES = [...ALL, HOSTILE]

const require = createRequire(import.meta.url)
const MATCHER = dirname(dirname(require.resolve('@microsoft/jest-sarif')))

/** The official schema, of draft 4, with the validator that comes beside it. */
function validateSarif(log: unknown): unknown {
  const own = createRequire(join(MATCHER, 'lib/index.js'))
  const Ajv = own('ajv') as new (
    options: object,
  ) => {
    addMetaSchema(schema: unknown): void
    compile(schema: unknown): ((data: unknown) => boolean) & { errors?: unknown }
  }
  const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore' })
  ajv.addMetaSchema(own('ajv/lib/refs/json-schema-draft-04.json'))
  const path = join(MATCHER, 'lib/schemas/sarif-2.1.0-rtm.5.json')
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const validate = ajv.compile(schema)
  return validate(log) ? [] : validate.errors
}

function blockers(gates: readonly Judgement[]) {
  return gates.flatMap((finding) => listsOf(finding).flatMap((list) => blockersOf(list, finding)))
}

/** Those that keep their gates from something. */
function blocking(gates: readonly Judgement[]) {
  return gates
    .filter(({ decision }) => decision === 'no-go')
    .flatMap((finding) => decidingLists(finding).flatMap((list) => blockersOf(list, finding)))
}

describe('SARIF', () => {
  it.each([
    ['of every decision', ALL],
    ['of hostile texts', [HOSTILE]],
    ['of nothing', []],
  ])('%s is valid', (_, gates) => {
    expect(validateSarif(sarifOfGates(told(gates), OPTIONS))).toEqual([])
    expect(validateSarif({ ...sarifOfGates(told(gates), OPTIONS), version: '2.0.0' })).not.toEqual(
      [],
    )
  })

  it('has a result for each blocker, at its rule, and in the file from where the tool looks', () => {
    const log = sarifOfGates(told([FINDINGS.blocked]), OPTIONS) as unknown as {
      runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Result[] }]
    }
    const [{ tool, results }] = log.runs
    expect(results.map(({ ruleId }) => ruleId)).toEqual(
      blockers([FINDINGS.blocked]).map(({ id }) => id),
    )
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    }
    expect(results[0]?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: expect.stringContaining('policies/release-assurance/gate') },
      region: { startLine: expect.any(Number) },
    })
  })

  it('is a warning of what the project can not make itself, and an error of all else', () => {
    const { runs } = sarifOfGates(told(ALL), OPTIONS) as unknown as {
      runs: [{ results: Result[] }]
    }
    const failed = runs[0].results.filter(({ kind }) => kind === 'fail')
    const levels = new Set(failed.map(({ level, properties }) => `${properties.outcome} ${level}`))
    expect([...levels].toSorted()).toEqual(['missing error', 'unverified warning'])
  })

  it('has no failure of what decides nothing, and suppresses what an exception lets by', () => {
    const resultsOf = (finding: Judgement) => {
      const log = sarifOfGates(told([finding]), OPTIONS)
      const { runs } = log as unknown as { runs: [{ results: Result[] }] }
      return runs[0].results
    }
    const go = resultsOf(FINDINGS.go)
    expect(go).toHaveLength(blockers([FINDINGS.go]).length)
    expect(go.length).toBeGreaterThan(0)
    for (const one of go) expect(one).toMatchObject({ level: 'none', kind: 'informational' })
    const [excepted, ...aside] = resultsOf(FINDINGS.exception)
    expect(excepted).toMatchObject({
      ...{ level: 'warning', kind: 'fail' },
      suppressions: [{ kind: 'external', status: 'accepted', justification: expect.any(String) }],
    })
    expect(new Set(aside.map(({ kind }) => kind))).toEqual(new Set(['informational']))
    const open = resultsOf(FINDINGS.blocked).filter(({ kind }) => kind === 'fail')
    expect(open.map(({ ruleId }) => ruleId)).toEqual(
      blocking([FINDINGS.blocked]).map(({ id }) => id),
    )
    expect(open.every(({ suppressions }) => suppressions === undefined)).toBe(true)
  })
})

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly kind: string
  readonly suppressions?: readonly unknown[]
  readonly properties: { readonly outcome: string }
  readonly locations: readonly { readonly physicalLocation: unknown }[]
}

const XMLLINT = 'xmllint'

describe('JUnit', () => {
  it('is read again with a failure for each that blocks, and the others skipped', async () => {
    const read = (await parse(junitOfGates(told(GATES)))) as unknown as Suites
    const cases = read.testsuite.flatMap(({ testcase = [] }) => testcase)
    const failed = cases.filter(({ failure = [] }) => failure.length > 0)
    const skipped = cases.filter(({ skipped = [] }) => skipped.length > 0)
    const ids = blocking(GATES).map(({ id }) => id)
    expect(failed.map(({ name }) => name)).toEqual(ids)
    expect(failed.length + skipped.length).toBe(blockers(GATES).length)
    expect([read.tests, read.failures]).toEqual([cases.length, failed.length])
    for (const { tests, failures, skipped, testcase = [] } of read.testsuite) {
      const own = testcase.filter(({ failure = [] }) => failure.length > 0)
      const left = testcase.filter(({ skipped = [] }) => skipped.length > 0)
      expect([tests, failures, skipped]).toEqual([testcase.length, own.length, left.length])
    }
  })

  it.each([
    ['is go', FINDINGS.go],
    ['is go by exception', FINDINGS.exception],
  ])('of a gate that %s has no failure, and tells of everything all the same', async (_, gate) => {
    const xml = junitOfGates(told([gate]))
    const read = (await parse(xml)) as unknown as Suites
    expect(read.failures).toBe(0)
    const cases = read.testsuite.flatMap(({ testcase = [] }) => testcase)
    const left = cases.filter(({ skipped = [] }) => skipped.length > 0)
    expect(left.map(({ name }) => name)).toEqual(blockers([gate]).map(({ id }) => id))
    expect(left.length).toBeGreaterThan(0)
    expect(xml.match(/clears: /g)).toHaveLength(left.length)
  })

  it('has a suite of a name of its own for each list', async () => {
    const read = (await parse(junitOfGates(told([FINDINGS.go])))) as unknown as Suites
    const names = read.testsuite.map(({ name }) => name)
    expect(names.length).toBeGreaterThan(2)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says of a list that asks for nothing that it failed, where it decides', async () => {
    const { blocked: none } = FINDINGS
    const nothing = { findings: [], outcome: 'missing' as const }
    const [fulfilment] = none.fulfilment
    if (fulfilment === undefined) throw new Error('Expected fulfilment')
    const finding = {
      ...none,
      deploy: { ...none.deploy, ...nothing },
      fulfilment: [{ ...fulfilment, ...nothing }],
    }
    const read = (await parse(junitOfGates(told([finding])))) as unknown as Suites
    expect(read.testsuite[0]).toMatchObject({ tests: 1, failures: 1, skipped: 0 })
    expect(read.testsuite.at(-1)).toMatchObject({ tests: 1, failures: 0, skipped: 1 })
  })

  it.skipIf(!hasTool(XMLLINT, '--version'))('is XML for libxml', () => {
    const xml = junitOfGates(told(GATES))
    const ran = spawnSync(XMLLINT, ['--noout', '-'], { input: xml, encoding: 'utf8' })
    expect(ran.stderr).toBe('')
    expect(ran.status).toBe(0)
  })

  it.skipIf(!hasTool('python3', '-c', 'import xml.etree'))('is XML for expat', () => {
    const count = 'import sys, xml.etree.ElementTree as e\n'
    const script = `${count}print(len(e.fromstring(sys.stdin.buffer.read()).findall(".//failure")))`
    const ran = spawnSync('python3', ['-c', script], {
      input: junitOfGates(told(GATES)),
      encoding: 'utf8',
    })
    expect(ran.stdout.trim()).toBe(String(blocking(GATES).length))
  })
})

interface Suites {
  readonly tests: number
  readonly failures: number
  readonly testsuite: readonly {
    readonly name: string
    readonly tests: number
    readonly failures: number
    readonly skipped: number
    readonly testcase?: readonly {
      readonly name: string
      readonly failure?: readonly unknown[]
      readonly skipped?: readonly unknown[]
    }[]
  }[]
}

describe('annotations of GitHub', () => {
  it('are a warning of what an exception lets by', () => {
    const [first, ...others] = annotationsOfGates(told([FINDINGS.exception]), OPTIONS).split('\n')
    expect(first).toMatch(/^::warning /)
    expect(others.join('\n')).not.toMatch(/^::(?:error|warning) /m)
  })

  it('are one command for each blocker, and notices of what does not decide', () => {
    const lines = annotationsOfGates(told([FINDINGS.blocked]), OPTIONS)
      .trimEnd()
      .split('\n')
    const deciding = blockersOf(FINDINGS.blocked.deploy, FINDINGS.blocked)
    expect(lines).toHaveLength(blockers([FINDINGS.blocked]).length)
    const levels = lines.map((line) => /^::(\w+) /.exec(line)?.[1])
    expect(levels).toEqual(lines.map((_, at) => (at < deciding.length ? 'error' : 'notice')))
  })
})

/** Everything that is required is there, and all the same nothing is allowed. */
describe.each([
  ['records of the release that are refused', told([opposed(FINDINGS.go)]), 1],
  ['a ledger that is not whole', told([FINDINGS.go], BROKEN), BROKEN.length],
  ['both', told([opposed(FINDINGS.go)], BROKEN), BROKEN.length + 1],
])('%s', (_, broken, count) => {
  const whole = told([FINDINGS.go])

  it('are failures of JUnit besides those of requirements', async () => {
    const read = (await parse(junitOfGates(broken))) as unknown as Suites
    const before = (await parse(junitOfGates(whole))) as unknown as Suites
    expect(read.failures - before.failures).toBe(count)
    expect(read.testsuite[0]).toMatchObject({ tests: count, failures: count })
    expect(junitOfGates(broken)).not.toMatch(/\]\]>|<script|[\u{202e}\u{ffff}]/u)
  })

  it('are results of SARIF, each an error of a rule of its own', () => {
    const log = sarifOfGates(broken, OPTIONS) as unknown as {
      runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Result[] }]
    }
    expect(validateSarif(log)).toEqual([])
    const [{ tool, results }] = log.runs
    const added = results.slice(0, count)
    expect(added.map(({ level }) => level)).toEqual(added.map(() => 'error'))
    for (const { ruleId, ruleIndex } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    }
    expect(results[count]?.ruleId).toBe(blockers([FINDINGS.go])[0]?.id)
  })

  it('are errors of GitHub, one command each, and nothing that it says begins another', () => {
    const lines = annotationsOfGates(broken, OPTIONS).trimEnd().split('\n')
    const errors = lines.filter((line) => line.startsWith('::error '))
    expect(errors).toHaveLength(count)
    expect(lines).toHaveLength(count + blockers([FINDINGS.go]).length)
    for (const line of errors) {
      expect(/^::error title=[\w.#%-]+::([^]*)$/.exec(line)?.[1]).not.toMatch(/::|%0[AD]/i)
    }
  })

  it('stand in Markdown before what is required', () => {
    const text = markdownOfGates(broken)
    const said = text.match(/^- \*\*(?:rejected|missing)\*\*: (?:ledger|release)\\-\w+: /gm)
    expect(said).toHaveLength(count)
    expect(text.replace(/^ {2}- run: `[\w@%+=:,./ -]+`$/gm, '')).not.toMatch(/<script|(?<!\\)`/)
  })

  it('are told with what was found, in every format', () => {
    const found = broken.checks.length > 0 ? 'The tree' : 'Records are not'
    const sarif = JSON.stringify(sarifOfGates(broken, OPTIONS))
    const texts = [junitOfGates(broken), annotationsOfGates(broken, OPTIONS), sarif]
    for (const text of texts) expect(text).toContain(found)
    expect(texts.every((text) => text.includes(TEXT.slice(-'all of it'.length)))).toBe(true)
  })
})
