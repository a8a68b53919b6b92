// `assay trust add-role`: what keys of one more role may sign.

import { buildCommand, numberParser } from '@stricli/core'
import type { Host } from '../../host/index.ts'
import { addRole, type Role } from '../../trust/index.ts'
import type { Answer } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH } from '../flags.ts'
import { parseRecordType } from '../ledger/record-type.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly predicateType?: readonly string[]
  readonly target?: readonly string[]
  readonly threshold: number
  readonly distinctFrom?: readonly string[]
  readonly draft?: boolean
  readonly format: Format
}

const LIST = { ...OPTIONAL_TEXT, variadic: true } as const

/** `assay trust add-role` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: { brief: 'Declare a role: which predicate types its keys may sign, for which targets' },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { kind: 'parsed', parse: parseText, placeholder: 'ROLE', brief: 'Name of the role' },
      predicateType: {
        ...LIST,
        parse: parseRecordType,
        placeholder: 'TYPE',
        brief: 'What it may sign, by short name, family of records or URI; else everything',
      },
      target: { ...LIST, placeholder: 'TARGET', brief: 'For which targets; else for all' },
      threshold: {
        kind: 'parsed',
        parse: numberParser,
        default: '1',
        placeholder: 'N',
        brief: 'How many different principals must sign',
      },
      distinctFrom: {
        ...LIST,
        placeholder: 'ROLE',
        brief: 'Roles whose signers do not count for this one',
      },
      draft: {
        ...SWITCH,
        brief: 'Its keys sign drafts and requests for their review, and nothing else',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => declareRole(host, flags)),
})

async function declareRole(host: Host, flags: Flags): Promise<Answer> {
  const { name, predicateType = [], target = [], threshold, distinctFrom = [], draft } = flags
  const role: Role = {
    name,
    ...(predicateType.length === 0 ? {} : { predicateTypes: predicateType }),
    ...(target.length === 0 ? {} : { targets: target }),
    threshold,
    ...(distinctFrom.length === 0 ? {} : { distinctFrom }),
    ...(draft === true && { draft }),
  }
  return editTrust(host, flags.trust, (document) => addRole(document, role), {
    done: 'Added the role to',
  })
}
