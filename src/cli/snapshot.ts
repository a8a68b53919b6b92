// `assay snapshot [DIR]`: what a folder is built from, each thing by digest. `assay snapshot diff A B`: what changed; `audit`: advisories.

import { join } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { escapeJson, LIMITS, quote, type Result, refuse } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import {
  type Baseline,
  buildSnapshotDocument,
  collectSnapshot,
  encodeCycloneDx,
  encodeSnapshot,
  parseBaseline,
  type Snapshot,
} from '../snapshot/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { OPTIONAL_TEXT, parseText } from './flags.ts'
import { EXCLUDE_FLAG } from './set-flags.ts'
import { auditCommand } from './snapshot/audit.ts'
import { diffCommand } from './snapshot/diff.ts'
import { renderSnapshot } from './snapshot/text.ts'

interface Flags {
  readonly out?: string
  readonly format: 'text' | 'json' | 'cyclonedx'
  readonly baseline?: string
  readonly exclude?: readonly string[]
}

/** Ships with the program: from the sources and from the bundle it lies two folders up. */
const BASELINE = join(import.meta.dirname, '../../policies/provenance-baseline.yaml')

const takeCommand = buildCommand<Flags, [folder?: string], RunContext>({
  docs: {
    brief: 'Take a snapshot of a folder',
    fullDescription: [
      'Lists what the folder is built and rolled out from, each by digest and with how firmly it is pinned: locked',
      'dependencies, CI workflows, container files, compose files, blueprints, env contracts (names only), release',
      'scripts, and the git commit with every way in which the files are not that commit. Runs nothing of the folder.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      out: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Write the document there: JSON, unless --format says cyclonedx',
      },
      format: {
        kind: 'enum',
        values: ['text', 'json', 'cyclonedx'],
        default: 'text',
        brief: 'What standard output carries',
      },
      baseline: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Which files count, as YAML; by default the one that ships with Assay',
      },
      exclude: {
        ...EXCLUDE_FLAG,
        brief: 'Leave out files that would count; they are listed',
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Folder, by default this one',
          placeholder: 'dir',
          parse: parseText,
          optional: true,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, folder = '.') => {
    const snapshot = await takeSnapshot(host, folder, flags)
    if (!snapshot.ok) return refused(snapshot.problems)
    return present(host, snapshot.value, flags)
  }),
})

export const command = buildRouteMap({
  routes: { take: takeCommand, diff: diffCommand, audit: auditCommand },
  defaultCommand: 'take',
  docs: {
    brief: 'List what a build is made from, by digest',
    fullDescription: [
      '`assay snapshot [DIR]` takes a snapshot; `assay snapshot take --help` lists its options.',
      '`assay snapshot diff A B` compares two of them; `assay snapshot audit` judges what a report of advisories says.',
    ].join('\n'),
  },
})

async function takeSnapshot(
  host: Host,
  folder: string,
  { baseline: path, exclude = [] }: Flags,
): Promise<Result<Snapshot>> {
  host.keepHeapSmall()
  const baseline = await readBaseline(host, path ?? BASELINE)
  if (!baseline.ok) return baseline
  const leaveOut = [...baseline.value.leaveOut, ...exclude]
  const progress = host.startProgress('Taking a snapshot')
  return collect(host, folder, {
    baseline: { ...baseline.value, leaveOut },
    onProgress: (done) => progress.report(done),
  }).finally(() => progress.end())
}

interface Collecting {
  readonly baseline: Baseline
  /** What is done by now, in words. */
  readonly onProgress: (done: string) => void
}

async function collect(
  host: Host,
  folder: string,
  { baseline, onProgress }: Collecting,
): Promise<Result<Snapshot>> {
  const files = await host.listProjectFiles(folder)
  if (!files.ok) return files
  onProgress(`${count(files.value.files)} listed, comparing them with the commit`)
  const source = await host.readSource(folder)
  if (!source.ok) return source
  let read = 0
  return collectSnapshot(
    {
      paths: files.value.files,
      links: files.value.links,
      source: source.value,
      read: (file) => {
        onProgress(`${count(files.value.files)} listed, ${++read} read`)
        return host.readBytes(join(folder, file), { bytesMax: LIMITS.inputBytesMax })
      },
    },
    baseline,
  )
}

function count({ length }: readonly string[]): string {
  return `${length.toLocaleString('en')} file${length === 1 ? '' : 's'}`
}

async function readBaseline(host: Host, path: string): Promise<Result<Baseline>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return bytes
  const baseline = parseBaseline(bytes.value)
  if (baseline.ok) return baseline
  const [first, ...rest] = baseline.problems.map((problem) => ({
    ...problem,
    at: `${quote(path)}, ${problem.at ?? 'line 1'}`,
  }))
  return first === undefined ? baseline : refuse(first, ...rest)
}

async function present(host: Host, snapshot: Snapshot, { out, format }: Flags): Promise<Answer> {
  if (out !== undefined) {
    const bytes = format === 'cyclonedx' ? encodeCycloneDx(snapshot) : encodeSnapshot(snapshot)
    const written = await host.writeBytes(out, bytes)
    if (!written.ok) return refused(written.problems)
  }
  const showsBom = format === 'cyclonedx' && out === undefined
  return {
    kind: 'finished',
    outcome: 'accepted',
    document: format === 'json' ? buildSnapshotDocument(snapshot) : {},
    // The same JSON as in a file, whose bytes a provenance may name.
    text: showsBom
      ? escapeJson(Buffer.from(encodeCycloneDx(snapshot)).toString())
      : renderSnapshot(snapshot),
    ...(out !== undefined && { notes: [`Wrote ${quote(out)}`] }),
  }
}
