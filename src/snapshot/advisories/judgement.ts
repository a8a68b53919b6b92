// What an advisory comes to: whether an exception is for it, and whether one can help at all.

import { combineOutcomes, type Instant, type Outcome } from '../../core/index.ts'
import { gravest, type ReportForm, type Severity } from './advisory.ts'
import { type AdvisoryException, isInForce, rangeKey } from './exceptions.ts'
import type { FoundAdvisory } from './finding.ts'
import { keyOfName, keyOfVersion, keyOfPackage, packageOfPurl } from './package-name.ts'

/**
 * How an advisory stands, the worst first: `critical`, which nothing excepts; `unknown`, no exception is for it; `unrated`,
 * nobody says how grave it is in a way that is understood; `expired`, an exception was for it; `elsewhere`, the snapshot has no such package; `excepted`.
 */
export const STANDINGS = [
  'critical',
  'unknown',
  'unrated',
  'expired',
  'elsewhere',
  'excepted',
] as const

/** A standing. */
export type Standing = (typeof STANDINGS)[number]

/** Why an exception for the same advisory is not for this finding. */
export const DIFFERENCES = ['package', 'version', 'affected'] as const

/** An exception that names the advisory, and is for something else. */
export interface NearException {
  readonly exception: AdvisoryException
  readonly differs: (typeof DIFFERENCES)[number]
}

/** What came of one advisory. */
export interface Judgement {
  readonly standing: Standing
  /** Those that except it; where it is not excepted, all that are for it, expired ones too. */
  readonly exceptions: readonly AdvisoryException[]
  readonly near: readonly NearException[]
}

/** What advisories are judged by. */
export interface Registry {
  readonly form: ReportForm
  readonly exceptions: readonly AdvisoryException[]
  readonly now: Instant
}

/** Judges one advisory. A missing fact never helps: neither a severity that nobody knows, nor a version. */
export function judgeAdvisory(found: FoundAdvisory, registry: Registry): Judgement {
  const ids = new Set([found.advisory, ...found.aliases])
  const named = registry.exceptions.filter(({ advisory }) => ids.has(advisory))
  // Of versions that nobody knows, only an exception for every version can speak.
  const versions: readonly (string | undefined)[] =
    found.versions.length > 0 ? found.versions : [undefined]
  const differences = named.map(
    (exception): Compared => ({
      exception,
      of: versions.map((version) => differenceOf(exception, found, version)),
    }),
  )
  const meant = differences.filter(({ of }) => of.includes(undefined))
  const inForce = meant.filter(({ exception }) => isInForce(exception, registry.now))
  const standing = standingOf(found, registry, {
    severity: severityOf(found, meant),
    isKnown: covers(meant, versions),
    isInForce: covers(inForce, versions),
  })
  const used = standing === 'excepted' ? inForce : meant
  return {
    standing,
    exceptions: used.map(({ exception }) => exception),
    near: differences.flatMap(({ exception, of }) => {
      const [differs] = of
      return differs === undefined || of.includes(undefined) ? [] : { exception, differs }
    }),
  }
}

/** An exception, and for each version where it is for something else. */
interface Compared {
  readonly exception: AdvisoryException
  readonly of: readonly (NearException['differs'] | undefined)[]
}

/** Whether one of them is for each of the versions. */
function covers(compared: readonly Compared[], versions: readonly unknown[]): boolean {
  return versions.every((_, at) => compared.some(({ of }) => of[at] === undefined))
}

interface Cover {
  readonly severity: Severity | undefined
  readonly isKnown: boolean
  readonly isInForce: boolean
}

function standingOf(found: FoundAdvisory, { form }: Registry, cover: Cover): Standing {
  // Nobody has held a list against this project: what is not in it is not meant.
  if (form === 'osv' && found.inSnapshot === false) return 'elsewhere'
  if (cover.severity === 'critical') return 'critical'
  if (!cover.isKnown) return 'unknown'
  if (cover.severity === undefined) return 'unrated'
  if (!cover.isInForce) return 'expired'
  return found.inSnapshot === false ? 'elsewhere' : 'excepted'
}

/** That of the report; where nobody rated it, what the owners of the exceptions for it say, each of them. */
function severityOf(
  { severity, unscored }: FoundAdvisory,
  exceptions: readonly Compared[],
): Severity | undefined {
  const isRated = (severity ?? unscored) !== undefined
  if (isRated || exceptions.length === 0) return severity
  return gravest(exceptions.map(({ exception }) => exception.severity))
}

/** Where the exception is for something else; nothing where it is for this. */
function differenceOf(
  exception: AdvisoryException,
  found: FoundAdvisory,
  version: string | undefined,
): NearException['differs'] | undefined {
  const { ecosystem } = found.package
  const purl = packageOfPurl(exception.package)
  const same =
    purl === undefined
      ? keyOfName({ ecosystem, name: exception.package }) === keyOfName(found.package)
      : keyOfPackage(purl) === keyOfPackage(found.package)
  if (!same) return 'package'
  if (purl?.version !== undefined) {
    if (version === undefined) return 'version'
    const [meant, there] = [purl.version, version].map((each) => keyOfVersion(ecosystem, each))
    if (meant !== there) return 'version'
  }
  const { affected } = exception
  if (affected === undefined) return undefined
  return rangeKey(affected) === rangeKey(found.affected ?? '') ? undefined : 'affected'
}

/** What all of them come to. None at all is a success: the report was read, and told of none. */
export function outcomeOfStandings(standings: readonly Standing[], form: ReportForm): Outcome {
  const parts = standings.map((standing) => ({ outcome: outcomeOf(standing, form) }))
  return combineOutcomes([{ outcome: 'accepted' }, ...parts])
}

/** A scan that tells of what the snapshot does not have is of another lockfile than that one. */
function outcomeOf(standing: Standing, form: ReportForm): Outcome {
  switch (standing) {
    case 'excepted':
      return 'accepted'
    case 'elsewhere':
      return form === 'osv' ? 'accepted' : 'stale'
    case 'expired':
      return 'stale'
    default:
      return 'rejected'
  }
}
