// `assay policy explain`: what the policies of a folder ask for, in words, and where each requirement stands.

import { buildCommand } from '@stricli/core'
import { requirementsOf } from '../../policy/index.ts'
import { refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from '../flags.ts'
import { answerRequirements } from '../gate/gate-plan.ts'
import { usage } from '../usage.ts'
import { FOLDER_ARGUMENT, readFolder } from './policy-folder.ts'

interface Flags {
  readonly policy?: readonly string[]
  readonly format: Format
}

const DESCRIPTION = [
  'Prints every requirement of the policies in words: which evidence it selects, what has to hold in it, and where it stands.',
  'Nothing is asked of any release. The controls of a playbook are no requirements: `assay playbook` tells them, one by one.',
  '',
  'Example: assay policy explain policies/release-assurance',
  '         assay policy explain --policy gate.release_target.render_staging_rollout',
]

/** `assay policy explain` */
export const command = buildCommand<Flags, [folder?: string], RunContext>({
  docs: {
    brief: 'Print what policies ask for, in words',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      policy: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'ID',
        brief: 'Only this policy; may be repeated',
      },
      format: FORMAT_FLAG,
    },
    positional: FOLDER_ARGUMENT,
  },
  func: answering(async (host, { policy: ids = [] }: Flags, folder?: string) => {
    const read = await readFolder(host, folder)
    if (!read.ok) return refused(read.problems)
    const registry = read.value
    const unknown = ids.filter((id) => !registry.policies.has(id))
    if (unknown.length > 0) {
      return refused(usage(`Expected policies of the folder, found ${unknown.join(', ')}`).problems)
    }
    const policies = [...registry.policies.values()].filter(
      ({ id }) => ids.length === 0 || ids.includes(id),
    )
    return answerRequirements(host, policies.flatMap(requirementsOf), registry)
  }),
})
