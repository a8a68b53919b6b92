// A ruleset of the organisation (section 8): it counts for a repository that it names, and goes by nothing that provenance does not have.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/core/index.ts'
import { EXCEPTED as ID } from '../playbook-world.ts'
import {
  controlIn,
  EVIDENCE,
  EXPORT,
  exportOf,
  FILES,
  judge,
  type Question,
  RULESET,
  toldOf,
} from './operations-world.ts'

function exported(more: JsonObject): Question {
  const ruleset = { ...RULESET, ...more }
  return {
    files: { ...FILES, [EXPORT]: ruleset },
    evidence: [...EVIDENCE.slice(0, -1), exportOf(ruleset)],
  }
}

describe('a ruleset of the organisation', () => {
  const ref_name = { include: ['~DEFAULT_BRANCH'], exclude: [] }
  const refused = ['failed', 'gate/closure-enforcement']
  const ofTeam = (conditions: JsonObject, source = 'team', source_type = 'Organization') =>
    exported({ source_type, source, conditions: { ref_name, ...conditions } })
  const named = (include: readonly string[], exclude: readonly string[] = []) =>
    ofTeam({ repository_name: { include, exclude, protected: true } })

  it.each([
    [['app'], []],
    [['other', '~ALL'], []],
    [['~ALL'], ['other']],
  ])('is for the repository by %j without %j', (include, exclude) => {
    expect(toldOf(ID, named(include, exclude))).toEqual(['passed'])
  })

  it.each([
    [['other'], []],
    [[], []],
    [['team/app'], []],
    [['a*'], []],
    [['~ALL'], ['app']],
    [['~ALL'], ['APP']],
    [['app'], ['a*']],
    [['app'], ['~ALL']],
  ])('is not for the repository by %j without %j', (include, exclude) => {
    expect(toldOf(ID, named(include, exclude))).toEqual(refused)
  })

  it('names repositories, which is what provenance has of them', () => {
    const names = { repository_name: { include: ['app'], exclude: [] } }
    expect(toldOf(ID, ofTeam(names))).toEqual(['passed'])
    const byNumber = { repository_id: { repository_ids: [1] } }
    const byProperty = { repository_property: { include: [], exclude: [] } }
    for (const conditions of [{}, byNumber, byProperty, { ...names, ...byNumber }]) {
      expect(toldOf(ID, ofTeam(conditions))).toEqual(refused)
    }
    expect(toldOf(ID, ofTeam(names, 'app'))).toEqual(refused)
    expect(toldOf(ID, ofTeam({ repository_name: {} }))[0]).toBe('failed')
  })

  it('is no ruleset of a repository, and there is no third kind', () => {
    const names = { repository_name: { include: ['app'], exclude: [] } }
    expect(toldOf(ID, ofTeam({}, 'team/app', 'Repository'))).toEqual(['passed'])
    expect(toldOf(ID, ofTeam(names, 'team/app', 'Repository'))).toEqual(refused)
    for (const type of ['Enterprise', 'Nonsense']) {
      expect(toldOf(ID, ofTeam({}, 'team/app', type))).toEqual(refused)
      expect(toldOf(ID, ofTeam(names, 'team', type))).toEqual(refused)
    }
  })

  it('says for which repositories it is', () => {
    const { check } = controlIn(judge(named(['other'], ['app'])), ID)
    const found = check.checks?.find(({ name }) => name === 'enforcement')?.checks?.at(-1)?.found
    expect(found).toBe('"Organization" "team", for "other", without "app"')
  })
})
