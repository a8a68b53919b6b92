// What clears each control of the shipped playbook: words for all of them, and the commands that make the very evidence that it asks for.

import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/policy/index.ts'
import {
  documentOfPlaybook,
  markdownOfPlaybook,
  renderPlaybook,
} from '../../../src/report/gate/index.ts'
import { COMMIT, RELEASE } from '../../gate/evidence.ts'
import {
  CI,
  EXPORT,
  exportOf,
  FILES as OF_OPERATIONS,
  incidentOf,
  RULESET,
  TREND,
} from '../../gate/playbook/operations/operations-world.ts'
import {
  APPROVER,
  approvalOf,
  ciOf,
  FILES,
  JOBS,
  judge,
  OWNER,
  POLICY,
  SIGNED,
  SUMMARIES,
  summary,
} from '../../gate/playbook/playbook-world.ts'
import { complaintOf } from '../command-complaint.ts'
import {
  CHECK_RUNS,
  clearing,
  clearingIn,
  INCIDENT,
  JOB,
  named,
  nothing,
  RESULT,
  RULESETS,
  WRITE,
} from './clearing-world.ts'

describe('where nothing is there, what clears a control', () => {
  const open = nothing.controls.filter(({ word }) => word !== 'passed')

  it('is said of each in words, in the text and in Markdown', () => {
    expect(open.length).toBeGreaterThan(35)
    const text = renderPlaybook(nothing, { columns: Number.POSITIVE_INFINITY })
    const markdown = markdownOfPlaybook(nothing)
    for (const { id } of open) expect(clearing(nothing, id)[0]).not.toBe('')
    // That of the first control stands in the summary as well.
    expect(text.match(/^ +clears: /gm)).toHaveLength(open.length + 1)
    expect(markdown.match(/^ {2}- clears: /gm)).toHaveLength(open.length + 1)
  })

  it('is told of no control that is passed', () => {
    const go = judge()
    for (const text of [renderPlaybook(go, { columns: 80 }), markdownOfPlaybook(go)]) {
      expect(text).not.toContain('clears: ')
    }
    const { controls } = documentOfPlaybook(go)
    expect(JSON.stringify(controls)).not.toContain('"clears"')
  })

  it('says what nobody knows in capitals', () => {
    const unknown = { ...nothing, subject: { against: [] } }
    expect(clearing(unknown, 'attached-release-lineage')[1]).toContain(' --release SET_ID ')
    expect(clearing(unknown, POLICY.exception.id).at(-1)).toContain(' --release-id SET_ID ')
    expect(clearing(unknown, 'runtime_canary')[2]).toContain(' --commit COMMIT ')
    expect(renderPlaybook(unknown, { columns: 80 })).not.toContain('release: ')
    expect(markdownOfPlaybook(unknown)).toContain('- release: none\n')
  })

  it('is what the command line takes', async () => {
    const commands = new Set(open.flatMap(({ id }) => clearing(nothing, id).slice(1)))
    const own = [...commands].filter((line) => !line.startsWith('gh api '))
    expect(own.length).toBeGreaterThan(20)
    for (const line of own) expect([line, await complaintOf(line)]).toEqual([line, undefined])
  })

  it('stands in a code span without escapes', () => {
    const markdown = markdownOfPlaybook(nothing)
    expect(markdown).toContain(`  - run: \`${CHECK_RUNS}\`\n`)
  })
})

describe('a condition', () => {
  it('that is a job asks for a run of it', () => {
    expect(clearing(nothing, 'runtime_canary')).toEqual([
      'a run in which the job "runtime_canary" passed, recorded by a signer in the role "builder"',
      ...JOB,
    ])
  })

  it('that publishes asks for the files that nobody names', () => {
    const trend = 'artifacts/critical_ci_trend_report.json'
    const { [TREND]: _, ...signed } = FILES
    const [, ...commands] = clearing(judge({ signed }), 'ci_stability_trend')
    expect(commands).toEqual([`${WRITE} ${TREND} -- COMMAND`])
    const both = judge({ evidence: [ciOf({ passedTests: JOBS })], signed: {} })
    expect(clearing(both, 'ci_stability_trend')[1]).toBe(
      `${WRITE} ${trend} --report ${TREND} -- COMMAND`,
    )
  })

  it('that is a report, or a summary, asks to mend what it says, where it says so', () => {
    const path = 'artifacts/replay_determinism_report.json'
    const id = 'replay_determinism_report'
    const run = `run what writes "${path}", so that a record names each by its digest`
    expect(clearing(nothing, id)).toEqual([run, `${WRITE} ${path} -- COMMAND`])
    const failed = judge({ files: { ...FILES, [path]: { status: 'failed' } } })
    expect(clearing(failed, id)[0]).toBe(`mend what the report is about, and ${run}`)
    const [first] = SUMMARIES
    const worse = judge({ files: { ...FILES, [first]: summary('failed') } })
    expect(clearing(worse, 'governance_executive_summary')[0]).toMatch(
      /^mend the controls that the summary lists, and run what writes /,
    )
    expect(clearing(nothing, 'governance_executive_summary')[0]).toMatch(/^run what writes /)
  })
})

describe('a sequence', () => {
  it('is run as a whole, by somebody whose word counts', () => {
    expect(clearing(nothing, 'agent_skills_validation')).toEqual([
      'run all commands of the sequence "agent_skills_validation" in its order, recorded by a signer in the role "builder"',
      `assay record command --commit ${COMMIT} --sequence SEQUENCE`,
    ])
  })
})

