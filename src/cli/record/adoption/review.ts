// `assay record adoption review`: a reviewer sees what a candidate would change, and signs a contract about exactly that.

import { buildCommand } from '@stricli/core'
import { escapeText } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { type AdoptionCandidate, reviewInput, type ReviewWord } from '../../../record/index.ts'
import { documentOfVerdict, renderVerdict } from '../../../report/index.ts'
import { type Answer, misused, refused } from '../../answer.ts'
import { answering, type RunContext } from '../../context.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { SIGNING_FLAGS, type SigningFlags } from '../../signing/signing-flags.ts'
import { describeUse } from '../release-use.ts'
import { makeRecord } from '../recording.ts'
import {
  ADOPTION_FLAGS,
  type AdoptionFlags,
  CANDIDATE_ARGUMENT,
  FROM_FLAG,
  type FromFlags,
  notesOfSource,
  SOURCE_FLAGS,
} from './adoption-flags.ts'
import { draftOf } from './draft.ts'
import { type Project, readCandidate, readProject, readRelease } from './project.ts'
import { answerSourceRefused, documentOfSheet, renderSheet } from './sheet-answer.ts'
import { describeSheet, type Sheet } from './sheet.ts'
import { readRun, readSourceSetting } from './source-input.ts'

type Flags = AdoptionFlags &
  FromFlags &
  SigningFlags & {
    readonly out?: string
    readonly decision?: ReviewWord['decision']
    readonly note?: string
  }

/** `assay record adoption review` */
export const command = buildCommand<Flags, [string], RunContext>({
  docs: {
    brief: 'See what a candidate would change, and sign a contract about it',
    fullDescription: [
      'Shows which records would come in, what the project would show of each once they are adopted and why,',
      'which records they would replace, which of the run come in beside them, and which policies are others',
      'now. With --out the contract is signed over the very candidate, its records and the policies of now;',
      'without it nothing is signed.',
      '',
      'Example: assay record adoption review candidate.json --from release.tar --log-key run.vkey --trust trust.json',
      '  --decision adopt --key rita.key.pem --out review.sigstore.json',
    ].join('\n'),
  },
  parameters: {
    flags: {
      from: FROM_FLAG,
      ...ADOPTION_FLAGS,
      ...SOURCE_FLAGS,
      out: {
        ...OPTIONAL_TEXT,
        placeholder: 'CONTRACT',
        brief: 'Sign, and write the contract there',
      },
      decision: {
        kind: 'enum',
        values: ['adopt', 'refuse'],
        optional: true,
        brief: 'What the reviewer decides, with --out',
      },
      note: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Why, in the words of the reviewer' },
      ...SIGNING_FLAGS,
    },
    positional: CANDIDATE_ARGUMENT,
  },
  func: answering(async (host, flags: Flags, candidate: string) => review(host, flags, candidate)),
})

async function review(host: Host, flags: Flags, path: string): Promise<Answer> {
  const { out, decision, note } = flags
  if ((out === undefined) !== (decision === undefined)) {
    return misused('Expected --decision and --out together, or neither to see the candidate alone')
  }
  const project = await readProject(host, flags)
  if (!project.ok) return refused(project.problems)
  const candidate = await readCandidate(host, path)
  if (!candidate.ok) return refused(candidate.problems)
  const { phase } = candidate.value.release
  const setting = await readSourceSetting(host, { ...flags, phase }, project.value.request)
  if (!setting.ok) return refused(setting.problems)
  const source = await readRun(host, flags.from, setting.value)
  if (!source.ok) return refused(source.problems)
  const { verdict, runHead } = source.value
  if (verdict.outcome !== 'accepted') {
    return answerSourceRefused(host, 'adoption-review', verdict, 'Nothing was signed')
  }
  const release = await readRelease(project.value, candidate.value, source.value)
  if (!release.ok) return refused(release.problems)
  const sheet = describeSheet(candidate.value, source.value, release.value)
  if (out === undefined || decision === undefined) return answerSheet(host, sheet)
  const word = {
    decision,
    ...(runHead !== undefined && { runHead }),
    ...(note !== undefined && { note }),
  }
  return sign(
    host,
    { ...flags, out },
    { candidate: candidate.value, sheet, word, project: project.value },
  )
}

function answerSheet({ columns }: Host, sheet: Sheet): Answer {
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: renderSheet(sheet, columns),
    document: { schema: 'assay/adoption-review/v1', sheet: documentOfSheet(sheet) },
    notes: [...notesOfSource(sheet), 'Nothing was signed: --decision with --out signs a contract'],
  }
}

interface Reviewed {
  readonly candidate: AdoptionCandidate
  readonly sheet: Sheet
  readonly word: ReviewWord
  readonly project: Project
}

async function sign(
  host: Host,
  flags: Flags & { readonly out: string },
  { candidate, sheet, word, project }: Reviewed,
): Promise<Answer> {
  const parts = reviewInput(candidate, word, project.registry)
  const draft = draftOf('adoption-review', parts, host.now())
  if (!draft.ok) return refused(draft.problems)
  // Whoever signs sees it before they are asked for anything.
  await host.tell(renderSheet(sheet, host.columns))
  const place = { kind: 'file', path: flags.out } as const
  const made = await makeRecord(host, flags, {
    draft: draft.value,
    place,
    request: project.request,
  })
  if (!made.ok) return refused(made.problems)
  const { record, verdict, sha256, signed } = made.value
  const document = {
    schema: 'assay/adoption-review/v1',
    sheet: documentOfSheet(sheet),
    decision: word.decision,
  }
  if (record === undefined) {
    return {
      kind: 'finished',
      outcome: verdict.outcome,
      text: renderVerdict(verdict, { columns: host.columns }),
      document: { ...document, verdict: documentOfVerdict(verdict) },
      notes: ['Nothing was written'],
    }
  }
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `review ${sha256}: ${word.decision}, signed with ${signed.signer}\n`,
    document: { ...document, ...signed.members, out: flags.out, bundleSha256: sha256 },
    notes: [
      ...signed.notes,
      ...notesOfSource(sheet),
      ...describeUse(sheet.use),
      `Wrote ${escapeText(flags.out)}`,
    ],
  }
}
