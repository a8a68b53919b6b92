// `assay record adoption apply`: what was reviewed enters the ledger of the project, with the reviews and the adoption, in one append;
// or nothing does.

import { buildCommand } from '@stricli/core'
import { type Check, groupChecks, type Result } from '../../../core/index.ts'
import type { Appended, Host, NewRecord } from '../../../host/index.ts'
import {
  type AdoptionCandidate,
  adoptionInput,
  judgeAdoption,
  type LedgerRecord,
  verifyRecord,
} from '../../../record/index.ts'
import { type Answer, refused } from '../../answer.ts'
import { answering, type RunContext } from '../../context.ts'
import { TEXT } from '../../flags.ts'
import { entryOfRecord } from '../../ledger/record-entry.ts'
import { signDraft, type SignedDraft } from '../../signing/signing.ts'
import { SIGNING_FLAGS, type SigningFlags } from '../../signing/signing-flags.ts'
import { findUse } from '../release-use.ts'
import { judgedBy } from '../recording.ts'
import {
  ADOPTION_FLAGS,
  type AdoptionFlags,
  CANDIDATE_ARGUMENT,
  FROM_FLAG,
  type FromFlags,
  SOURCE_FLAGS,
} from './adoption-flags.ts'
import { answerApplied, answerNotApplied } from './apply-answer.ts'
import { draftOf } from './draft.ts'
import { checkOutcome, itemsAfter } from './outcome.ts'
import {
  type Project,
  type ProjectRelease,
  readCandidate,
  readProject,
  readRelease,
} from './project.ts'
import { readReviews, type ReviewInput } from './review-input.ts'
import { companionsOf } from './companions.ts'
import { incomingFiles } from './sheet.ts'
import { readRun, readSourceSetting, type SourceInput } from './source-input.ts'

type Flags = AdoptionFlags &
  FromFlags &
  SigningFlags & { readonly review: readonly string[]; readonly reference: string }

/** `assay record adoption apply` */
export const command = buildCommand<Flags, [string], RunContext>({
  docs: {
    brief: 'Take what was reviewed into the ledger of the project',
    fullDescription: [
      'The records of the candidate, what lies beside them, the review contracts and the adoption, signed',
      'here, are appended at once, and only if everything holds: the source is the one that was proposed,',
      'it is the whole of its run, its policies are those of now, enough reviewers with the role agree, and no family is missing.',
      '',
      'Example: assay record adoption apply candidate.json --from release.tar --log-key run.vkey --review review.sigstore.json',
      '  --reference "pull request 311" --trust trust.json --key ada.key.pem',
    ].join('\n'),
  },
  parameters: {
    flags: {
      from: FROM_FLAG,
      review: {
        ...TEXT,
        variadic: true,
        placeholder: 'CONTRACT',
        brief: 'Review contract; may be repeated',
      },
      reference: {
        ...TEXT,
        placeholder: 'TEXT',
        brief: 'What the review can be looked up under: a ticket, a pull request, minutes',
      },
      ...ADOPTION_FLAGS,
      ...SOURCE_FLAGS,
      ...SIGNING_FLAGS,
    },
    positional: CANDIDATE_ARGUMENT,
  },
  func: answering(async (host, flags: Flags, candidate: string) => apply(host, flags, candidate)),
})

/** All that an adoption is judged by. */
interface Question {
  readonly project: Project
  readonly candidate: AdoptionCandidate
  readonly source: SourceInput
  readonly reviews: ReviewInput
  readonly release: ProjectRelease
}

