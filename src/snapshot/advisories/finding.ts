// What was found: each advisory once in each package, whatever ids it goes by, and with the versions that are there.

import * as z from 'zod/mini'
import { compareCodePoints } from '../../core/index.ts'
import {
  type Advisory,
  ADVISORY_ID,
  gravest,
  PACKAGE_TEXT,
  SEVERITIES,
  SHOWN_TEXT,
  type Site,
} from './advisory.ts'
import { keyOfPackage, type Package } from './package-name.ts'
import { rangeKey } from './exceptions.ts'

/** An advisory in a package. */
export const FOUND_ADVISORY = z.strictObject({
  /** The id that it is called by: of GitHub's database where it has one, else that of CVE. */
  advisory: ADVISORY_ID,
  /** Its other ids, sorted. */
  aliases: z.array(ADVISORY_ID),
  package: z.strictObject({ ecosystem: PACKAGE_TEXT, name: PACKAGE_TEXT }),
  /** Those that were found, sorted; empty where nothing says which. */
  versions: z.array(PACKAGE_TEXT),
  severity: z.optional(z.enum(SEVERITIES)),
  /** Ratings that are there and not understood, where no other is: then its owner's word is not the only one, and does not count. */
  unscored: z.optional(z.array(SHOWN_TEXT).check(z.minLength(1))),
  affected: z.optional(z.string()),
  title: z.optional(SHOWN_TEXT),
  /** Whether the snapshot has the package, in every version and place that the report names; absent without a snapshot. */
  inSnapshot: z.optional(z.boolean()),
})

/** An advisory in a package. */
export type FoundAdvisory = Readonly<z.infer<typeof FOUND_ADVISORY>>

/** Where an advisory was found, as a snapshot has it. */
export interface Located {
  readonly versions: readonly string[]
  readonly inSnapshot?: boolean
}

/** Looks up the sites of a package. */
export type Locate = (found: Package, sites: readonly Site[]) => Located

/** Without a snapshot, what the report itself says. */
export const asReported: Locate = (_, sites) => ({
  versions: sites.flatMap((site) => ('version' in site ? site.version : [])),
})

/** The advisories of a report, each once in each package, in the order of packages and ids. */
export function findAdvisories(
  advisories: readonly Advisory[],
  locate: Locate,
): readonly FoundAdvisory[] {
  const byPackage = Map.groupBy(advisories, keyOfPackage)
  const found = [...byPackage.values()].flatMap((ofPackage) =>
    groupAliases(ofPackage).map((group) => joinGroup(group, locate)),
  )
  return found.toSorted(
    (a, b) =>
      compareCodePoints(a.package.ecosystem, b.package.ecosystem) ||
      compareCodePoints(a.package.name, b.package.name) ||
      compareCodePoints(a.advisory, b.advisory),
  )
}

type Group = readonly [Advisory, ...Advisory[]]

/** Advisories of one package are one where they share an id, directly or by way of others. */
function groupAliases(advisories: readonly Advisory[]): readonly Group[] {
  const byId = new Map<string, Advisory[]>()
  for (const advisory of advisories) {
    for (const id of advisory.ids) {
      const known = byId.get(id)
      if (known === undefined) byId.set(id, [advisory])
      else known.push(advisory)
    }
  }
  const seen = new Set<Advisory>()
  return advisories.flatMap((first): readonly Group[] => {
    if (seen.has(first)) return []
    seen.add(first)
    const group: [Advisory, ...Advisory[]] = [first]
    // The list grows while it is walked.
    for (const { ids } of group) {
      for (const id of ids) {
        const others = (byId.get(id) ?? []).filter((other) => !seen.has(other))
        byId.delete(id)
        for (const other of others) seen.add(other)
        group.push(...others)
      }
    }
    return [group]
  })
}

function joinGroup(group: Group, locate: Locate): FoundAdvisory {
  const [{ ecosystem, name }] = group
  const ids = [...new Set(group.flatMap(({ ids }) => ids))].toSorted(compareIds)
  const [advisory = '', ...aliases] = ids
  const { versions, inSnapshot } = locate(
    { ecosystem, name },
    group.flatMap(({ sites }) => sites),
  )
  // An alias that nobody rated is rated as the others are.
  const severity = gravest(group.flatMap((each) => each.severity ?? []))
  const unscored = new Set(
    severity === undefined ? group.flatMap((each) => each.unscored ?? []) : [],
  )
  const affected = rangeKey(group.flatMap((each) => each.affected ?? []).join(' || '))
  const title = group.find((each) => each.title !== undefined)?.title
  return {
    advisory,
    aliases: aliases.toSorted(compareCodePoints),
    package: { ecosystem, name },
    versions: [...new Set(versions)].toSorted(compareCodePoints),
    ...(severity !== undefined && { severity }),
    ...(unscored.size > 0 && { unscored: [...unscored].toSorted() }),
    ...(affected !== '' && { affected }),
    ...(title !== undefined && { title }),
    ...(inSnapshot !== undefined && { inSnapshot }),
  }
}

const DATABASES = ['GHSA-', 'CVE-']

function compareIds(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compareCodePoints(a, b)
}

function rankOf(id: string): number {
  const rank = DATABASES.findIndex((database) => id.startsWith(database))
  return rank < 0 ? DATABASES.length : rank
}
