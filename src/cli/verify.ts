// `assay verify`: are these bundles the word of somebody whom we trust, about exactly these artifacts?

import { buildCommand } from '@stricli/core'
import { accept, quote, type Result } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import type { TrustDocument } from '../trust/index.ts'
import type { ExpectedArtifact, ExpectedArtifacts } from '../verify/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH } from './flags.ts'
import type { CliProblem } from './problem.ts'
import { readTrust } from './trust/trust-file.ts'
import { usage } from './usage.ts'
import { parseDigest, readArtifacts, readSet } from './verify/artifact-input.ts'
import {
  artifactOfCommit,
  COMMIT_FLAGS,
  type CommitFlags,
  judgeCommit,
} from './verify/commit-input.ts'
import { type BundleInput, readBundles } from './verify/bundle-input.ts'
import {
  DETACHED_FLAGS,
  type DetachedFlags,
  judgeDetached,
  readDetached,
} from './verify/detached-input.ts'
import {
  packageOf,
  PROVENANCE_FLAGS,
  type ProvenanceFlags,
  provenanceOf,
} from './verify/expectation-flags.ts'
import { npmPairExpected, readAttestations, readPackage } from './verify/npm-input.ts'
import { SUMMARY_FLAGS, type SummaryFlags, summaryOf } from './verify/summary-flags.ts'
import { EXCLUDE_FLAG, SET_FLAGS, type SetFlags } from './set-flags.ts'
import { answerVerification, SIGNATURE_FLAGS, type SignatureFlags } from './verify/verification.ts'

interface Flags
  extends SignatureFlags,
    ProvenanceFlags,
    SummaryFlags,
    SetFlags,
    DetachedFlags,
    CommitFlags {
  readonly set?: string
  readonly exclude?: readonly string[]
  readonly artifact?: readonly string[]
  readonly digest?: readonly ExpectedArtifact[]
  readonly digestOfFile?: boolean
  readonly npm?: string
  readonly attestations?: string
  readonly format: Format
}

const MANY = { kind: 'parsed', optional: true, variadic: true } as const

export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Check who signed a release, and that it is about exactly these artifacts',
    fullDescription: [
      'Every bundle must be accepted. With --set, the statement must name each artifact of the set and',
      'no other. With --artifact and --digest, each must be a subject of the statement, which may have more.',
      'With --type, bundles that say to be of another type are listed as not asked, and there must be one',
      'that is of that type. In a --set, only bundles that are asked are no part of it: leave another out with --exclude.',
      '',
      'What a file is, is told by its content. Bundles are:',
      '  Sigstore bundles 0.1 to 0.3, one or as JSON Lines, as gh attestation download writes them',
      "  the answer of GitHub's API about the attestations of an artifact",
      '  attestations of a wheel or an sdist (PEP 740): FILE.publish.attestation, or what the index serves of FILE.',
      '    --artifact FILE must have the name that is signed; what an index says of a publisher is shown as unsigned',
      '  what cosign wrote with --bundle before it knew bundles. It attested with statements of version v0.1:',
      '    --statement-version v0.1',
      '',
      'A signature in files of its own, as cosign sign-blob and attest-blob wrote it, stands in place of bundles:',
      '  --signature FILE.sig [--certificate FILE.pem] [--timestamp-file FILE]',
      'Such files have no log entry. Where a trusted root has a log, a certificate needs one: give the file of --bundle.',
      '',
      'A verification summary (SLSA VSA) counts only against what is expected of it, and of a verifier that the trust document',
      'pairs with its signer (assay trust add-verifier):',
      '  --verifier-id URI --resource-uri URI --verified-level SLSA_BUILD_LEVEL_2',
      'One of the source track is about a commit of a repository, which no file is looked at for:',
      '  --commit COMMIT --source-ref refs/heads/main --resource-uri git+https://HOST/PATH --verified-level SLSA_SOURCE_LEVEL_3',
      '',
      'A package of npm is verified by its tarball and what the registry serves under',
      '/-/npm/v1/attestations/NAME@VERSION:',
      '  --npm PACKAGE.tgz --attestations FILE',
      'Both attestations must be there, the provenance by a certificate and the publication by a key of the registry',
      '(assay trust add-npm-keys), each about the name and version in the package.json of the tarball, by SHA-512.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      set: {
        ...OPTIONAL_TEXT,
        placeholder: 'PATH',
        brief: 'The whole set: a folder, the contents of an archive, or a SHA256SUMS file',
      },
      exclude: {
        ...EXCLUDE_FLAG,
        brief: 'Leave these paths of the set out; the verdict lists them',
      },
      ...SET_FLAGS,
      artifact: { ...MANY, parse: parseText, placeholder: 'FILE', brief: 'A file' },
      digest: {
        ...MANY,
        parse: parseDigest,
        placeholder: 'DIGEST',
        brief: 'An artifact by its digest: sha256:HEX, sha384:HEX or sha512:HEX',
      },
      digestOfFile: {
        ...SWITCH,
        brief:
          'Each --digest was made from a file: lets the signature of bare bytes count without them',
      },
      ...COMMIT_FLAGS,
      ...DETACHED_FLAGS,
      npm: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'A package of npm, as its tarball; with --attestations',
      },
      attestations: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'With --npm: the attestations of the package as the registry serves them',
      },
      ...SIGNATURE_FLAGS,
      signer: {
        ...SIGNATURE_FLAGS.signer,
        brief:
          'This key or identity of the trust document signed, and no other; with --npm, the provenance',
      },
      ...PROVENANCE_FLAGS,
      ...SUMMARY_FLAGS,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      parameter: {
        brief:
          'Sigstore bundle, JSON Lines of them, what others write in their place, or "-" for standard input',
        placeholder: 'bundle',
        parse: parseText,
      },
    },
  },
  func: answering(async (host, flags: Flags, ...paths: string[]) => verify(host, flags, paths)),
})

