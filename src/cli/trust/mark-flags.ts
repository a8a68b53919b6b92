// Options that say what somebody or something is, where exactly one, or at most one of them may be said.

import type { TrustedKey } from '../../trust/index.ts'

const SWITCH = { kind: 'boolean', optional: true, withNegated: false } as const

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
