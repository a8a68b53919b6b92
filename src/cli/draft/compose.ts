// `assay draft compose`: the statement of a record, made and judged as any record is, and signed by nobody.

import { buildCommand, type FlagParametersForType } from '@stricli/core'
import { encodeUtf8, escapeText, isJsonObject, type JsonValue } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type RecordFamily, RECORD_FAMILIES } from '../../policy/index.ts'
import { documentOfDraft, encodeDraft, readDraft } from '../../record/index.ts'
import { parseStatement } from '../../statement/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import { familyNamed, readWritten, writtenFlags } from '../record/family-command.ts'
import { recordFlags, type RecordFlags } from '../record/record-flags.ts'
import { recordFamily } from '../record/record-run.ts'

interface Flags extends Omit<RecordFlags, 'run' | 'dryRun'> {
  readonly from?: readonly string[]
}

/** Of every family: what only some have is refused by those that have it not. */
const ALL = recordFlags({ about: ['set', 'commit'], policyKind: 'gate' })
const { from } = writtenFlags('approval')

const PARAMETERS = {
  from,
  ...pick([
    'releaseId',
    'set',
    'phase',
    'commit',
    'evidence',
    'policies',
    'policy',
    'sourceRevision',
    'gate',
    'approvalRecord',
    'stage',
    'ledger',
    'trust',
    'unsafeExampleKeys',
    'format',
  ]),
  out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write the draft there' },
}

const DESCRIPTION = [
  'Makes the statement of a record from documents and options, as assay record does, and asks of it all that is asked of a record',
  'but a signature. The draft is a file of its own kind: no ledger takes it, whoever signs it.',
  'What a command observes (a smoke test, a deployment) is drafted from a document with the members.',
  '',
  'Example: assay draft compose approval --from approval.yaml --release-id staging__web__v1.2.0__4711-1 --set dist \\',
  '           --phase pre-deploy-candidate --out approval.draft.json',
]

/** `assay draft compose` */
export const command = buildCommand<Flags, [family: RecordFamily], RunContext>({
  docs: {
    brief: 'Make the statement of a record, which nobody has signed',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: PARAMETERS as unknown as FlagParametersForType<Flags>,
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Family of the record', placeholder: 'family', parse: parseFamily }],
    },
  },
  func: answering(async (host, flags: Flags, family: RecordFamily) => compose(host, flags, family)),
})

async function compose(host: Host, flags: Flags, name: RecordFamily): Promise<Answer> {
  const { out, ...given } = flags
  const family = familyNamed(name)
  const answer = await recordFamily(
    host,
    { ...given, dryRun: true },
    { family, readMembers: (context) => readWritten(given, context, { family: name }) },
  )
  if (answer.kind === 'refused') return answer
  const statement = parseStatement(encodeUtf8(JSON.stringify(statementIn(answer.document))))
  if (!statement.ok) return refused(statement.problems)
  const draft = readDraft(statement.value)
  if (!draft.ok) return refused(draft.problems)
  const bytes = encodeDraft(draft.value)
  const notes = (answer.notes ?? []).filter((note) => note !== 'Nothing was signed')
  const told = {
    kind: 'finished',
    outcome: answer.outcome,
    document: documentOfDraft(draft.value),
    notes: [...notes, 'A draft: nobody has signed it, and it counts nowhere'],
  } as const
  if (out === undefined) return { ...told, text: bytes }
  const written = await host.writeBytes(out, bytes)
  if (!written.ok) return refused(written.problems)
  return { ...told, text: `${draft.value.sha256} ${escapeText(out)}\n` }
}

function statementIn(document: JsonValue): JsonValue {
  return isJsonObject(document) ? (document['statement'] ?? null) : null
}

function parseFamily(input: string): RecordFamily {
  const family = RECORD_FAMILIES.find((name) => name === input)
  if (family !== undefined) return family
  throw new SyntaxError(`Expected one of ${RECORD_FAMILIES.join(', ')}`)
}

function pick(names: readonly (keyof typeof ALL)[]) {
  return Object.fromEntries(names.map((name) => [name, ALL[name]]))
}
