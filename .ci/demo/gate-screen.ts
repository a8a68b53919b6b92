// What a demo shows of gates and counters: twice, and then side by side. Every number and every word is taken from what the program said.

import { LEDGER } from './release/adoption.ts'
import { type Session, tell, title } from './session.ts'
import { foldLine } from './shown.ts'

/** What `assay gate` said at one time. */
export interface Standing {
  readonly when: string
  readonly counters: readonly Counter[]
  readonly gates: readonly Gate[]
}

interface Counter {
  readonly name: string
  readonly count: number
  readonly of?: number
  readonly origins?: { readonly live: number; readonly local: number }
  readonly recorded?: number
}

interface List {
  readonly blockers: readonly { readonly id: string; readonly outcome: string }[]
}

interface Gate {
  readonly id: string
  readonly decision: string
  readonly deploy: List
  readonly launch?: List
  readonly fulfilment: readonly List[]
}

const UNDER = ['--trust', 'trust.json', '--policies', 'policies/release-assurance']
const ASKED = [...UNDER, '--ledger', LEDGER, '--log-key', 'ledger.vkey']

/** Asks for counters and for gates; shows the counters, and what is said of provenance. */
export function ask(session: Session, when: string): Standing {
  title(`Count, and ask the gates: ${when}`)
  const { status, stdout, stderr } = session.runOffline('.', 'gate', '--counters', ...ASKED)
  if (status !== 0) throw new Error(`The counters were not counted: ${stdout}${stderr}`)
  tell(sectionsOf(stdout, COUNTED))
  const gates = session.runOffline('.', 'gate', ...ASKED)
  tell(sectionsOf(gates.stdout, /^(?:go|no-go) |^ {2}\w+ +.*#signed-provenance$/))
  const document = (...more: readonly string[]) =>
    JSON.parse(session.ask('gate', ...ASKED, ...more, '--format', 'json').stdout) as Standing
  const [counted, asked] = [document('--counters'), document()]
  return { when, counters: counted.counters, gates: asked.gates }
}

/** Numbers with what is said below them. */
const COUNTED = /^(?:Signed provenance|Attestation records|Tracked releases|Adoption records) /

/** Lines that begin a section, each with those below it that stand further in. */
function sectionsOf(text: string, begins: RegExp): string {
  const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0
  let inside = -1
  return text
    .split('\n')
    .filter((line) => {
      if (begins.test(line)) inside = indentOf(line)
      else if (indentOf(line) <= inside) inside = -1
      return inside >= 0
    })
    .join('\n')
}

/** Shows both times side by side, what was cleared in between, and what is left; what did not come out as expected is broken. */
export function showBoth(session: Session, before: Standing, after: Standing): void {
  const rows = before.counters.map((counter) => {
    const later = after.counters.find(({ name }) => name === counter.name)
    const [was, is] = [told(counter), later === undefined ? '?' : told(later)]
    return `${was === is ? ' ' : '>'} ${counter.name.padEnd(22)}${was.padEnd(24)}${is}`
  })
  const [open, left] = [blockersOf(before), blockersOf(after)]
  const cleared = open.filter((id) => !left.includes(id))
  const isRight = isSigned(before, 0) && isSigned(after, 2) && cleared.length > 0
  const lines = [
    `A release of this checkout to each place, with provenance of both signed in between, in ${session.seconds()} s.`,
    '',
    `  ${''.padEnd(22)}${before.when.padEnd(24)}${after.when}`,
    ...rows,
    '',
    `Blockers that are gone, ${cleared.length} of ${open.length}:`,
    ...cleared.map((id) => `  ${id}`),
    '',
    ...after.gates.map(({ id, decision }) => {
      const own = left.filter((blocker) => blocker.startsWith(`${id}#`))
      return `${decision}  ${id}, ${own.length} of its own requirements open`
    }),
    `Blockers that are left: ${left.length}`,
    ...left.map((id) => `  ${id}`),
    '',
    isRight
      ? 'Every number was counted from signatures, and none of them stands in a policy or a record.'
      : 'BROKEN: provenance was not 0 of 2 before, and 2 of 2 after',
    'Nothing of this is left behind.',
  ].flatMap((line) => foldLine(`  ${line}`.trimEnd()))
  process.stdout.write(`\n${'─'.repeat(80)}\n\n${lines.join('\n')}\n\n`)
  if (!isRight) process.exitCode = 1
}

/** `0/2  live 0, local 0` */
function told({ count, of, origins, recorded }: Counter): string {
  const number = of === undefined ? `${count}` : `${count}/${of}`
  if (recorded !== undefined) return `${number.padEnd(5)}recorded ${recorded}`
  return origins === undefined
    ? number
    : `${number.padEnd(5)}live ${origins.live}, local ${origins.local}`
}

/** Local keys signed, and nothing here is live. */
function isSigned({ counters }: Standing, expected: number): boolean {
  const found = counters.find(({ name }) => name === 'signed-provenance')
  return (
    found?.of === 2 &&
    found.count === expected &&
    found.origins?.live === 0 &&
    found.origins.local === expected
  )
}

function blockersOf({ gates }: Standing): readonly string[] {
  const lists = gates.flatMap(({ deploy, launch, fulfilment }) => [
    deploy,
    ...(launch === undefined ? [] : [launch]),
    ...fulfilment,
  ])
  return [...new Set(lists.flatMap(({ blockers }) => blockers.map(({ id }) => id)))]
}
