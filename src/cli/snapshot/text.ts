// A snapshot in words, for a person: the source, each baseline entry with its pins, what floats, what was left out.

import { escapeText } from '../../core/index.ts'
import {
  type BaselineEntryState,
  type BuildInput,
  type InputReference,
  renderPinState,
  type Snapshot,
  type Source,
} from '../../snapshot/index.ts'

/** The summary; every text from the folder is escaped. */
export function renderSnapshot(snapshot: Snapshot): string {
  const { source, inputs, lockfiles, entries, leftOut } = snapshot
  const locked = lockfiles.flatMap(({ dependencies }) => dependencies)
  const undigested = locked.filter(
    ({ digests, source }) => digests.length === 0 && source.kind === 'registry',
  )
  return [
    ...renderSource(source),
    '',
    `Locked   ${count(locked.length, 'package')} in ${count(lockfiles.length, 'lockfile')}`,
    ...lockfiles.map(
      ({ path, kind, dependencies }) =>
        `  ${escapeText(path)}  ${kind}, ${count(dependencies.length, 'package')}`,
    ),
    ...(undigested.length === 0 ? [] : [`  ${undigested.length} of them without a digest`]),
    '',
    ...entries.flatMap((entry) => renderEntry(entry, inputs)),
    ...renderFloating(snapshot),
    ...renderList('Left out', leftOut),
    '',
  ].join('\n')
}

function renderSource(source: Source): string[] {
  if (source.state === 'absent') return [`Source   absent: ${source.reason}`]
  const { repository, commit, branch, tags, shallow, changes, submodules, lfsPointers } = source
  const place = [branch, ...tags].filter((name) => name !== undefined).map(escapeText)
  return [
    `Source   ${escapeText(repository ?? 'a repository without a public address')}`,
    `  commit ${commit}${place.length === 0 ? '' : ` (${place.join(', ')})`}${shallow ? ', shallow' : ''}`,
    `  ${source.state === 'clean' ? 'clean: every file is as the commit has it' : 'dirty'}`,
    ...changes
      .slice(0, LINES_MAX)
      .map(
        ({ path, change, hiddenBy }) =>
          `    ${change} ${escapeText(path)}${hiddenBy === undefined ? '' : ` (hidden by ${hiddenBy})`}`,
      ),
    ...more(changes.length),
    ...submodules.map(
      ({ path, commit, found }) =>
        `  submodule ${escapeText(path)} ${found === commit ? 'at' : 'not at'} ${commit}`,
    ),
    ...lfsPointers.map((path) => `    LFS content not fetched ${escapeText(path)}`),
  ]
}

const LINES_MAX = 20

function more(length: number): string[] {
  return length > LINES_MAX ? [`    … and ${length - LINES_MAX} more`] : []
}

function renderEntry(
  { id, scope, criticality, control, parts }: BaselineEntryState,
  inputs: readonly BuildInput[],
): string[] {
  const pins = control.pins === 'nothing-found' ? 'no such file here' : renderPinState(control.pins)
  const records =
    control.pins === 'nothing-found'
      ? ''
      : `; ${words(control.review)}; ${words(control.attestation)}`
  const byPath = new Map(inputs.map((input) => [input.path, input]))
  return [
    id,
    `  ${words(scope)}, ${criticality}: ${pins}${records}`,
    ...parts.flatMap(({ name, paths }) =>
      paths.flatMap((path) => {
        const input = byPath.get(path)
        if (input === undefined || input.kind === 'manifest') return []
        const apart = name.startsWith('signer') ? ' (signer)' : ''
        return [`    ${escapeText(path)}${apart}  ${renderPinState(input.pinState)}`]
      }),
    ),
  ]
}

function words(token: string): string {
  return token.replaceAll(/[-_]/g, ' ')
}

function renderFloating({ inputs, lockfiles }: Snapshot): string[] {
  const lines = [
    ...inputs.flatMap((input) => {
      const { path, kind, pinState, references, missing = [], unreadable = [] } = input
      if (kind === 'manifest' && pinState === 'floating') {
        return [`${escapeText(path)}: a manifest without a lockfile`]
      }
      return [
        ...references
          .filter((reference) => reference.pinState === 'floating')
          .map((reference) => `${escapeText(path)}:${reference.line} ${describe(reference)}`),
        ...missing.map((name) => `${escapeText(path)}: ${escapeText(name)} is not there`),
        ...unreadable.map(
          ({ message, at }) => `${escapeText(at)}: not understood. ${escapeText(message)}`,
        ),
      ]
    }),
    ...lockfiles.flatMap(({ path, floating }) =>
      floating.map(
        ({ name, requirement, line }) =>
          `${escapeText(path)}:${line} ${escapeText(`${name} ${requirement}`)}`,
      ),
    ),
  ]
  return renderList('Floating', lines)
}

function describe({ kind, name, version, variables = [] }: InputReference): string {
  if (name === '' && variables.length > 0) return `${kind} from ${variables.join(', ')}`
  if (name === '') return `${kind} that is computed`
  return escapeText(`${kind} ${name}${version === undefined ? '' : ` ${version}`}`)
}

function renderList(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const shown = lines.slice(0, LINES_MAX).map((line) => `  ${escapeText(line)}`)
  return ['', title, ...shown, ...more(lines.length)]
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}
