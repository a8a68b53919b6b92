import { describe, expect, it } from 'vitest'
import { type JsonObject, parseJson } from '../../src/core/index.ts'
import {
  BUILD_TYPES,
  judgeParameters,
  PARAMETER_TEMPLATES,
  type ParameterTemplate,
} from '../../src/statement/index.ts'

const WORKFLOW = {
  ref: 'refs/heads/main',
  repository: 'https://github.com/o/r',
  path: '.github/workflows/r.yml',
}

function codesOf(parameters: object, buildType: string = BUILD_TYPES.githubWorkflow) {
  const json = parseJson(JSON.stringify(parameters))
  const template = PARAMETER_TEMPLATES.get(buildType) as ParameterTemplate
  const judged = judgeParameters((json.ok ? json.value : {}) as JsonObject, template)
  return judged.ok ? 'accepted' : judged.problems.map(({ code, at }) => `${code} ${at}`)
}

describe('judgeParameters()', () => {
  it.each([
    ['one more', '', { workflow: WORKFLOW, flags: '-DEVIL' }, { workflow: WORKFLOW }],
    [
      'one more inside',
      '/workflow',
      { workflow: { ...WORKFLOW, inputs: { flags: '-DEVIL' } } },
      { workflow: { ...WORKFLOW, inputs: { flags: '' } } },
    ],
    [
      'an object for text',
      '/workflow/ref',
      { workflow: { ref: { a: 1 } } },
      { workflow: WORKFLOW },
    ],
    ['text for an object', '/workflow', { workflow: 'x' }, { workflow: {} }],
    [
      'a number for text',
      '/runner_environment',
      { runner_environment: 1 },
      { runner_environment: 'x' },
    ],
    ['a name that objects inherit', '', { constructor: 'x' }, { constructor: null }],
  ])('refuses %s', (_, at, refused, accepted) => {
    expect(codesOf(refused)).toEqual([`statement/parameter-unexpected /externalParameters${at}`])
    expect(codesOf(accepted)).toBe('accepted')
  })

  it.each([null, '', [], {}, { inputs: { flags: '' } }])('takes %j for nothing', (unset) => {
    expect(codesOf({ workflow: WORKFLOW, extra: unset })).toBe('accepted')
    expect(codesOf({ workflow: WORKFLOW, extra: [unset] })).not.toBe('accepted')
  })

  it('leaves a member to the build type that allows anything in it', () => {
    const other = 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1'
    const parameters = { workflow: WORKFLOW, inputs: { flags: ['-O2', { a: 1 }] } }
    expect(codesOf(parameters, other)).toBe('accepted')
    expect(codesOf(parameters)).not.toBe('accepted')
  })
})
