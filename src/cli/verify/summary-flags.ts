// Options that say what is expected of a verification summary; `verify` and `deployed` have the same.

import { accept, type Result } from '../../core/index.ts'
import { isReachable, PREDICATE_TYPES } from '../../statement/index.ts'
import type { SummaryExpectation } from '../../verify/index.ts'
import { parseAge } from '../age.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import { usage } from '../usage.ts'

/** What the options of {@link SUMMARY_FLAGS} give. */
export interface SummaryFlags {
  readonly verifierId?: string
  readonly resourceUri?: string
  readonly verifiedLevel?: readonly string[]
  readonly policyUri?: string
  readonly policyDigest?: string
  readonly verifiedWithin?: number
}

/** The options, for the framework. */
export const SUMMARY_FLAGS = {
  verifierId: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief:
      'The verification summary is by this verifier, for whom its signer speaks by the trust document',
  },
  resourceUri: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief: 'The summary is about this resource, as whoever publishes it has told you',
  },
  verifiedLevel: {
    kind: 'parsed',
    parse: parseLevel,
    optional: true,
    variadic: true,
    placeholder: 'LEVEL',
    brief: 'The summary says SLSA_BUILD_LEVEL_2 or more, or any other word that stands for itself',
  },
  policyUri: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief: 'The summary is of a verification against this policy',
  },
  policyDigest: {
    kind: 'parsed',
    parse: parseSha256,
    optional: true,
    placeholder: 'DIGEST',
    brief: 'The policy had this digest: sha256:HEX',
  },
  verifiedWithin: {
    kind: 'parsed',
    parse: parseAge,
    optional: true,
    placeholder: 'AGE',
    brief: 'So long ago was verified, at most, as the summary says it: 12h, 30d',
  },
} as const

/** What of the command line is about a summary. */
export interface SummaryInput {
  readonly summary?: SummaryExpectation
  /** Of the statements that are asked. */
  readonly type?: string
}

/** The expectation, whole or not at all; with it, only summaries are asked. */
export function summaryOf(
  flags: SummaryFlags & { readonly type?: string; readonly sourceRef?: string },
): Result<SummaryInput> {
  const { verifierId, resourceUri, verifiedLevel: verifiedLevels, type } = flags
  const { policyUri, policyDigest: policySha256, verifiedWithin: ageMsMax } = flags
  const said = [verifierId, resourceUri, verifiedLevels, policyUri, policySha256, ageMsMax]
  if (said.every((value) => value === undefined)) {
    return accept(type === undefined ? {} : { type })
  }
  if (verifierId === undefined || resourceUri === undefined || verifiedLevels === undefined) {
    return usage(
      'Expected --verifier-id, --resource-uri and --verified-level of a verification summary',
      'None of them is taken from the summary: what you expect, its publisher has told you',
    )
  }
  if (type !== undefined && type !== PREDICATE_TYPES.vsa) {
    return usage('Expected --type vsa, or none, with the options of a verification summary')
  }
  return accept({
    type: PREDICATE_TYPES.vsa,
    summary: {
      verifierId,
      resourceUri,
      verifiedLevels,
      ...(policyUri !== undefined && { policyUri }),
      ...(policySha256 !== undefined && { policySha256 }),
      ...(ageMsMax !== undefined && { ageMsMax }),
      ...(flags.sourceRef !== undefined && { sourceRef: flags.sourceRef }),
    },
  })
}

/** VSA-8: what no summary can show is a mistake. */
function parseLevel(input: string): string {
  if (isReachable(input)) return input
  throw new SyntaxError(
    'Expected a level such as SLSA_BUILD_LEVEL_2, a property of SLSA, or a word that does not begin with SLSA_',
  )
}

function parseSha256(input: string): string {
  const hex = /^sha256:(?<hex>[0-9a-f]{64})$/.exec(input)?.groups?.['hex']
  if (hex !== undefined) return hex
  throw new SyntaxError('Expected sha256: and the lower-case hexadecimal digest')
}
