// A verification as an answer: what `verify` and `deployed` have in common.

import { type Check, failedChecks, type Instant } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { documentOfVerification, renderVerdict } from '../../report/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { type Expectation, loadSigstore, needsSigstore, verifyBundles } from '../../verify/index.ts'
import type { Answer } from '../answer.ts'
import { OPTIONAL_TEXT, SWITCH, TEXT } from '../flags.ts'
import { parsePredicateType } from '../predicate-type.ts'
import { parseInstant } from '../trust/instant-flag.ts'
import type { BundleInput } from './bundle-input.ts'
import { nameTrustFile, nameTrustFileIn } from './trust-hint.ts'

/** What both commands ask of the signature. */
export interface SignatureFlags {
  readonly trust: string
  readonly signer?: string
  readonly type?: string
  readonly target?: string
  readonly channel?: string
  readonly at?: Instant
  readonly statementVersion?: readonly ('v1' | 'v0.1')[]
  readonly requireLog?: boolean
  readonly requireTimestamp?: boolean
  readonly unsafeExampleKeys?: boolean
}

/** The options, for the framework. */
export const SIGNATURE_FLAGS = {
  trust: {
    ...TEXT,
    placeholder: 'FILE',
    brief: 'Trust document; there is no default',
  },
  signer: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'This key or identity of the trust document signed, and no other',
  },
  type: {
    kind: 'parsed',
    parse: parsePredicateType,
    optional: true,
    placeholder: 'TYPE',
    brief: 'Ask only statements of this predicate type: a URI, or a short name such as provenance',
  },
  target: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'The release is for this target; needed where a role of the signer names targets',
  },
  channel: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'The release is for this channel',
  },
  at: {
    kind: 'parsed',
    parse: parseInstant,
    optional: true,
    placeholder: 'TIME',
    brief: 'Judge as of this time and not by the clock, also what has ended since',
  },
  statementVersion: {
    kind: 'enum',
    values: ['v1', 'v0.1'],
    optional: true,
    variadic: true,
    brief: 'Statement versions that count; v1 unless said otherwise',
  },
  requireLog: {
    ...SWITCH,
    brief: 'A trusted log must hold the signature, also where a key made it',
  },
  requireTimestamp: {
    ...SWITCH,
    brief: 'A trusted authority must have timestamped the signature, also where a key made it',
  },
  unsafeExampleKeys: {
    ...SWITCH,
    brief: 'Accept the published example keys, which prove nothing',
  },
} as const

interface Question {
  readonly bundles: BundleInput
  readonly trust: TrustDocument
  readonly expectation: Pick<
    Expectation,
    'artifacts' | 'provenance' | 'package' | 'summary' | 'statementVersions'
  >
  readonly notes: readonly string[]
}

/** Verifies, and renders what came of it. */
export async function answerVerification(
  host: Host,
  flags: SignatureFlags,
  { bundles, trust, expectation, notes }: Question,
): Promise<Answer> {
  const { signer, type, target, channel, at, statementVersion, unsafeExampleKeys } = flags
  const { requireLog, requireTimestamp } = flags
  const sigstore = needsSigstore({ trust, bundles: bundles.bundles })
    ? await loadSigstore()
    : undefined
  const run = verifyBundles({
    bundles: bundles.bundles,
    trust,
    now: host.now(),
    ...(at !== undefined && { at }),
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
    ...(sigstore !== undefined && { sigstore }),
    expectation: {
      ...expectation,
      ...(signer !== undefined && { signer }),
      ...(type !== undefined && { predicateType: type }),
      ...(target !== undefined && { target }),
      ...(channel !== undefined && { channel }),
      ...(requireLog !== undefined && { requireLog }),
      ...(requireTimestamp !== undefined && { requireTimestamp }),
      ...(statementVersion !== undefined && { statementVersions: statementVersion }),
    },
  })
  const verdict = nameTrustFileIn(run.verdict, flags.trust)
  const hints = hintsFor(verdict, bundles).map((hint) => nameTrustFile(hint, flags.trust))
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    document: documentOfVerification({ ...run, verdict }, trust.digest),
    text: renderVerdict(verdict, { columns: host.columns }),
    notes: [...bundles.notes, ...notes, ...hints.map((hint) => `hint: ${hint}`)],
  }
}

/** Each once. */
function hintsFor(verdict: Check, { hints }: BundleInput): readonly string[] {
  const found = failedChecks(verdict).flatMap(({ code = '' }) => hints?.get(code) ?? [])
  return [...new Set(found)]
}
