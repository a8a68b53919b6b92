// The sequences of section 3 (seed ruling 40): every step, ended well, in order, in one accepted record about the commit.

import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../../src/policy/index.ts'
import {
  CI,
  COMMIT,
  controlIn,
  exportOf,
  judge,
  POLICY,
  ranOf,
  SEQUENCES,
  stepsOf,
  toldOf,
} from './operations-world.ts'

const SKILLS = 'agent_skills_validation'
const REGISTRY = 'agent_skill_registry_validation'
const STEPS = stepsOf(SKILLS)
const FAILED = { status: 'failed', outcome: 'rejected', facts: {} } as const
const REFUSED: Evidence['computed'] = {
  ...FAILED,
  reason: { name: 'command', outcome: 'rejected', message: 'Refused' },
}

const by = (name: string, ...roles: readonly string[]) =>
  ({ signer: { name, principal: name, kind: 'person', roles } }) as const

/** The word of the first sequence, with these records in the place of its own. */
function told(...records: readonly Evidence[]) {
  return toldOf(SKILLS, { evidence: [CI, ...SEQUENCES.slice(1), ...records, exportOf()] })
}

describe('the sequences of the shipped playbook', () => {
  it('are five commands behind the install step, and six in their order', () => {
    const [skills, registry] = POLICY.sequences ?? []
    expect(skills?.steps.map(({ id }) => id.replace(/_.*/, ''))).toEqual([
      'install',
      ...Array.from({ length: 5 }, () => 'verify'),
    ])
    expect(registry?.steps).toHaveLength(6)
    expect(skills?.steps[0]?.run).toEqual(['pip', 'install', '-e', '.[dev]'])
  })

  it('pass where each ran as a whole', () => {
    expect([toldOf(SKILLS), toldOf(REGISTRY)]).toEqual([['passed'], ['passed']])
    const { check } = controlIn(judge(), SKILLS)
    expect(check.message).toBe(`The sequence "${SKILLS}", reported by "ci"`)
  })

  it('pass with other commands between, and with a step that passed when it ran again', () => {
    const more = [{ run: ['git', 'status'] }, { ...STEPS[1]!, exitCode: 1 }]
    expect(told(ranOf([...STEPS.slice(0, 1), ...more, ...STEPS.slice(1)]))).toEqual(['passed'])
  })

  it.each(STEPS.map((_, index) => index))('miss step %i', (index) => {
    expect(told(ranOf(STEPS.toSpliced(index, 1)))).toEqual(['missing', 'gate/sequence-missing'])
  })

  it.each(STEPS.map((_, index) => index))('name step %i where it failed', (index) => {
    const steps = STEPS.with(index, { ...STEPS[index]!, exitCode: 2 })
    expect(told(ranOf(steps))).toEqual(['failed', 'gate/sequence-failed'])
  })

  it('name the step that ran too early', () => {
    const steps = [...STEPS.slice(1, 2), ...STEPS.slice(0, 1), ...STEPS.slice(2)]
    expect(told(ranOf(steps))).toEqual(['failed', 'gate/sequence-order'])
  })

  it.each([
    ['one word more', { run: [...STEPS[1]!.run, '--force'] }],
    ['a word less', { run: STEPS[1]!.run.slice(0, -1) }],
    ['another word', { run: STEPS[1]!.run.with(STEPS[1]!.run.length - 1, 'elsewhere.json') }],
    ['all words in one', { run: [STEPS[1]!.run.join(' ')] }],
    ['another folder', { run: STEPS[1]!.run, folder: 'elsewhere' }],
    ['the folder above', { run: STEPS[1]!.run, folder: '.' }],
  ])('take no step with %s', (_, step) => {
    const steps = STEPS.with(1, { folder: STEPS[1]!.folder ?? '', ...step })
    expect(told(ranOf(steps))).toEqual(['missing', 'gate/sequence-missing'])
  })

  it.each([
    ['is of another commit', { predicate: { commit: 'cd'.repeat(20), commands: [] } }],
    ['has no commands', { predicate: { commit: COMMIT } }],
    [
      'has commands that are none',
      {
        predicate: {
          commit: COMMIT,
          commands: [7, { folder: 'agent-skills', arguments: ['pip', 1] }],
        },
      },
    ],
    ['was made up for', { overtakenBy: 'ab'.repeat(32) }],
    ['is no command record', { family: 'test-result' as const }],
  ])('take nothing of a record that %s', (_, more) => {
    expect(told(ranOf(STEPS, more))).toEqual(['missing', 'gate/sequence-missing'])
  })

  it('take no steps out of two records', () => {
    const halves = [ranOf(STEPS.slice(0, 3)), ranOf(STEPS.slice(3)), ranOf(STEPS.slice(0, 1))]
    expect(told(...halves)).toEqual(['missing', 'gate/sequence-missing'])
  })

  it('take no record that is not accepted', () => {
    expect(told(ranOf(STEPS, { computed: REFUSED }))).toEqual(['failed', 'gate/sequence-refused'])
  })

  it('fail when a step failed later, and not when it failed before', () => {
    const failing = () => ranOf([{ ...STEPS[2]!, exitCode: 1 }], { computed: REFUSED })
    const good = () => ranOf(STEPS)
    expect(told(failing(), good())).toEqual(['passed'])
    expect(told(good(), failing())[0]).toBe('failed')
  })

  it('tell of the last record in which all passed or a step failed, and who reported it', () => {
    const failing = (name: string) =>
      ranOf([{ ...STEPS[2]!, exitCode: 1 }], { computed: REFUSED, ...by(name) })
    for (const make of [failing, (name: string) => ranOf(STEPS, by(name, 'builder'))]) {
      const evidence = [CI, ...SEQUENCES.slice(1), make('early'), make('late'), exportOf()]
      const { check } = controlIn(judge({ evidence }), SKILLS)
      expect(check.message).toBe(`The sequence "${SKILLS}", reported by "late"`)
    }
  })

  it('pass by the word of somebody in one of the roles', () => {
    expect(POLICY.sequenceRoles).toEqual(['builder'])
    expect(told(ranOf(STEPS, by('dave', 'tester', 'builder')))).toEqual(['passed'])
    expect(told(ranOf(STEPS, by('dave', 'tester')))).toEqual(['missing', 'gate/sequence-role'])
    expect(told(ranOf(STEPS, by('dave')))).toEqual(['missing', 'gate/sequence-role'])
    const evidence = [CI, ranOf(STEPS, by('dave', 'tester'))]
    expect(controlIn(judge({ evidence }), SKILLS).check.checks?.at(-1)).toMatchObject({
      expected: 'signed in the role "builder"',
      found: '"dave" as "tester"',
    })
    expect(told(ranOf(STEPS), ranOf(STEPS, by('dave', 'tester')))).toEqual(['passed'])
  })

  it('fail by the word of anybody', () => {
    const before = ranOf(STEPS)
    const failing = ranOf([{ ...STEPS[2]!, exitCode: 1 }], by('dave', 'tester'))
    const codes = ['gate/sequence-missing', 'gate/sequence-failed']
    expect(told(before, failing)).toEqual(['failed', ...codes])
    // Nobody else says that it is well again.
    expect(told(before, failing, ranOf(STEPS, by('dave', 'tester')))[0]).toBe('failed')
    expect(told(failing, ranOf(STEPS))).toEqual(['passed'])
  })

  it('tell of what counts before they tell of what does not', () => {
    const half = ranOf(STEPS.slice(0, 2))
    expect(told(half, ranOf(STEPS, by('dave', 'tester')))).toEqual([
      'missing',
      'gate/sequence-missing',
    ])
  })

  it('are of no commit where none is known', () => {
    expect(toldOf(SKILLS, { commit: undefined })).toEqual(['missing', 'gate/sequence-missing'])
  })
})
