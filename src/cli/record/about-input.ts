// What a record is about, as options, policies and ledger say it: a commit, or a release with its set and the object that all its
// records share.

import { accept, type Problem, quote, type Result, refuse } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  foldRelease,
  type KnownItems,
  type LedgerItem,
  type LedgerScope,
  type RecordSubject,
  type ReleaseFold,
  type ReleaseReference,
} from '../../record/index.ts'
import { type ArtifactSetId, parseArtifactSetId } from '../../statement/index.ts'
import type { CliProblem } from '../problem.ts'
import { readCommitFlag } from '../commit-flag.ts'
import { usage } from '../usage.ts'
import { describeChanges } from '../work-tree.ts'
import { knownOf, type ReleaseItems } from '../judging/release-items.ts'
import { describeRefused, type LedgerInput } from './ledger-input.ts'
import type { AboutFlags, ReleaseFlags } from './record-flags.ts'
import { type DigestedSet, digestSetAt } from './set-input.ts'

/** What a record is about, and words about how that was found out. */
export interface AboutInput {
  readonly about: RecordSubject
  /** Of a set. */
  readonly release?: ReleaseReference
  /** What the ledger holds about it already. */
  readonly known: KnownItems
  readonly notes: readonly string[]
}

/** Where it is looked up. */
export interface AboutSources {
  readonly host: Host
  readonly registry: Registry | undefined
  readonly ledger: LedgerInput | undefined
  /** Whose ledger it is. */
  readonly scope: LedgerScope
}

/** Finds out what the record is about; nothing that two places say may differ. */
export async function readAbout(
  flags: AboutFlags & ReleaseFlags,
  sources: AboutSources,
): Promise<Result<AboutInput>> {
  const { releaseId, set, phase, commit } = flags
  if (commit !== undefined) {
    if ((releaseId ?? set ?? phase) !== undefined) {
      return usage('Expected --commit, or --release-id with --set and --phase, found both')
    }
    return readCommit(commit, sources)
  }
  if (releaseId === undefined) {
    const found = await findRelease(flags, sources)
    return found.ok ? readAbout({ ...flags, releaseId: found.value }, sources) : found
  }
  const parts = parseArtifactSetId(releaseId)
  if (!parts.ok) return parts
  if (phase === undefined) return usage('Expected --phase: the phase that the record is of')
  const known = await readKnown(releaseId, sources)
  if (!known.ok) return known
  const digest = await readDigest(sources.host, flags, known.value)
  if (!digest.ok) return digest
  const asked = { ...flags, releaseId, phase }
  const release = await buildRelease(asked, { parts: parts.value, known: known.value }, sources)
  if (!release.ok) return release
  return accept({
    about: { kind: 'set', id: releaseId, digest: digest.value.digest },
    release: release.value,
    known: known.value,
    notes: [...known.value.notes, ...digest.value.notes],
  })
}

/** The one release of the ledger that has the set; where there are several, a person says which is meant. */
async function findRelease(
  { set }: AboutFlags,
  { host, ledger }: AboutSources,
): Promise<Result<string>> {
  const expected = 'Expected --release-id SET_ID: the release that the record is about'
  const example = 'An artifact set id such as staging__render_staging_rollout__v1.2.0__4711-1'
  if (set === undefined || ledger === undefined) return usage(expected, example)
  const found = await digestSetAt(host, set)
  if (!found.ok) return found
  const releases = await ledger.releasesOf(found.value.digest)
  if (!releases.ok) return releases
  const [only, ...others] = releases.value
  if (only === undefined)
    return usage(`${expected}, found none with this set in the ledger`, example)
  if (others.length === 0) return accept(only)
  return usage(expected, `The ledger has the set in ${releases.value.join(', ')}`)
}

async function readCommit(commit: string, { ledger }: AboutSources): Promise<Result<AboutInput>> {
  const named = readCommitFlag(commit)
  if (!named.ok) return named
  const items = await ledger?.items(`git:${commit}`)
  if (items?.ok === false) return items
  const found = items?.value ?? NOTHING
  return accept({
    about: { kind: 'commit', commit },
    known: knownOf(found),
    notes: describeRefused(found.refused),
  })
}

const NOTHING: ReleaseItems = { items: [], refused: [], copies: [], lost: [] }

/** What the ledger knows of the release. */
interface KnownRelease extends KnownItems {
  readonly digest?: string
  readonly release?: ReleaseReference
  readonly notes: readonly string[]
}

async function readKnown(
  id: string,
  { ledger, scope }: AboutSources,
): Promise<Result<KnownRelease>> {
  if (ledger === undefined) return accept({ ...knownOf(NOTHING), notes: [] })
  const items = await ledger.items(id)
  if (!items.ok) return items
  const { items: accepted, refused } = items.value
  const { digest, records } = firstWord(id, accepted, scope)
  const release = records[0]?.release
  return accept({
    ...knownOf(items.value),
    ...(digest !== undefined && { digest }),
    ...(release !== undefined && { release }),
    notes: describeRefused(refused),
  })
}

/**
 * The first record of a set says what the set is. In the ledger of a project those come first that need no adoption: what nobody
 * adopted contradicts nothing there, and is asked only where there is nothing else.
 */
function firstWord(
  id: string,
  items: readonly LedgerItem[],
  scope: LedgerScope,
): ReleaseFold['evidence'] {
  const all = { id, items, commitItems: () => [] }
  const direct = foldRelease({ ...all, adopted: new Set() }).evidence
  return scope === 'project' && direct.records.length > 0 ? direct : foldRelease(all).evidence
}

