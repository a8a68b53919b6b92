// `assay trust add-key`: one more key that may sign.

import { buildCommand } from '@stricli/core'
import type { Instant } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { addKey, isExampleKey, type TrustedKey } from '../../trust/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH, TEXT } from '../flags.ts'
import { readPublicKey } from '../key/key-input.ts'
import { parseInstant } from './instant-flag.ts'
import { KIND_FLAGS, type KindFlags, readKind } from './kind-flags.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags extends KindFlags {
  readonly trust: string
  readonly name: string
  readonly role: readonly string[]
  readonly notBefore?: Instant
  readonly notAfter?: Instant
  readonly principal?: string
  readonly requireLog?: boolean
  readonly requireTimestamp?: boolean
  readonly format: Format
}

const INSTANT = {
  kind: 'parsed',
  parse: parseInstant,
  optional: true,
  placeholder: 'TIME',
} as const

/** `assay trust add-key` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: { brief: 'Trust a public key, in one or several roles' },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { ...TEXT, placeholder: 'NAME', brief: 'What to call the key' },
      role: {
        ...TEXT,
        variadic: true,
        placeholder: 'ROLE',
        brief: 'A role of the document, or "release", which may sign everything',
      },
      notBefore: { ...INSTANT, brief: 'First instant at which it may sign' },
      notAfter: { ...INSTANT, brief: 'Last instant at which it may sign' },
      principal: {
        ...OPTIONAL_TEXT,
        placeholder: 'WHO',
        brief: 'Who holds it: several keys of one principal count once',
      },
      ...KIND_FLAGS,
      requireLog: { ...SWITCH, brief: 'Its signatures count only with an entry in a trusted log' },
      requireTimestamp: { ...SWITCH, brief: 'Its signatures count only with a trusted timestamp' },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'Public key: PEM, JWK or OpenSSH', placeholder: 'file', parse: parseText },
      ],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => trustKey(host, flags, file)),
})

async function trustKey(host: Host, flags: Flags, file: string): Promise<Answer> {
  const { name, role: roles, notBefore, notAfter, principal } = flags
  const kind = readKind(flags)
  if (kind === undefined) return misused('Expected --person or --automation, found both')
  const publicKey = await readPublicKey(host, file)
  if (!publicKey.ok) return refused(publicKey.problems)
  const requires = [
    ...(flags.requireLog === true ? (['log'] as const) : []),
    ...(flags.requireTimestamp === true ? (['timestamp'] as const) : []),
  ]
  const key: TrustedKey = {
    name,
    publicKey: publicKey.value,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
    roles,
    ...(principal === undefined ? {} : { principal }),
    ...kind,
    ...(requires.length === 0 ? {} : { requires }),
  }
  return editTrust(host, flags.trust, (document) => addKey(document, key), {
    done: `Added the key ${publicKey.value.keyId} to`,
    notes: isExampleKey(publicKey.value.keyId)
      ? ['UNSAFE: this is an example key, whose private half everybody has']
      : [],
  })
}
