// One command for each family of records.

import { buildCommand, type Command, type FlagParametersForType } from '@stricli/core'
import type { Result } from '../../core/index.ts'
import type { RecordFamily } from '../../policy/index.ts'
import { type Family, findFamily } from '../../record/index.ts'
import { answering, type RunContext } from '../context.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import { type DigestOfFlags, digestOfFlag, readDigests } from './members/document-digests.ts'
import { DRY_RUN_FLAG, type RecordFlags, recordFlags } from './record-flags.ts'
import { type MembersContext, type MembersInput, recordFamily } from './record-run.ts'
import { joinMembers, type MemberSource, readDocuments } from './members/written-members.ts'

/** What a family's command has of its own. */
export interface FamilyCommand<OWN> {
  readonly family: RecordFamily
  readonly brief: string
  /** Ends with an example. */
  readonly description: readonly string[]
  readonly flags: FlagParametersForType<OWN>
  readonly readMembers: (
    flags: OWN & RecordFlags,
    context: MembersContext,
  ) => Promise<Result<MembersInput>>
}

/** One rule for all families (docs/records.md). */
export const EXIT_CODES: readonly string[] = [
  'Ends with 0 where what is computed of the record is accepted, or is what it says against its release',
  'itself; with 1 where it was recorded and is not accepted, or not yet; with 2 where nothing was recorded.',
]

/** The document that the example of a command is given, whole, and where the form of any other is written down. */
export function exampleDocument(family: RecordFamily, lines: readonly string[]): readonly string[] {
  return [
    '',
    `${family}.yaml:`,
    ...lines.map((line) => `  ${line}`),
    '',
    `The schema of all members ships with the package: dist/schemas/record-${family}.json. Those of the header`,
    'are made from the options.',
  ]
}

/** The command of a family. */
export function familyCommand<OWN extends object>({
  family: name,
  brief,
  description,
  flags,
  readMembers,
}: FamilyCommand<OWN>): Command<RunContext> {
  const family = familyNamed(name)
  type Flags = OWN & RecordFlags
  // Options that could only be misused are left out, and so are never given.
  const all = { ...flags, ...recordFlags(family), dryRun: DRY_RUN_FLAG }
  return buildCommand<Flags, [], RunContext>({
    docs: { brief, fullDescription: [...description, '', ...EXIT_CODES].join('\n') },
    parameters: { flags: all as unknown as FlagParametersForType<Flags> },
    func: answering(async (host, given: Flags) =>
      recordFamily(host, given, {
        family,
        readMembers: (context) => readMembers(given, context),
      }),
    ),
  })
}

/** A family that has a command. */
export function familyNamed(name: RecordFamily): Family {
  const family = findFamily(name)
  if (family === undefined) throw new Error(`There is no family ${name}`)
  return family
}

/** Where members come from besides options of their own. */
export interface WrittenFlags extends DigestOfFlags {
  readonly from?: readonly string[]
}

/** `--from FILE…`, and for families that name documents `--digest-of MEMBER=FILE…`. */
export function writtenFlags(family: RecordFamily): FlagParametersForType<WrittenFlags> {
  const from = {
    ...OPTIONAL_TEXT,
    variadic: true,
    placeholder: 'FILE',
    brief: 'Members of the record, as YAML or JSON; "-" is standard input; may be repeated',
  } as const
  const digestOf = digestOfFlag(family)
  // What is not there is never given.
  return { from, ...(digestOf && { digestOf }) } as FlagParametersForType<WrittenFlags>
}

/** What options of a family give: members as they were said, and those that hold where nothing is said. */
export interface OwnMembers {
  readonly said?: readonly MemberSource[]
  readonly defaults?: Parameters<typeof joinMembers>[1]
}

/** The members of documents, options and digests, together. */
export async function readWritten(
  { from = [], digestOf }: WrittenFlags,
  { host }: MembersContext,
  { family, said = [], defaults = {} }: OwnMembers & { readonly family: RecordFamily },
): Promise<Result<MembersInput>> {
  const documents = await readDocuments(host, from)
  if (!documents.ok) return documents
  const digests = await readDigests(host, family, digestOf === undefined ? {} : { digestOf })
  if (!digests.ok) return digests
  const written = joinMembers([...documents.value, ...said, ...digests.value], defaults)
  return written.ok ? { ok: true, value: { written: written.value } } : written
}
