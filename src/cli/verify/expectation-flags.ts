// Options that say what is expected of a provenance, and of which package it is; `verify` and `deployed` have the same.

import { OPTIONAL_TEXT } from '../flags.ts'
import {
  isVersionedTag,
  type PackageExpectation,
  type ProvenanceExpectation,
} from '../../verify/index.ts'

/** What the options of {@link PROVENANCE_FLAGS} give. */
export interface ProvenanceFlags {
  readonly sourceUri?: string
  readonly sourceDigest?: string
  readonly sourceTag?: string
  readonly sourceVersionedTag?: string
  readonly sourceBranch?: string
  readonly builderId?: string
  readonly buildType?: string
  readonly parameter?: readonly Parameter[]
  readonly packageName?: string
  readonly packageVersion?: string
}

type Parameter = NonNullable<ProvenanceExpectation['parameters']>[number]

/** The options, for the framework. */
export const PROVENANCE_FLAGS = {
  sourceUri: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief:
      'The provenance names this repository, by its whole URI: https://HOST/PATH, or with @REF',
  },
  sourceDigest: {
    ...OPTIONAL_TEXT,
    parse: parseCommit,
    placeholder: 'COMMIT',
    brief: 'The provenance names this commit',
  },
  sourceTag: { ...OPTIONAL_TEXT, placeholder: 'TAG', brief: 'The provenance names this tag' },
  sourceVersionedTag: {
    ...OPTIONAL_TEXT,
    parse: parseVersionedTag,
    placeholder: 'VERSION',
    brief: 'The provenance names a tag of this version: v1, v1.2 or v1.2.3',
  },
  sourceBranch: {
    ...OPTIONAL_TEXT,
    placeholder: 'BRANCH',
    brief: 'The provenance names this branch',
  },
  builderId: { ...OPTIONAL_TEXT, placeholder: 'URI', brief: 'The provenance names this builder' },
  buildType: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief: 'The provenance is of this build type',
  },
  parameter: {
    kind: 'parsed',
    parse: parseParameter,
    optional: true,
    variadic: true,
    placeholder: 'NAME=VALUE',
    brief: 'The build had this external parameter; NAME is a member or a JSON Pointer',
  },
  packageName: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'The statement names the artifact by the purl of this package, with its scope',
  },
  packageVersion: {
    ...OPTIONAL_TEXT,
    placeholder: 'VERSION',
    brief: 'The statement names the artifact by the purl of this version',
  },
} as const

/** The expectation; nothing where no option says one. */
export function provenanceOf(flags: ProvenanceFlags): ProvenanceExpectation | undefined {
  const { sourceUri, sourceDigest, sourceTag, sourceVersionedTag, sourceBranch } = flags
  const { builderId, buildType } = flags
  const expectation = {
    ...(sourceUri !== undefined && { sourceUri }),
    ...(sourceDigest !== undefined && { sourceDigest }),
    ...(sourceTag !== undefined && { sourceTag }),
    ...(sourceVersionedTag !== undefined && { sourceVersionedTag }),
    ...(sourceBranch !== undefined && { sourceBranch }),
    ...(builderId !== undefined && { builderId }),
    ...(buildType !== undefined && { buildType }),
    ...(flags.parameter !== undefined && { parameters: flags.parameter }),
  }
  return Object.keys(expectation).length === 0 ? undefined : expectation
}

/** The package that is expected; nothing where no option says one. */
export function packageOf({
  packageName: name,
  packageVersion: version,
}: ProvenanceFlags): PackageExpectation | undefined {
  if ((name ?? version) === undefined) return undefined
  return { ...(name !== undefined && { name }), ...(version !== undefined && { version }) }
}

/** a short id is a prefix that others can have too. */
export function parseCommit(input: string): string {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(input)) return input
  throw new SyntaxError('Expected a whole commit id, 40 or 64 lower-case hexadecimal digits')
}

/** What is no version could be the beginning of anything. */
function parseVersionedTag(input: string): string {
  if (isVersionedTag(input)) return input
  throw new SyntaxError('Expected a version such as v1, v1.2 or v1.2.3')
}

function parseParameter(input: string): Parameter {
  const equals = input.indexOf('=')
  if (equals > 0) return { name: input.slice(0, equals), value: input.slice(equals + 1) }
  throw new SyntaxError('Expected NAME=VALUE')
}
