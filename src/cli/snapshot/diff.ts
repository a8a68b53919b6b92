// `assay snapshot diff A B`: what changed from one snapshot to another, and whether any of it must not pass.

import { buildCommand } from '@stricli/core'
import {
  accept,
  countOf,
  escapeText,
  type JsonObject,
  LIMITS,
  quote,
  refuse,
  type Result,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  buildInventory,
  type Change,
  compareInventories,
  type Inventory,
  isCycloneDx,
  isFailure,
  parseCycloneDx,
  parseSnapshot,
} from '../../snapshot/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'

interface Flags {
  readonly format: Format
}

/** The command, for the route map of `assay snapshot`. */
export const diffCommand = buildCommand<Flags, [before: string, after: string], RunContext>({
  docs: {
    brief: 'Compare two snapshots',
    fullDescription: [
      'Reads two snapshots, as JSON or CycloneDX, and lists what changed from A to B.',
      'Failures (exit code 1): a digest that changed or is gone while the version stayed, another registry where no',
      'digest holds the bytes, a weaker pin, anything that newly floats. All else is information.',
    ].join('\n'),
  },
  parameters: {
    flags: { format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The earlier snapshot', placeholder: 'A', parse: parseText },
        { brief: 'The later one', placeholder: 'B', parse: parseText },
      ],
    },
  },
  func: answering(async (host, _flags: Flags, a: string, b: string): Promise<Answer> => {
    const before = await readInventory(host, a)
    if (!before.ok) return refused(before.problems)
    const after = await readInventory(host, b)
    if (!after.ok) return refused(after.problems)
    return present(compareInventories(before.value, after.value))
  }),
})

async function readInventory(host: Host, path: string): Promise<Result<Inventory>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.inputBytesMax })
  if (!bytes.ok) return bytes
  const inventory = isCycloneDx(bytes.value) ? parseCycloneDx(bytes.value) : read(bytes.value)
  if (inventory.ok) return inventory
  const [problem] = inventory.problems
  return refuse({ ...problem, at: [quote(path), problem.at].filter(Boolean).join(', ') })
}

function read(bytes: Uint8Array): ReturnType<typeof parseCycloneDx> {
  const snapshot = parseSnapshot(bytes)
  return snapshot.ok ? accept(buildInventory(snapshot.value)) : snapshot
}

function present(changes: readonly Change[]): Answer {
  const failures = changes.filter(isFailure)
  const outcome = failures.length > 0 ? 'rejected' : 'accepted'
  return {
    kind: 'finished',
    outcome,
    document: {
      schema: 'assay/snapshot-difference/v1',
      outcome,
      failures: failures.map(plainChange),
      information: changes.filter((change) => !isFailure(change)).map(plainChange),
    },
    text: renderChanges(changes, failures.length),
  }
}

function plainChange({ kind, place, name, before, after }: Change): JsonObject {
  return {
    kind,
    place,
    name,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

function renderChanges(changes: readonly Change[], failures: number): string {
  if (changes.length === 0) return 'No difference\n'
  const lines = changes.map((change) => {
    const { kind, place, name, before, after } = change
    const values = [before, after].map((value) => (value === undefined ? '' : escapeText(value)))
    const [from, to] = values
    const what = from === '' || to === '' ? `${from}${to}` : `${from} -> ${to}`
    const where = place === '' || place === name ? '' : `${escapeText(place)}: `
    const mark = isFailure(change) ? 'FAILURE ' : '        '
    return `${mark}${kind}  ${where}${escapeText(name)}  ${what}`.trimEnd()
  })
  const words = failures === 0 ? 'none is a failure' : `${failures} of them must not pass`
  return [...lines, '', `${countOf(changes.length, 'difference')}, ${words}`, ''].join('\n')
}
