// Options that say what is expected of a provenance; `verify` and `deployed` have the same.

import { parseText } from '../flags.ts'
import type { ProvenanceExpectation } from '../../verify/index.ts'

const TEXT = { kind: 'parsed', parse: parseText, optional: true } as const

/** What the options of {@link PROVENANCE_FLAGS} give. */
export interface ProvenanceFlags {
  readonly sourceUri?: string
  readonly sourceDigest?: string
  readonly sourceTag?: string
  readonly sourceBranch?: string
  readonly builderId?: string
  readonly buildType?: string
  readonly parameter?: readonly Parameter[]
}

type Parameter = NonNullable<ProvenanceExpectation['parameters']>[number]

/** The options, for the framework. */
export const PROVENANCE_FLAGS = {
  sourceUri: { ...TEXT, placeholder: 'URI', brief: 'The provenance names this repository' },
  sourceDigest: {
    ...TEXT,
    parse: parseCommit,
    placeholder: 'COMMIT',
    brief: 'The provenance names this commit',
  },
  sourceTag: { ...TEXT, placeholder: 'TAG', brief: 'The provenance names this tag' },
  sourceBranch: { ...TEXT, placeholder: 'BRANCH', brief: 'The provenance names this branch' },
  builderId: { ...TEXT, placeholder: 'URI', brief: 'The provenance names this builder' },
  buildType: { ...TEXT, placeholder: 'URI', brief: 'The provenance is of this build type' },
  parameter: {
    kind: 'parsed',
    parse: parseParameter,
    optional: true,
    variadic: true,
    placeholder: 'NAME=VALUE',
    brief: 'The build had this external parameter; NAME is a member or a JSON Pointer',
  },
} as const

/** The expectation; nothing where no option says one. */
export function provenanceOf(flags: ProvenanceFlags): ProvenanceExpectation | undefined {
  const { sourceUri, sourceDigest, sourceTag, sourceBranch, builderId, buildType } = flags
  const expectation = {
    ...(sourceUri !== undefined && { sourceUri }),
    ...(sourceDigest !== undefined && { sourceDigest }),
    ...(sourceTag !== undefined && { sourceTag }),
    ...(sourceBranch !== undefined && { sourceBranch }),
    ...(builderId !== undefined && { builderId }),
    ...(buildType !== undefined && { buildType }),
    ...(flags.parameter !== undefined && { parameters: flags.parameter }),
  }
  return Object.keys(expectation).length === 0 ? undefined : expectation
}

/** a short id is a prefix that others can have too. */
function parseCommit(input: string): string {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(input)) return input
  throw new SyntaxError('Expected a whole commit id, 40 or 64 lower-case hexadecimal digits')
}

function parseParameter(input: string): Parameter {
  const equals = input.indexOf('=')
  if (equals > 0) return { name: input.slice(0, equals), value: input.slice(equals + 1) }
  throw new SyntaxError('Expected NAME=VALUE')
}
