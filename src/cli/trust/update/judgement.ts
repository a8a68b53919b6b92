// What the newest state of a trusted root changes in a trust document.

import { accept, type JsonObject, quote, type Result, refuse } from '../../../core/index.ts'
import type { FetchedRoot } from '../../../host/index.ts'
import {
  compareRoots,
  type NamedRoot,
  parseRootLines,
  parseTrustedRoot,
  type RootChange,
  replaceRoot,
  type TrustDocument,
  type TrustedRoot,
  type TrustProblem,
} from '../../../trust/index.ts'

/** The root of that name. */
export function findRoot(document: TrustDocument, name: string): Result<NamedRoot, TrustProblem> {
  const root = document.roots.find((one) => one.name === name)
  if (root !== undefined) return accept(root)
  return refuse({
    code: 'trust/name-unknown',
    message: `Expected the name of a root of the document, found ${quote(name)}`,
    hint: 'assay trust show lists the roots; assay trust add-root public-good --name public-good --live adds one',
  })
}

/** A root that a repository signed, read. */
export interface Fetched {
  readonly document: JsonObject
  readonly root: TrustedRoot
}

/** Reads it as strictly as any root. */
export function readFetched({ trustedRoot }: FetchedRoot): Result<Fetched, TrustProblem> {
  const root = parseTrustedRoot(trustedRoot)
  if (!root.ok) return root
  const documents = parseRootLines(trustedRoot)
  if (!documents.ok) return documents
  const [document = {}] = documents.value
  return accept({ document, root: root.value })
}

/** What an update does to the document. */
export interface Update {
  readonly document: TrustDocument
  readonly changes: readonly RootChange[]
  /** Under which name the old root stays. */
  readonly kept?: string
}

/** Puts the new state in the place of the root of that name. */
export function judgeUpdate(
  document: TrustDocument,
  name: string,
  next: Fetched,
  now: number,
): Result<Update, TrustProblem> {
  const old = findRoot(document, name)
  if (!old.ok) return old
  const { changes, isRelated } = compareRoots(old.value.root, next.root)
  if (!isRelated) {
    return refuse({
      code: 'trust/root-unrelated',
      message: `Expected a newer state of the root ${quote(name)}, found one that has no log and no authority in common with it`,
      hint: 'A root of another instance is added: assay trust add-root FILE --name NAME',
    })
  }
  const isDropping = changes.some(({ what }) => what === 'dropped')
  const kept = isDropping ? { name: freeName(document, name, now), until: now } : undefined
  const edited = replaceRoot(document, name, {
    trustedRoot: next.document,
    ...(kept !== undefined && { kept }),
  })
  if (!edited.ok) return edited
  return accept({ document: edited.value, changes, ...(kept && { kept: kept.name }) })
}

function freeName({ roots }: TrustDocument, name: string, now: number): string {
  const dated = `${name}-until-${new Date(now).toISOString().slice(0, 'yyyy-mm-dd'.length)}`
  const taken = new Set(roots.map((root) => root.name))
  for (let count = 1; ; count++) {
    const free = count === 1 ? dated : `${dated}-${count}`
    if (!taken.has(free)) return free
  }
}
