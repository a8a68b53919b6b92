// The sections of a playbook that are data of their own: what they take, and what they refuse.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { parsePolicies, type PolicyProblem, promotionPathOf } from '../../src/policy/index.ts'

const TEXT = readFileSync(join(ROOT, 'policies/production-readiness/playbook.yaml'), 'utf8')

/** What is wrong with the shipped playbook, where a part of it is another one. */
function problemsIn(from: string, to: string): readonly PolicyProblem[] {
  expect(TEXT).toContain(from)
  const bytes = Buffer.from(TEXT.replace(from, to))
  const read = parsePolicies([{ name: 'playbook.yaml', bytes }])
  return read.ok ? [] : read.problems
}

function problemsWith(from: string, to: string): readonly string[] {
  return problemsIn(from, to).map(({ message }) => message)
}

const RUN = 'run: [python, tools/registry_stats.py]'
const LINEAGE = 'lineage: artifacts/release_lineage.json'

describe('the sections of a playbook', () => {
  it.each([
    ['a step without a folder', '    folder: agent-skills\n', ''],
    ['another program', RUN, 'run: [node, tools/stats.mjs, "--all"]'],
    ['another branch', 'branch: refs/heads/main', 'branch: refs/heads/release/v1.x'],
    ['a file that is a list as a whole', ', at: /required_status_checks', ''],
    ['somebody who may bypass', 'bypass: []', 'bypass: [{ type: Team, id: 7, mode: always }]'],
    [
      'breaches in results alone',
      /\n {8}report: \{ path: artifacts\/critical.*\}/.exec(TEXT)?.[0] ?? '',
      '',
    ],
  ])('take %s', (_, from, to) => {
    expect(problemsWith(from, to)).toEqual([])
  })

  it.each([
    ['nobody whose word counts of a job', 'jobRoles: [builder]', 'jobRoles: []'],
    ['a step without words', RUN, 'run: []'],
    ['a step of one text', RUN, 'run: python tools/registry_stats.py'],
    ['a step twice', 'id: registry_stats', 'id: generate_catalog'],
    ['an attachment twice', 'id: attached-ci-run', 'id: attached-ruleset'],
    ['two forms of an attachment', LINEAGE, `${LINEAGE}, run: from-provenance`],
    ['no form of an attachment', `, ${LINEAGE}`, ''],
    ['an address that somebody wrote', 'run: from-provenance', 'run: https://ci.example/1'],
    ['a report of no environment', '_<environment>.json', '.json'],
    ['a path that leaves the project', LINEAGE, 'lineage: ../lineage.json'],
    ['a trigger of a job that is not critical', 'job: runtime_canary }', 'job: dx_metrics }'],
    ['no breaches at all', 'least: 3', 'least: 0'],
    ['a window without a unit', 'within: 14d', 'within: 14'],
    ['a pattern for a branch', 'branch: refs/heads/main', 'branch: refs/heads/*'],
    ['a tag', 'branch: refs/heads/main', 'branch: refs/tags/v1'],
    ['no reviews', 'reviewsLeast: 1', 'reviewsLeast: 0'],
    ['another way to bypass', 'bypass: []', 'bypass: [{ type: Team, mode: never }]'],
    ['a member that nobody knows', 'reviewsLeast: 1', 'reviewsLeast: 1\n  status: passed'],
  ])('refuse %s', (_, from, to) => {
    expect(problemsWith(from, to)).not.toEqual([])
  })

  // A control is told by its id alone: with two of one, the second could stand in the place of the first.
  const EXCEPTED = 'github_branch_protection_report'
  it.each([
    ['a control', 'dx_metrics', 'runtime_canary', '/controls/1', '/controls/2'],
    ['a sequence', 'agent_skills_validation', 'dx_metrics', '/controls/2', '/sequences/0'],
    ['an attachment', 'attached-ci-run', EXCEPTED, '/exception', '/attachments/0'],
    ['a trigger', 'runtime-canary-failed', EXCEPTED, '/exception', '/incidents/triggers/0'],
    ['no open incident', 'no-open-incident', EXCEPTED, '/exception', '/incidents/open'],
    ['the exception', EXCEPTED, 'dx_metrics', '/controls/2', '/exception'],
    ['the decision', 'promotion_decision', 'attached-ci-run', '/attachments/0', '/decision'],
    [
      'a step',
      'registry_stats',
      'generate_catalog',
      '/sequences/1/steps/4',
      '/sequences/1/steps/5',
    ],
  ])('refuse %s under an id that stands before', (_, own, other, first, second) => {
    const [problem, ...more] = problemsIn(`id: ${own}`, `id: ${other}`)
    const message = `Expected each id once, found "${other}" of "${first}" again at "${second}/id"`
    expect([problem?.code, problem?.message, more]).toEqual(['policy/member', message, []])
    const line = TEXT.slice(0, TEXT.indexOf(`id: ${own}`)).split('\n').length
    expect(problem?.at).toMatch(new RegExp(`^playbook\\.yaml, line ${line}, `))
  })

  it('take a step of the name of a control, and of a step of another sequence', () => {
    expect(problemsWith('id: registry_stats', 'id: runtime_canary')).toEqual([])
    expect(problemsWith('id: registry_stats', 'id: install')).toEqual([])
  })

  it('take roles of sequences where there are any, and sequences with roles alone', () => {
    const roles = 'sequenceRoles: [builder]\n'
    const sequences = /\nsequences:\n(?:[ #].*\n)*/.exec(TEXT)?.[0] ?? ''
    expect(problemsWith(roles, '')).toEqual([
      'Expected "sequences" only beside "sequenceRoles" at "/sequences"',
    ])
    expect(problemsWith(sequences, '\n')).toEqual([
      'Expected "sequenceRoles" only beside "sequences" at "/sequenceRoles"',
    ])
    expect(problemsWith(roles, 'sequenceRoles: []\n')).not.toEqual([])
    const without = TEXT.replace(sequences, '\n').replace(roles, '')
    expect(parsePolicies([{ name: 'playbook.yaml', bytes: Buffer.from(without) }]).ok).toBe(true)
  })

  it('may be left out as a whole', () => {
    const incidents = /\nincidents:\n(?:[ #].*\n)*/.exec(TEXT)?.[0] ?? ''
    expect(problemsWith(incidents, '\n')).toEqual([])
  })

  it('names the report of a promotion after its environment', () => {
    expect(promotionPathOf('artifacts/to_<environment>.json', 'staging')).toBe(
      'artifacts/to_staging.json',
    )
  })
})