async function apply(host: Host, flags: Flags, path: string): Promise<Answer> {
  const question = await readQuestion(host, flags, path)
  if (!question.ok) return refused(question.problems)
  const { candidate, project } = question.value
  // Before anybody is asked for a passphrase, or a log takes what it does not give back.
  const before = judge(question.value, undefined)
  if (before.outcome !== 'accepted') return answerNotApplied(host, candidate, before)
  const signed = await signAdoption(host, flags, question.value)
  if (!signed.ok) return refused(signed.problems)
  const { bytes } = signed.value
  const { verdict, record } = verifyRecord(bytes, { ...project.request, now: host.now() })
  if (record?.kind !== 'record') return answerNotApplied(host, candidate, verdict)
  const after = judge(question.value, record)
  if (after.outcome !== 'accepted') return answerNotApplied(host, candidate, after)
  const entry = entryOfRecord(bytes)
  if (!entry.ok) return refused(entry.problems)
  const records = [...incoming(question.value), { entry: entry.value, bytes }]
  const appended: Result<Appended> = await project.store.append(records)
  if (!appended.ok) return refused(appended.problems)
  const { runHead } = question.value.source
  const use = useAfter(question.value)
  return answerApplied(flags, {
    ...{ candidate, signed: signed.value, record, appended: appended.value },
    ...(runHead !== undefined && { runHead }),
    ...(use !== undefined && { use }),
  })
}

/** What comes in may say so as well. */
function useAfter(question: Question): Check | undefined {
  const coming = incoming(question).map(({ record }) => record)
  const items = itemsAfter(question.release, coming)
  return findUse(question.release.judge(items, { scope: 'project' }).fold)
}

async function readQuestion(host: Host, flags: Flags, path: string): Promise<Result<Question>> {
  const project = await readProject(host, flags)
  if (!project.ok) return project
  const candidate = await readCandidate(host, path)
  if (!candidate.ok) return candidate
  const { phase } = candidate.value.release
  const setting = await readSourceSetting(host, { ...flags, phase }, project.value.request)
  if (!setting.ok) return setting
  const source = await readRun(host, flags.from, setting.value)
  if (!source.ok) return source
  const reviews = await readReviews(host, flags.review, project.value.request)
  if (!reviews.ok) return reviews
  const release = await readRelease(project.value, candidate.value, source.value)
  if (!release.ok) return release
  return {
    ok: true,
    value: {
      project: project.value,
      candidate: candidate.value,
      source: source.value,
      reviews: reviews.value,
      release: release.value,
    },
  }
}

/** @param adoption once it is signed; until then nobody knows who adopts, and that alone is left open */
function judge(
  { candidate, source, reviews, release }: Question,
  adoption: LedgerRecord | undefined,
): Check {
  const adopter = adoption?.signer.principal
  const asked = { candidate, source, reviews: reviews.files.map(({ record }) => record), adopter }
  const { name, message, checks = [] } = judgeAdoption(asked, release.context)
  const direct = groupChecks(name, message, [
    source.verdict,
    ...reviews.refused,
    ...checks.filter((check) => adoption !== undefined || check.name !== 'adopter'),
  ])
  if (direct.outcome !== 'accepted' || adoption === undefined) return direct
  const coming = incoming({ candidate, source, reviews, release }).map(({ record }) => record)
  const after = checkOutcome(release, coming, adoption)
  return groupChecks(name, message, [...(direct.checks ?? []), ...after])
}

type Incoming = Pick<Question, 'candidate' | 'source' | 'reviews' | 'release'>

/** In the order of the source; then who reviewed it. */
function incoming({ candidate, source, reviews, release }: Incoming) {
  const companions = companionsOf(candidate, source, release)
  const files = incomingFiles(candidate, source, companions)
  return [...files, ...reviews.files] satisfies readonly NewRecord[]
}

async function signAdoption(
  host: Host,
  flags: Flags,
  { candidate, reviews, project, source }: Question,
): Promise<Result<SignedDraft>> {
  const references = {
    reviewContracts: reviews.files.map(({ record }) => record.sha256),
    reviewReference: flags.reference,
    ...(source.runHead !== undefined && { runHead: source.runHead }),
  }
  const parts = adoptionInput(candidate, references, project.registry)
  const draft = draftOf('adoption', parts, host.now())
  if (!draft.ok) return draft
  // To append nothing takes the lock, and the right to write.
  const judgePlace = () => project.store.append([])
  return signDraft(host, flags, { ...judgedBy(project.request, draft.value), judgePlace })
}
