// `assay policy lint`: requirements that can never hold or never fail, names that nobody has, and texts that claim a state.

import { buildCommand } from '@stricli/core'
import { accept, countOf, escapeText, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { lintPolicies, lintTrust } from '../../policy/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from '../flags.ts'
import { DEFAULT_POLICIES } from '../record/registry-input.ts'
import { problemDocument, renderProblems } from '../render.ts'
import { readTrust } from '../trust/trust-file.ts'
import { FOLDER_ARGUMENT, readFolder } from './policy-folder.ts'

interface Flags {
  readonly trust?: string
  readonly format: Format
}

const DESCRIPTION = [
  'Reads the policies of a folder, and finds what can be read and still is wrong: requirements that can never hold or never',
  'fail, places and statuses that no evidence has, roles that the trust document does not have or that ask for several signers of',
  'what is judged one by one, and declared text that claims a state.',
  'A folder that can not be read, or whose references do not resolve, ends with 2. Exit code 1 where something was found.',
  '',
  'Example: assay policy lint policies/release-assurance',
  '         assay policy lint --trust trust.json',
]

/** `assay policy lint` */
export const command = buildCommand<Flags, [folder?: string], RunContext>({
  docs: { brief: 'Find what is wrong with policies', fullDescription: DESCRIPTION.join('\n') },
  parameters: {
    flags: {
      trust: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Trust document; without it, roles are not looked at',
      },
      format: FORMAT_FLAG,
    },
    positional: FOLDER_ARGUMENT,
  },
  func: answering(async (host, flags: Flags, folder?: string) => lint(host, flags, folder)),
})

async function lint(host: Host, flags: Flags, folder: string = DEFAULT_POLICIES): Promise<Answer> {
  const registry = await readFolder(host, folder)
  if (!registry.ok) return refused(registry.problems)
  const trust = await readOptionalTrust(host, flags.trust)
  if (!trust.ok) return refused(trust.problems)
  const ofPolicies = lintPolicies(registry.value, { trust: trust.value }).map((problem) => ({
    ...problem,
    at: `${folder}/${problem.at ?? ''}`,
  }))
  const ofTrust = trust.value === undefined ? [] : lintTrust(trust.value)
  const found = [
    ...ofPolicies,
    ...ofTrust.map((problem) => ({ ...problem, at: escapeText(String(flags.trust)) })),
  ]
  const count = countOf(registry.value.policies.size, 'policy')
  const text = found.length === 0 ? '' : renderProblems(found, (_, part) => part)
  return {
    kind: 'finished',
    outcome: found.length === 0 ? 'accepted' : 'rejected',
    document: {
      schema: 'assay/policy-lint/v1',
      outcome: found.length === 0 ? 'accepted' : 'rejected',
      policies: { sha256: registry.value.digest },
      findings: problemDocument(found)['problems'] ?? [],
    },
    text: `${text}${countOf(found.length, 'finding')} in ${count}\n`,
  }
}

async function readOptionalTrust(
  host: Host,
  path: string | undefined,
): Promise<Result<TrustDocument | undefined>> {
  return path === undefined ? accept(undefined) : readTrust(host, path)
}
