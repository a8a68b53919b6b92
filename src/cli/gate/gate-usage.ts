// What of a command line of `assay gate` goes together, and which gates and policies it asks.

import { accept, type Instant, quote, type Result } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { GateFlags } from '../gate.ts'
import { readCommitFlag } from '../commit-flag.ts'
import { usage } from '../usage.ts'

/** The ids that are asked: those that are named, else all gates and all policies of requirements. */
export function askedOf(
  flags: GateFlags,
  named: readonly string[],
  { registry, now }: { readonly registry: Registry; readonly now: Instant },
): Result<readonly string[]> {
  const sound = checkSigned(flags, now)
  return sound.ok ? findAsked(flags, named, registry) : sound
}

function findAsked(
  flags: GateFlags,
  named: readonly string[],
  registry: Registry,
): Result<readonly string[]> {
  const fitting = checkTogether(flags)
  if (!fitting.ok) return fitting
  const commit = flags.commit === undefined ? fitting : readCommitFlag(flags.commit)
  if (!commit.ok) return commit
  const isAboutOne = isOfOneRelease(flags)
  const policies = [...registry.of('requirements').keys()]
  const gates = [...registry.of('gate').keys()]
  // A run has no gates: nobody adopted its records. A release is named for a gate together with it.
  const isOfPolicies = flags.run === true || (isAboutOne && named.length === 0)
  const all = isOfPolicies ? policies : [...gates, ...policies]
  const unknown = named.filter((id) => !all.includes(id))
  if (unknown.length > 0 || all.length === 0) {
    const kind = isOfPolicies ? 'policies of requirements' : 'gates and policies of requirements'
    const known = all.length === 0 ? 'there are none' : all.join(', ')
    const found = unknown.length === 0 ? 'none' : unknown.map(quote).join(', ')
    return usage(`Expected ${kind} (${known}), found ${found}`)
  }
  const ids = named.length === 0 ? all : [...new Set(named)]
  return flags.release === undefined ? accept(ids) : checkRelease(flags.release, ids, registry)
}

/** What is counted is the whole project, in words or as one document. */
function checkTogether(flags: GateFlags): Result<undefined> {
  const { counters, explain, dryRun, format, snapshot } = flags
  if (counters === true && dryRun === true) return usage('Expected --counters or --dry-run')
  if (snapshot !== undefined && counters !== true) {
    return usage('Expected --snapshot with --counters, found none')
  }
  const isPlain = format === 'text' || format === 'json'
  const idle = [
    ['--counters', counters],
    ['--explain', explain],
    ['--dry-run', dryRun],
  ] as const
  for (const [name, isSaid] of idle) {
    if (isSaid === true && !isPlain) return usage(`Expected ${name} with --format text or json`)
  }
  return isOfOneRelease(flags) && counters === true
    ? usage('Expected --counters of the whole project, without --release and --run')
    : accept(undefined)
}

function isOfOneRelease({ release, run }: GateFlags): boolean {
  return release !== undefined || run === true
}

/** A policy says nothing of a release that it is not for. */
function checkRelease(
  release: string,
  ids: readonly string[],
  registry: Registry,
): Result<readonly string[]> {
  const parts = parseArtifactSetId(release)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
  const others = ids.filter((id) => {
    const scope = (registry.of('requirements').get(id) ?? registry.of('gate').get(id))?.scope
    const isFor =
      (scope?.targets?.includes(target) ?? true) && (scope?.channels?.includes(channel) ?? true)
    return !isFor
  })
  if (others.length === 0) return accept(ids)
  return usage(`Expected a release that ${others.join(', ')} is for, found ${quote(release)}`)
}

/** Whoever believes what is signed has not seen the command line: it is of a ledger that was judged whole, by real keys, and of what was. */
function checkSigned(flags: GateFlags, now: Instant): Result<undefined> {
  const { result, resultJws, resultBundle, vsa, unsafeUnsigned, unsafeExampleKeys, at } = flags
  const isResult = (result ?? resultJws ?? resultBundle) !== undefined
  if (!isResult && vsa === undefined) return accept(undefined)
  const what = isResult ? '--result' : '--vsa'
  if (unsafeUnsigned === true) {
    return usage(
      `Expected ${what} without --unsafe-unsigned: it names a head that somebody has signed`,
      'Give the key of the ledger with --log-key',
    )
  }
  if (unsafeExampleKeys === true) return usage(`Expected ${what} without --unsafe-example-keys`)
  return at !== undefined && at > now
    ? usage(`Expected ${what} of what was, found a later --at`)
    : accept(undefined)
}
