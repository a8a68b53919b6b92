// `assay record adoption propose`: which records of a run the project could take in. Nothing is signed, and nothing is appended.

import { buildCommand } from '@stricli/core'
import { encodeUtf8 } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { buildCandidate, encodeCandidate } from '../../../record/index.ts'
import { type Answer, refused } from '../../answer.ts'
import { answering, type RunContext } from '../../context.ts'
import { OPTIONAL_TEXT, parseText } from '../../flags.ts'
import {
  ADOPTION_FLAGS,
  type AdoptionFlags,
  PHASE_FLAG,
  type PhaseFlags,
  notesOfSource,
  SOURCE_FLAGS,
  type SourceFlags,
} from './adoption-flags.ts'
import { readProject, readRelease } from './project.ts'
import { answerSourceRefused, documentOfSheet, renderSheet } from './sheet-answer.ts'
import { describeSheet } from './sheet.ts'
import { readRun, readSourceSetting } from './source-input.ts'

interface Flags extends AdoptionFlags, SourceFlags, PhaseFlags {
  readonly out?: string
}

/** `assay record adoption propose` */
export const command = buildCommand<Flags, [string], RunContext>({
  docs: {
    brief: 'Propose what a run generated as records of the project',
    fullDescription: [
      'The signed head of the ledger of the run shows that no result was dropped or moved: --log-key is its key.',
      'Without it --unsafe-unsigned has to be said, and every record of the adoption shows that nobody judged it.',
      'Every record is verified under the trust document of the project. The candidate names them, and the',
      'policies of now, by their digests; it is not signed, and nothing is appended. Whatever of the run needs',
      'no adoption comes in beside them, and so does what speaks against the release there: records that are',
      'not accepted or were replaced, with what made up for them.',
      '',
      'Example: assay record adoption propose release.tar --log-key run.vkey --trust trust.json --out candidate.json',
    ].join('\n'),
  },
  parameters: {
    flags: {
      ...ADOPTION_FLAGS,
      ...SOURCE_FLAGS,
      phase: PHASE_FLAG,
      out: {
        ...OPTIONAL_TEXT,
        placeholder: 'CANDIDATE',
        brief: 'Write the candidate there; without it, only show what it would be',
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Pack, or folder of the ledger of a run',
          placeholder: 'pack',
          parse: parseText,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, pack: string) => propose(host, flags, pack)),
})

async function propose(host: Host, flags: Flags, path: string): Promise<Answer> {
  const { out } = flags
  const project = await readProject(host, flags)
  if (!project.ok) return refused(project.problems)
  const setting = await readSourceSetting(host, flags, project.value.request)
  if (!setting.ok) return refused(setting.problems)
  const source = await readRun(host, path, setting.value)
  if (!source.ok) return refused(source.problems)
  const { verdict } = source.value
  if (verdict.outcome !== 'accepted') {
    return answerSourceRefused(host, 'adoption-proposal', verdict, 'Nothing was proposed')
  }
  const candidate = buildCandidate(source.value)
  if (!candidate.ok) return refused(candidate.problems)
  const release = await readRelease(project.value, candidate.value, source.value)
  if (!release.ok) return refused(release.problems)
  const sheet = describeSheet(candidate.value, source.value, release.value)
  if (out !== undefined) {
    const written = await host.writeBytes(out, encodeUtf8(encodeCandidate(candidate.value)))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: renderSheet(sheet, host.columns),
    document: {
      schema: 'assay/adoption-proposal/v1',
      ...(out !== undefined && { out }),
      sheet: documentOfSheet(sheet),
    },
    notes: [
      ...notesOfSource(source.value),
      out === undefined ? 'Nothing was written' : `Wrote ${out}`,
    ],
  }
}
