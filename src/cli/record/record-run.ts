// What every command does that makes a record: from the options to the record in its ledger, and what it comes to there.

import { accept, LIMITS, type Outcome, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import type { Family, HeaderParts } from '../../record/index.ts'
import { type Answer, refused } from '../answer.ts'
import { readRequest } from '../ledger/record-request.ts'
import { usage } from '../usage.ts'
import { type AboutInput, readAbout } from './about-input.ts'
import { type LedgerInput, readLedger, type RecordRequest } from './ledger-input.ts'
import { readHeader } from './policy-input.ts'
import {
  answerDraft,
  answerRecorded,
  answerRefused,
  type RecordDescription,
} from './record-answer.ts'
import { draftRecord } from './record-draft.ts'
import type { PlaceFlags, RecordFlags } from './record-flags.ts'
import { judgePlace, putRecord, type RecordPlace, signRecord } from './recording.ts'
import { readRegistry } from './registry-input.ts'
import { judgeSigningFlags } from '../signing/signing.ts'
import type { SigningFlags } from '../signing/signing-flags.ts'
import { judgeRecord } from './judged-record.ts'
import type { WrittenMembers } from './members/written-members.ts'

/** What a family's members may be made from. */
export interface MembersContext {
  readonly host: Host
  readonly about: AboutInput
  readonly header: HeaderParts
  readonly registry: Registry | undefined
}

/** The members, and what was found out on the way. */
export interface MembersInput {
  readonly written: WrittenMembers
  /** Of an observation that the command made itself: what is recorded may be that something failed. */
  readonly outcome?: Outcome
  readonly notes?: readonly string[]
}

/** A family, and how its members are found. */
export interface RecordTask {
  readonly family: Family
  readonly readMembers: (context: MembersContext) => Promise<Result<MembersInput>>
}

/** Makes a record of the family. Whatever fails, ledger and files stay as they were. */
export async function recordFamily(
  host: Host,
  flags: RecordFlags,
  { family, readMembers }: RecordTask,
): Promise<Answer> {
  const world = await readWorld(host, flags)
  if (!world.ok) return refused(world.problems)
  const { place, request, ledger, registry } = world.value
  const scope = flags.run === true ? 'run' : 'project'
  const about = await readAbout(flags, { host, registry, ledger, scope })
  if (!about.ok) return refused(about.problems)
  const { release, notes } = about.value
  const header = readHeader(family, flags, { registry, release })
  if (!header.ok) return refused(header.problems)
  const context = { host, about: about.value, header: header.value, registry }
  const members = await readMembers(context)
  if (!members.ok) return refused(members.problems)
  const { written, outcome, notes: more = [] } = members.value
  const parts = { family, about: about.value.about, header: header.value }
  const draft = draftRecord({ ...parts, written, now: host.now() })
  if (!draft.ok) return refused(draft.problems)
  const description: RecordDescription = {
    family: family.name,
    about: parts.about,
    header: parts.header,
    notes: [...notes, ...more],
  }
  if (place === undefined || request === undefined) {
    return answerDraft(description, draft.value, outcome)
  }
  const made = await signRecord(host, flags, { draft: draft.value, place, request })
  if (!made.ok) return refused(made.problems)
  const { record } = made.value
  if (record?.kind !== 'record') return answerRefused(host, description, made.value)
  // What it comes to is found out first, so that nothing can fail once it is kept but to tell of it.
  const { known } = about.value
  const question = { known, request, registry, scope } as const
  const standing = ledger && (await judgeRecord(record, { ...question, ledger }))
  if (standing?.ok === false) return refused(standing.problems)
  const recording = await putRecord(host, place, made.value)
  if (!recording.ok) return refused(recording.problems)
  return answerRecorded(host, description, {
    recording: recording.value,
    place,
    outcome,
    ...(standing !== undefined && { standing: standing.value }),
  })
}

interface RecordWorld {
  /** Absent for a dry run. */
  readonly place?: RecordPlace
  readonly request?: RecordRequest
  readonly ledger?: LedgerInput
  readonly registry: Registry | undefined
}

/** What is there already: policies, trust document, ledger. */
async function readWorld(host: Host, flags: RecordFlags): Promise<Result<RecordWorld>> {
  const sound = judgePlaceFlags(flags)
  if (!sound.ok) return sound
  const { ledger: folder, out, dryRun = false } = flags
  const registry = await readRegistry(host, flags.policies)
  if (!registry.ok) return registry
  if (flags.trust === undefined) return accept({ registry: registry.value })
  const request = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!request.ok) return request
  const known = { registry: registry.value, request: request.value }
  if (folder === undefined) {
    const place = out === undefined ? {} : { place: { kind: 'file', path: out } as const }
    return judged(host, flags, { ...known, ...place })
  }
  const store = await host.openLedger(folder)
  const ledger = await readLedger(store, request.value)
  if (!ledger.ok) return ledger
  const place = dryRun ? {} : { place: { kind: 'ledger', store } as const }
  return judged(host, flags, { ...known, ledger: ledger.value, ...place })
}

/** Before anything is observed or signed: an observation may take long, and is lost where nothing can sign it. */
async function judged(
  host: Host,
  flags: SigningFlags,
  world: RecordWorld,
): Promise<Result<RecordWorld>> {
  if (world.place === undefined) return accept(world)
  const sound = judgeSigningFlags(flags)
  if (!sound.ok) return sound
  if (flags.key !== undefined) {
    const key = await host.readKeyFile(flags.key, { bytesMax: LIMITS.keyBytesMax })
    if (!key.ok) return key
  }
  const writable = await judgePlace(host, world.place)
  return writable.ok ? accept(world) : writable
}

function judgePlaceFlags({ ledger, out, dryRun = false, trust }: PlaceFlags): Result<undefined> {
  if (out !== undefined && (ledger !== undefined || dryRun)) {
    const other = dryRun ? '--dry-run' : '--ledger'
    return usage(
      `Expected --ledger DIR, --out FILE or --dry-run, found --out and ${other}`,
      'A record that is appended lies in the ledger as a file of its own; assay ledger append takes what --out wrote',
    )
  }
  if (ledger === undefined && out === undefined && !dryRun) {
    return usage('Expected --ledger DIR, --out FILE or --dry-run, found none of them')
  }
  if (trust === undefined && (!dryRun || ledger !== undefined)) {
    return usage(
      'Expected --trust FILE: a record is verified before it is appended or written',
      'assay trust init makes a trust document, assay trust add-key says whose signatures count',
    )
  }
  return accept(undefined)
}
