// What changed between two snapshots, and which of it must not pass. A change that a new version or a person's edit explains
// is information; one that lets other bytes in under an old name is a failure.

import { compareCodePoints } from '../../core/index.ts'
import { isWeakerPin, renderPinState } from '../pin-state.ts'
import { compareVersions } from './dependency-versions.ts'
import type { Inventory, InventoryReference } from './inventory.ts'

/** Kinds that are always failures. */
const FAILURES = [
  /** The same version has other digests, or none that could be compared. */
  'integrity-changed',
  /** The same version was held by a digest and no longer is. */
  'integrity-lost',
  /** Something floats that did not before, or that was not there. */
  'newly-floating',
  /** What was held by a digest or commit is now held by less. */
  'pin-weakened',
  /** Another registry or place, and no digest says that the bytes are the same. */
  'registry-changed',
] as const

/** Kinds that are information. */
const INFORMATION = [
  'added',
  'input-added',
  'input-changed',
  'input-removed',
  'integrity-added',
  'pin-strengthened',
  /** Another registry or place for the same bytes, as their digest shows. */
  'registry-moved',
  'removed',
  'source-changed',
  'version-changed',
] as const

/** What happened to one thing. */
export type ChangeKind = (typeof FAILURES)[number] | (typeof INFORMATION)[number]

/**
 * One difference.
 *
 * @example { kind: 'version-changed', place: 'package-lock.json', name: 'npm ms', before: '2.1.2', after: '2.1.3' }
 */
