// `assay attest TYPE`: one statement about a set or about files, signed, in one bundle.

import { buildCommand } from '@stricli/core'
import {
  accept,
  countOf,
  encodeDocument,
  escapeText,
  type JsonObject,
  type JsonValue,
  parseJson,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
import type { Host } from '../host/index.ts'
import {
  encodeStatement,
  findSecrets,
  parsePredicate,
  parseStatement,
  predicateNameOf,
  type Statement,
} from '../statement/index.ts'
import { type Answer, misused, refused } from './answer.ts'
import { type PredicateFlags, readPredicate } from './attest/predicate-input.ts'
import { type Draft, signDraft } from './signing/signing.ts'
import { PUBLICATION, SIGNING_FLAGS, type SigningFlags } from './signing/signing-flags.ts'
import { readSubjects, type SubjectFlags } from './attest/subject-input.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH } from './flags.ts'
import { parsePredicateType } from './predicate-type.ts'
import { SET_FLAGS } from './set-flags.ts'

interface Flags extends SubjectFlags, PredicateFlags, SigningFlags {
  readonly out?: string
  readonly dryRun?: boolean
  readonly format: Format
}

/** `assay attest` */
export const command = buildCommand<Flags, [type: string], RunContext>({
  docs: {
    brief: 'Sign a statement about what you ship, as a Sigstore bundle',
    fullDescription: [
      'Signs one in-toto statement about a set (--set) or about files (--artifact).',
      '`provenance` is made from the run, the checkout and the snapshot; every other TYPE takes its',
      'predicate from --predicate. TYPE is a short name (provenance, vsa, svr, test-result, release,',
      'cyclonedx) or the URI of any predicate type; predicates of known types are checked.',
      '',
      ...PUBLICATION,
    ].join('\n'),
  },
  parameters: {
    flags: {
      set: {
        ...OPTIONAL_TEXT,
        placeholder: 'PATH',
        brief: 'Folder, archive or SHA256SUMS: the whole set',
      },
      artifact: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'FILE',
        brief: 'One file; may be repeated',
      },
      exclude: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'GLOB',
        brief: 'Paths of the set to leave out; they are listed',
      },
      ...SET_FLAGS,
      release: { ...OPTIONAL_TEXT, placeholder: 'VERSION', brief: 'Release that the set is' },
      channel: { ...OPTIONAL_TEXT, placeholder: 'NAME', brief: 'Its channel, such as staging' },
      target: { ...OPTIONAL_TEXT, placeholder: 'NAME', brief: 'Where it goes' },
      run: { ...OPTIONAL_TEXT, placeholder: 'ID', brief: 'The run that made it' },
      predicate: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'The predicate, as JSON; "-" is standard input',
      },
      snapshot: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Snapshot of the build, as JSON' },
      build: {
        kind: 'enum',
        values: ['auto', 'github', 'gitlab', 'local'],
        default: 'auto',
        brief: 'Where the build runs',
      },
      ...SIGNING_FLAGS,
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Where to write the bundle' },
      dryRun: {
        ...SWITCH,
        brief: 'Print the statement and sign nothing',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Predicate type', placeholder: 'type', parse: parsePredicateType }],
    },
  },
  func: answering(async (host, flags: Flags, type: string) => attest(host, flags, type)),
})

async function attest(host: Host, flags: Flags, type: string): Promise<Answer> {
  const { out, dryRun = false } = flags
  if ((out === undefined) !== dryRun) {
    const found = dryRun ? 'both' : 'neither'
    return misused(`Expected --out FILE or --dry-run, found ${found}`)
  }
  const drafted = await draftStatement(host, flags, type)
  if (!drafted.ok) return refused(drafted.problems)
  const { payload, statement, notes } = drafted.value
  if (out === undefined) return showStatement(drafted.value)

  const judgePlace = () => host.judgeOutput(out)
  const signed = await signDraft(host, flags, { ...drafted.value, judgePlace })
  if (!signed.ok) return refused(signed.problems)
  const { bytes, signer, members } = signed.value
  const written = await host.writeBytes(out, bytes)
  if (!written.ok) return refused(written.problems)
  const { subjects, predicateType } = statement
  return {
    kind: 'finished',
    outcome: 'accepted',
    notes: [...notes, ...signed.value.notes],
    text: `${escapeText(out)}: ${describeStatement(statement)}, signed with ${signer}\n`,
    document: {
      schema: 'assay/attest/v1',
      out,
      predicateType,
      subjects: subjects as unknown as JsonValue,
      ...members,
      payloadSha256: digestBytes('sha256', payload),
      bundleSha256: digestBytes('sha256', bytes),
    },
  }
}

interface NotedDraft extends Draft {
  readonly notes: readonly string[]
}

/** The statement, judged as whoever verifies it will, and with nothing in it that must not be published. */
async function draftStatement(
  host: Host,
  flags: Flags,
  predicateType: string,
): Promise<Result<NotedDraft>> {
  const predicate = await readPredicate(host, predicateType, flags)
  if (!predicate.ok) return predicate
  const subjects = await readSubjects(host, flags, flags.out)
  if (!subjects.ok) return subjects
  const payload = encodeStatement({
    version: 'v1',
    subjects: subjects.value.subjects,
    predicateType,
    predicate: predicate.value.predicate,
  })
  const statement = parseStatement(payload)
  if (!statement.ok) return statement
  const judged = judgePredicate(statement.value)
  if (!judged.ok) return judged
  const [secret, ...secrets] = findSecrets(statement.value as unknown as JsonObject)
  // before anything is signed, and without the value.
  if (secret !== undefined) return refuse<Problem>(secret, ...secrets)
  const notes = [...predicate.value.notes, ...subjects.value.notes].map(escapeText)
  return accept({ statement: statement.value, payload, notes })
}

/** A predicate of a type that we do not know is signed as it is: its readers judge it. */
function judgePredicate({ predicateType, predicate }: Statement): Result<unknown> {
  if (predicateNameOf(predicateType) === undefined) return accept(undefined)
  const known = parsePredicate(predicateType, predicate)
  if (known.ok) return known
  return refuse<Problem>({
    code: 'statement/predicate',
    message: `Expected a predicate of the type ${quote(predicateType)}`,
    because: known.problems,
  })
}

function showStatement({ payload, notes }: NotedDraft): Answer {
  const statement = parseJson(payload)
  if (!statement.ok) return refused(statement.problems)
  return {
    kind: 'finished',
    outcome: 'accepted',
    notes,
    text: encodeDocument(statement.value),
    document: { schema: 'assay/attest/v1', statement: statement.value },
  }
}

function describeStatement({ predicateType, subjects }: Statement): string {
  return `${escapeText(predicateType)} about ${countOf(subjects.length, 'subject')}`
}
