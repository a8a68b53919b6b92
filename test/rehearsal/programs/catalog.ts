// The programs of others that the rehearsal runs, each at one version, kept in a folder outside of the checkout.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a program comes from: a Go module, the Go program beside this folder, or a package of PyPI. */
export type Source =
  | { readonly kind: 'go-module'; readonly module: string; readonly binary: string }
  | { readonly kind: 'go-folder'; readonly folder: string; readonly binary: string }
  | { readonly kind: 'python'; readonly requirement: string }

export interface Program {
  readonly version: string
  readonly source: Source
}

export const PROGRAMS = {
  fulcio: goModule('1.8.8', 'github.com/sigstore/fulcio', 'fulcio'),
  // 2.4 needs Go 1.27.
  'rekor-tiles': goModule(
    '2.3.0',
    'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix',
    'posix',
  ),
  // The library's server behind a main of our own: its file says why.
  'timestamp-authority': goFolder('2.0.6', 'timestamp-server'),
  cosign: goModule('3.1.3', 'github.com/sigstore/cosign/v3/cmd/cosign', 'cosign'),
  // A verifier of our own on the library.
  'sigstore-go': goFolder('1.3.0', 'sigstore-go'),
  'sigstore-python': {
    version: '4.5.1',
    source: { kind: 'python', requirement: 'sigstore==4.5.1' },
  },
} as const satisfies Readonly<Record<string, Program>>

export type ProgramName = keyof typeof PROGRAMS

/** `ASSAY_REHEARSAL_CACHE`, or a folder in the cache folder of the person. */
export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  // Programs are run from many folders.
  return resolve(process.env['ASSAY_REHEARSAL_CACHE'] ?? join(cache, 'assay-rehearsal'))
}

/** The folder of one built program, there or not: another version or machine has another folder. */
export function programFolder(name: ProgramName): string {
  return join(
    cacheFolder(),
    `${name}-${PROGRAMS[name].version}-${process.platform}-${process.arch}`,
  )
}

/** The file to run. For sigstore-python it is the Python that has it: `python -m sigstore`. */
export function programPath(name: ProgramName): string {
  const { source } = PROGRAMS[name]
  return join(programFolder(name), source.kind === 'python' ? 'bin/python' : source.binary)
}

/** What is not built yet. */
export function missingPrograms(): readonly ProgramName[] {
  const names = Object.keys(PROGRAMS) as ProgramName[]
  return names.filter((name) => !existsSync(programPath(name)))
}

function goModule(version: string, module: string, binary: string) {
  return { version, source: { kind: 'go-module', module, binary } } as const
}

/** A program whose main stands in a folder here: a changed byte of it makes another version. */
function goFolder(libraryVersion: string, name: string) {
  const folder = join(import.meta.dirname, '..', name)
  const hash = createHash('sha256')
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(folder, file)))
  const version = `${libraryVersion}-${hash.digest('hex').slice(0, 12)}`
  return { version, source: { kind: 'go-folder', folder, binary: name } } as const
}