export interface Change {
  readonly kind: ChangeKind
  /** Path of the lockfile or input; empty for the source. */
  readonly place: string
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** True for a change that must not pass. */
export function isFailure({ kind }: Change): boolean {
  return FAILURES.some((failure) => failure === kind)
}

/** Every difference, failures first, then by place, name and kind. */
export function compareInventories(before: Inventory, after: Inventory): readonly Change[] {
  const versions = compareVersions(before.dependencies, after.dependencies)
  const changes = [
    ...compareSources(before, after),
    ...compareInputs(before, after),
    ...compareReferences(before.references, after.references),
    ...joinOpened(versions, compareFloating(before, after)),
  ]
  return changes.toSorted(
    (a, b) =>
      Number(isFailure(b)) - Number(isFailure(a)) ||
      compareCodePoints(a.place, b.place) ||
      compareCodePoints(a.name, b.name) ||
      compareCodePoints(a.kind, b.kind),
  )
}

function compareSources(before: Inventory, after: Inventory): Change[] {
  if (before.commit === after.commit) return []
  return [
    {
      kind: 'source-changed',
      place: '',
      name: 'commit',
      ...(before.commit !== undefined && { before: before.commit }),
      ...(after.commit !== undefined && { after: after.commit }),
    },
  ]
}

function compareInputs(before: Inventory, after: Inventory): Change[] {
  const old = new Map(before.inputs.map((input) => [input.path, input]))
  const changes: Change[] = []
  const named = new Set(
    after.references.filter(({ pin }) => pin === 'floating').map(({ place }) => place),
  )
  for (const { path, sha256, pin } of after.inputs) {
    const was = old.get(path)
    old.delete(path)
    if (was === undefined) changes.push({ kind: 'input-added', place: path, name: path })
    else if (was.sha256 !== sha256) {
      const digests = { before: `sha256:${was.sha256}`, after: `sha256:${sha256}` }
      changes.push({ kind: 'input-changed', place: path, name: path, ...digests })
    }
    // What floats among the things that the file names, or in a lockfile's own list, is told one by one.
    const floats = pin === 'floating' && was?.pin !== 'floating'
    const isListed = named.has(path) || after.floating.some(({ place }) => place === path)
    if (floats && !isListed) {
      const pins = { ...(was && { before: renderPinState(was.pin) }), after: renderPinState(pin) }
      changes.push({ kind: 'newly-floating', place: path, name: path, ...pins })
    }
  }
  const gone = [...old.keys()]
  return [
    ...changes,
    ...gone.map((path): Change => ({ kind: 'input-removed', place: path, name: path })),
  ]
}

function compareFloating(before: Inventory, after: Inventory): Change[] {
  const known = new Set(before.floating.map(({ place, requirement }) => `${place}\n${requirement}`))
  return after.floating
    .filter(({ place, requirement }) => !known.has(`${place}\n${requirement}`))
    .map(({ place, requirement }) => ({ kind: 'newly-floating', place, name: requirement }))
}

/** What is no longer locked because it floats now is one change, not a removal beside it. */
function joinOpened(versions: readonly Change[], opened: readonly Change[]): Change[] {
  const removed = new Map(
    versions
      .filter(({ kind }) => kind === 'removed')
      .map((change) => [`${change.place}\n${secondWord(change.name)}`, change] as const),
  )
  const joined = new Set<Change>()
  const floating = opened.map((change): Change => {
    const was = removed.get(`${change.place}\n${change.name.split(' ', 1)[0]}`)
    if (was?.before === undefined) return change
    joined.add(was)
    return { ...change, before: was.before }
  })
  return [...versions.filter((change) => !joined.has(change)), ...floating]
}

/** `npm ms` is the package `ms`; a floating requirement begins with that name. */
function secondWord(name: string): string {
  return name.slice(name.indexOf(' ') + 1)
}

/** References of one input by kind and name; the weakest pin of each stands for all of them. */
function compareReferences(
  before: readonly InventoryReference[],
  after: readonly InventoryReference[],
): Change[] {
  const old = groupReferences(before)
  const now = groupReferences(after)
  const changes: Change[] = []
  for (const [key, group] of now) {
    const was = old.get(key)
    old.delete(key)
    changes.push(...compareReference(was, group))
  }
  for (const { place, title, versions } of old.values()) {
    changes.push({ kind: 'removed', place, name: title, before: versions })
  }
  return changes
}

interface ReferenceGroup {
  readonly place: string
  readonly title: string
  readonly versions: string
  readonly pin: InventoryReference['pin']
}

function compareReference(was: ReferenceGroup | undefined, now: ReferenceGroup): Change[] {
  const { place, title: name } = now
  if (was === undefined) {
    const added: Change = { kind: 'added', place, name, after: now.versions }
    const floats: Change = { kind: 'newly-floating', place, name, after: now.versions }
    return now.pin === 'floating' ? [added, floats] : [added]
  }
  const changes: Change[] = []
  if (was.versions !== now.versions) {
    const versions = { before: was.versions, after: now.versions }
    changes.push({ kind: 'version-changed', place, name, ...versions })
  }
  if (was.pin === now.pin) return changes
  const pins = { before: renderPinState(was.pin), after: renderPinState(now.pin) }
  if (!isWeakerPin(was.pin, now.pin)) {
    return [...changes, { kind: 'pin-strengthened', place, name, ...pins }]
  }
  const kind = now.pin === 'floating' ? 'newly-floating' : 'pin-weakened'
  return [...changes, { kind, place, name, ...pins }]
}

function groupReferences(references: readonly InventoryReference[]): Map<string, ReferenceGroup> {
  const groups = Map.groupBy(references, ({ place, kind, name }) => `${place}\n${kind}\n${name}`)
  return new Map(
    [...groups].map(([key, [first, ...more]]) => {
      const { place, kind, name } = first as InventoryReference
      const all = [first as InventoryReference, ...more]
      const versions = [...new Set(all.map(({ version }) => version))].toSorted(compareCodePoints)
      const pin = all
        .map((reference) => reference.pin)
        .reduce((a, b) => (isWeakerPin(a, b) ? b : a))
      return [key, { place, title: `${kind} ${name}`, versions: versions.join(', '), pin }]
    }),
  )
}