async function verify(host: Host, said: Flags, paths: readonly string[]): Promise<Answer> {
  const judged = judgeUsage(said, paths)
  if (!judged.ok) return refused(judged.problems)
  const input = summaryOf(said)
  if (!input.ok) return refused(input.problems)
  const { summary, ...type } = input.value
  const flags = { ...said, ...type }
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return refused(trust.problems)
  if (flags.npm !== undefined) return verifyPackage(host, flags, flags.npm, trust.value)
  const { signature } = flags
  const bundles =
    signature === undefined
      ? await readBundles(host, paths, flags.type)
      : await readDetached(host, { ...flags, signature })
  if (!bundles.ok) return refused(bundles.problems)
  const subject = await readSubject(host, flags, bundles.value)
  if (!subject.ok) return refused(subject.problems)
  const provenance = provenanceOf(flags)
  const asked = packageOf(flags)
  const { artifacts, notes } = subject.value
  return answerVerification(host, flags, {
    trust: trust.value,
    bundles: bundles.value,
    expectation: {
      artifacts,
      ...(provenance !== undefined && { provenance }),
      ...(asked !== undefined && { package: asked }),
      ...(summary !== undefined && { summary }),
    },
    notes,
  })
}

/** npm's registry signs statements of the older version to this day, so that both count unless said otherwise. */
async function verifyPackage(
  host: Host,
  flags: Flags,
  tarball: string,
  trust: TrustDocument,
): Promise<Answer> {
  const bundles = await readAttestations(host, flags.attestations ?? '')
  if (!bundles.ok) return refused(bundles.problems)
  const read = await readPackage(host, tarball)
  if (!read.ok) return refused(read.problems)
  const provenance = provenanceOf(flags)
  const { artifact, purl } = read.value
  return answerVerification(host, flags, {
    trust,
    bundles: bundles.value,
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [artifact] },
      statementVersions: ['v1', 'v0.1'],
      package: { ...packageOf(flags), purl },
      ...(provenance !== undefined && { provenance }),
    },
    notes: [],
  })
}

interface SubjectInput {
  readonly artifacts: ExpectedArtifacts
  readonly notes: readonly string[]
}

async function readSubject(
  host: Host,
  flags: Flags,
  bundles: BundleInput,
): Promise<Result<SubjectInput>> {
  const { set, artifact = [], digest = [], digestOfFile = false, commit } = flags
  if (commit !== undefined) {
    const artifacts = [artifactOfCommit(commit)]
    return accept({ artifacts: { kind: 'artifacts', artifacts }, notes: [] })
  }
  if (set !== undefined) return readSet(host, set, { ...flags, bundles })
  const files = await readArtifacts(host, artifact, { ...bundles, type: flags.type })
  if (!files.ok) return files
  return accept({
    artifacts: {
      kind: 'artifacts',
      artifacts: [
        ...files.value,
        ...digest.map((artifact) => ({ ...artifact, isFileDigest: digestOfFile })),
      ],
    },
    notes: [],
  })
}

const OF_SETS = ['exclude', 'strip', 'symlinks'] as const
const OF_SUMMARIES = Object.keys(SUMMARY_FLAGS) as readonly (keyof SummaryFlags)[]
const NOT_OF_PACKAGES = [
  'set',
  'artifact',
  'digest',
  'digestOfFile',
  'commit',
  'sourceRef',
  'signature',
  'type',
  ...OF_SETS,
  ...OF_SUMMARIES,
] as const

/** One thing to verify, and no option that would do nothing for it. */
function judgeUsage(flags: Flags, paths: readonly string[]): Result<undefined, CliProblem> {
  const detached = judgeDetached(flags, paths)
  if (!detached.ok) return detached
  if ((flags.npm ?? flags.attestations) !== undefined) return judgePackageUsage(flags, paths)
  if (paths.length === 0 && flags.signature === undefined)
    return usage('Expected at least one bundle, found none')
  const isSet = flags.set !== undefined
  const isEach = (flags.artifact ?? flags.digest) !== undefined
  const forms = [isSet, isEach, flags.commit !== undefined].filter((isAsked) => isAsked)
  if (forms.length !== 1) {
    return usage(
      `Expected --set, or --artifact and --digest, or --commit, found ${forms.length === 0 ? 'none' : 'several'}`,
      '--set PATH asks about a whole release, --artifact FILE about single files of it, --commit ID about its source',
    )
  }
  const asked = judgeCommit(flags)
  if (!asked.ok) return asked
  if (flags.digestOfFile !== undefined && flags.digest === undefined) {
    return usage('Expected --digest with --digest-of-file')
  }
  const idle = isSet ? [] : OF_SETS.filter((name) => flags[name] !== undefined)
  if (idle.length === 0) return accept(undefined)
  return usage(`Expected --set with ${idle.map((name) => `--${name}`).join(', ')}`)
}

function judgePackageUsage(flags: Flags, paths: readonly string[]): Result<undefined, CliProblem> {
  if (flags.npm === undefined || flags.attestations === undefined) {
    return npmPairExpected()
  }
  const idle = NOT_OF_PACKAGES.filter((name) => flags[name] !== undefined)
  const others = [...idle.map((name) => `--${name}`), ...paths.map(quote)]
  if (others.length === 0) return accept(undefined)
  return usage(`Expected nothing else to verify beside --npm, found ${others.join(', ')}`)
}
