// Options that say what kind of signer holds a key or an identity: a person or a machine, or nothing about it.

import type { TrustedKey } from '../../trust/index.ts'
import { SWITCH } from '../flags.ts'

/** `--person`, `--automation` */
export const KIND_FLAGS = {
  person: { ...SWITCH, brief: 'A person signs' },
  automation: { ...SWITCH, brief: 'A machine signs' },
} as const

/** The values of {@link KIND_FLAGS}. */
export interface KindFlags {
  readonly person?: boolean
  readonly automation?: boolean
}

/** What the two say together; undefined where they contradict. */
export function readKind({ person, automation }: KindFlags): Pick<TrustedKey, 'kind'> | undefined {
  if (person === true && automation === true) return undefined
  return person === true ? { kind: 'person' } : automation === true ? { kind: 'automation' } : {}
}