async function readDigest(
  host: Host,
  { set }: AboutFlags,
  { digest }: KnownRelease,
): Promise<Result<Pick<DigestedSet, 'digest' | 'notes'>>> {
  if (set === undefined) {
    if (digest !== undefined) return accept({ digest, notes: [] })
    const hint = 'Only a ledger with records of the release knows its set without --set'
    return usage('Expected --set PATH: the artifact set of the release', hint)
  }
  const found = await digestSetAt(host, set)
  if (!found.ok || digest === undefined || digest === found.value.digest) return found
  return disagree('artifact set', [`sha256:${digest}`, 'its records in the ledger'], {
    flag: '--set',
    value: `sha256:${found.value.digest}`,
  })
}

interface ReleaseParts {
  readonly parts: ArtifactSetId
  readonly known: KnownRelease
}

type Asked = ReleaseFlags & Required<Pick<AboutFlags, 'releaseId' | 'phase'>>

/** The object is that of the earlier records; where there are none, policies and options make it. */
async function buildRelease(
  flags: Asked,
  { parts, known }: ReleaseParts,
  sources: AboutSources,
): Promise<Result<ReleaseReference>> {
  const { releaseId, phase } = flags
  if (known.release !== undefined) {
    const { approvalRecord, gate, deploymentStage, sourceRevision } = known.release
    const facts = { approvalRecord, gate, stage: deploymentStage, sourceRevision }
    const agreed = agree(flags, facts, 'its records in the ledger')
    return agreed.ok ? accept({ ...known.release, phase }) : agreed
  }
  const way = findWay(flags, parts, sources.registry)
  if (!way.ok) return way
  const revision = await readRevision(flags, sources.host)
  if (!revision.ok) return revision
  return accept({
    approvalRecord: way.value.approvalRecord,
    gate: way.value.gate,
    artifactVersion: parts.release,
    artifactSetId: releaseId,
    sourceRevision: revision.value,
    deploymentStage: way.value.stage,
    releaseChannel: parts.channel,
    phase,
    run: parts.run,
  })
}

type Way = Readonly<Record<'gate' | 'approvalRecord' | 'stage', string>>

/** The gate on the way to the target. */
function findWay(
  flags: ReleaseFlags,
  { target, channel }: ArtifactSetId,
  registry: Registry | undefined,
): Result<Way> {
  const gate = registry?.gateOf(target)
  if (gate === undefined) {
    const { gate: id, approvalRecord, stage } = flags
    if (id !== undefined && approvalRecord !== undefined && stage !== undefined) {
      return accept({ gate: id, approvalRecord, stage })
    }
    const found = registry === undefined ? 'no policies' : `no gate for ${quote(target)} in them`
    return usage(
      `Expected policies that have the gate of the release, or --gate, --approval-record and --stage, found ${found}`,
    )
  }
  const way = { gate: gate.id, approvalRecord: gate.approval, stage: gate.scope.stages[0] }
  const agreed = agree(flags, way, 'the policies')
  if (!agreed.ok) return agreed
  const [expected] = gate.scope.channels
  if (expected === channel) return accept(way)
  return disagree('channel', [quote(expected), 'the policies'], {
    flag: '--release-id',
    value: quote(channel),
  })
}

/** The commit; where nothing says it, that of the checkout here, if its files are really those of the commit. */
async function readRevision({ sourceRevision }: ReleaseFlags, host: Host): Promise<Result<string>> {
  if (sourceRevision !== undefined) return accept(sourceRevision)
  const source = await host.readSource('.')
  if (!source.ok) return source
  if (source.value.state === 'clean') return accept(source.value.commit)
  const why =
    source.value.state === 'absent'
      ? source.value.reason
      : `it is not its commit, with ${describeChanges(source.value)}`
  return usage(`Expected --source-revision SHA: the checkout here does not say it, for ${why}`)
}

const FLAGS = {
  gate: '--gate',
  approvalRecord: '--approval-record',
  stage: '--stage',
  sourceRevision: '--source-revision',
} as const satisfies Record<keyof ReleaseFlags, string>

/** What an option repeats has to be what is known. */
function agree(
  flags: ReleaseFlags,
  known: Readonly<Partial<Record<keyof ReleaseFlags, string>>>,
  source: string,
): Result<undefined> {
  const names = Object.keys(FLAGS) as (keyof ReleaseFlags)[]
  const problems = names.flatMap((name) => {
    const [said, expected] = [flags[name], known[name]]
    if (said === undefined || expected === undefined || said === expected) return []
    const value = { flag: FLAGS[name], value: quote(said) }
    return disagree(FLAGS[name].slice(2), [quote(expected), source], value).problems
  })
  const [first, ...more] = problems
  return first === undefined ? accept(undefined) : refuse<Problem>(first, ...more)
}

function disagree(
  what: string,
  [expected, source]: readonly [string, string],
  { flag, value }: { readonly flag: string; readonly value: string },
): Extract<Result<never, CliProblem>, { readonly ok: false }> {
  return {
    ok: false,
    problems: [
      {
        code: 'cli/record-release',
        message: `Expected ${expected} as the ${what} of the release, as ${source} have it, found ${value}`,
        at: flag,
      },
    ],
  }
}