describe('an incident', () => {
  const canary = (...more: readonly Evidence[]) =>
    clearingIn('runtime-canary-failed', {
      evidence: [ciOf({ failedTests: ['runtime_canary'] }), ...more],
    })

  it('of a job is opened or closed, and the job passes', () => {
    const [opened, ...commands] = canary()
    expect(opened).toMatch(
      /^open an incident that names the trigger "runtime-canary-failed"; and a run /,
    )
    expect(commands).toEqual([INCIDENT, ...JOB])
    const [closed] = canary(incidentOf({ trigger: 'runtime-canary-failed' }))
    expect(closed).toMatch(/^close the incident: .*; and a run /)
    expect(clearing(nothing, 'runtime-canary-failed').slice(1)).toEqual(JOB)
  })

  it('of a summary is opened, and the summary mended', () => {
    const files = { ...OF_OPERATIONS, [SUMMARIES[0]]: { status: 'failed' } }
    const [words, ...commands] = clearingIn('governance-summary-failed', { files })
    expect(words).toMatch(/; and mend the controls that the summary lists, and run what writes /)
    expect(commands).toEqual([INCIDENT, `${WRITE} ${SUMMARIES[0]} -- COMMAND`])
  })

  it('of breaches is opened and closed; where they can not be counted, the report is written', () => {
    const id = 'critical-ci-repeated-breaches'
    const at = (day: number) => ({ job: 'runtime_canary', at: `2026-04-0${day}T12:00:00Z` })
    const files = { ...OF_OPERATIONS, [TREND]: { breaches: [at(7), at(8), at(9)] } }
    const [words, ...commands] = clearingIn(id, { files })
    expect(words).toMatch(/^open an incident .*, and then close the incident/)
    expect(commands).toEqual([INCIDENT])
    const more = [incidentOf({ trigger: id, openedAt: '2026-04-09T13:00:00Z' })]
    expect(clearingIn(id, { files, more })[0]).toMatch(/^close the incident/)
    expect(clearing(nothing, id).slice(1)).toEqual([`${WRITE} ${TREND} -- COMMAND`])
    const triggers = (POLICY.incidents?.triggers ?? []).map((trigger) =>
      'breaches' in trigger ? { ...trigger, breaches: { least: 3, within: '14d' } } : trigger,
    )
    const policy = { ...POLICY, incidents: { ...POLICY.incidents!, triggers } }
    const failing = ['runtime_canary']
    const failed = [7, 8, 9].map((day) => {
      const signedAt = Date.parse(at(day).at)
      return ciOf({ failedTests: failing }, { signedAt })
    })
    expect(clearingIn(id, { policy, more: failed })).toEqual([words, INCIDENT])
    expect(clearingIn('no-open-incident', { files, more })).toEqual([
      expect.stringMatching(/^close the incident/),
      INCIDENT,
    ])
  })
})

describe('what the repository can not force', () => {
  const id = POLICY.exception.id
  const closing = [
    RULESETS,
    `${RESULT} REPORT ${named(EXPORT)} ${named('artifacts/github_branch_protection_report.json')} ${named('artifacts/github_ruleset_ui.png')}`,
  ]
  const byHand = `assay record test-result --release-id ${RELEASE.id} --phase pre-deploy-candidate --from REPORT ${named(POLICY.exception.runbook)} ${named(POLICY.exception.attached[0]!)}`

  it('is exported, or looked at by hand; an export that shows something else is mended', () => {
    const [words, ...commands] = clearing(nothing, id)
    expect(words).toMatch(/^"artifacts\/github_ruleset.json", signed by .*; or somebody follows /)
    expect(commands).toEqual([...closing, byHand])
    const ruleset = { ...RULESET, enforcement: 'disabled' }
    const evidence = [CI, exportOf(ruleset)]
    const files = { ...OF_OPERATIONS, [EXPORT]: ruleset }
    const [mend, ...again] = clearingIn(id, { evidence, files })
    expect(mend).toMatch(/^put right in the settings what the export shows/)
    expect(again).toEqual(closing)
  })

  it('is looked at by hand where the playbook has no closure', () => {
    const { closure: _, ...policy } = POLICY
    const found = judge({ closure: undefined, rest: { policy } })
    expect(clearing(found, id).slice(1)).toEqual([byHand])
  })
})

describe('the decision', () => {
  it('is taken by two, and anew by whoever decided against it', () => {
    const one = judge({ evidence: [SIGNED[0], approvalOf(OWNER)] })
    const asked = `assay record approval --release-id ${RELEASE.id} --phase pre-deploy-candidate --scope rollout --decision approve --reason REASON --expires 7d`
    const words =
      'an approval in the role "release-owner", and one of somebody else in the role "release-owner" or "approver"'
    expect(clearing(one, 'promotion_decision')).toEqual([words, asked])
    const reason = { name: 'approval', outcome: 'rejected', message: 'No' } as const
    const computed = { status: 'rejected', outcome: 'rejected', facts: {}, reason } as const
    const against = judge({
      evidence: [SIGNED[0], approvalOf(OWNER, { computed }), approvalOf(APPROVER)],
    })
    expect(clearing(against, 'promotion_decision')[0]).toBe(
      `${words}; whoever decided against it decides anew`,
    )
  })
})
