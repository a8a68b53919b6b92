// `assay policy test`: the cases that lie beside policies, each with its evidence and what requirements have to come to over it.

import { buildCommand } from '@stricli/core'
import { type Check, groupChecks } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  type CaseFile,
  type Policy,
  parsePolicyCases,
  type PolicyCode,
  type Registry,
  requirementsOf,
  runCases,
  withParts,
} from '../../policy/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format } from '../flags.ts'
import { DEFAULT_POLICIES } from '../record/registry-input.ts'
import { FOLDER_ARGUMENT, readFolder } from './policy-folder.ts'

interface Flags {
  readonly format: Format
}

const DESCRIPTION = [
  'Runs the cases of the policies in a folder. Those of gate/web.yaml are in gate/web.test.yaml, or in files of the folder',
  'gate/web.test: evidence as conditions see it, the time, and what requirements have to come to. A policy with requirements',
  'and without cases is told. Exit code 1 where a requirement comes to something else, or there is no case at all.',
  '',
  'Example: assay policy test policies/release-assurance',
]

/** `assay policy test` */
export const command = buildCommand<Flags, [folder?: string], RunContext>({
  docs: { brief: 'Run the cases of policies', fullDescription: DESCRIPTION.join('\n') },
  parameters: { flags: { format: FORMAT_FLAG }, positional: FOLDER_ARGUMENT },
  func: answering(async (host, _: Flags, folder?: string) => test(host, folder)),
})

async function test(host: Host, folder: string = DEFAULT_POLICIES): Promise<Answer> {
  const read = await readFolder(host, folder)
  if (!read.ok) return refused(read.problems)
  const registry = read.value
  const files = await host.readPolicies(folder, 'cases')
  if (!files.ok) return refused(files.problems)
  const cases = parsePolicyCases(files.value, registry)
  if (!cases.ok) {
    const [first, ...more] = cases.problems.map((problem) => ({
      ...problem,
      at: `${folder}/${problem.at ?? ''}`,
    }))
    return first === undefined ? refused(cases.problems) : refused([first, ...more])
  }
  const expressions = { evaluate: host.evaluateExpressions }
  const checks: Check[] = []
  for (const file of cases.value) checks.push(await runCases(file, { registry, expressions }))
  return answer(host, { registry, files: cases.value, checks })
}

interface Ran {
  readonly registry: Registry
  readonly files: readonly CaseFile[]
  readonly checks: readonly Check[]
}

function answer(host: Host, { registry, files, checks }: Ran): Answer {
  const all = checks.length === 0 ? [NO_CASES] : checks
  const verdict = groupChecks('cases', 'The cases of the policies', all)
  const asking = [...registry.policies.values()].filter((one) => requirementsOf(one).length > 0)
  const policies = asking.map((policy) => testedOf(policy, files))
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    document: {
      schema: 'assay/policy-test/v1',
      outcome: verdict.outcome,
      policies: { sha256: registry.digest },
      tested: policies.map(({ id, cases, untested }) => ({ id, cases, untested: [...untested] })),
      verdict: documentOfVerdict(verdict),
    },
    text: renderVerdict(verdict, { columns: host.columns }),
    notes: policies.flatMap(({ id, cases, untested }) => {
      if (cases === 0) return [`${id} has no cases`]
      return untested.length === 0 ? [] : [`${id}: no case of ${untested.join(', ')}`]
    }),
  }
}

const NO_CASES: Check = {
  name: 'cases',
  outcome: 'missing',
  code: 'policy/case-missing' satisfies PolicyCode,
  message: 'There are no cases',
  hint: 'Put those of gate/web.yaml into gate/web.test.yaml',
}

/** How many cases a policy has, and the requirements that none of them names. */
function testedOf(policy: Policy, files: readonly CaseFile[]) {
  const own = files.filter((file) => file.policy.id === policy.id).flatMap(({ cases }) => cases)
  const named = new Set(own.flatMap(({ expect }) => Object.keys(expect)))
  const untested = requirementsOf(policy)
    .filter((placed) => !withParts(placed).some(({ requirement }) => named.has(requirement.id)))
    .map(({ requirement }) => requirement.id)
  return { id: policy.id, cases: own.length, untested }
}
