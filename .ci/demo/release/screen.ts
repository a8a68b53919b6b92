// The last screen: every status that is computed of the releases, in the words of the audits that computed it; by somebody who has the
// pack or the ledger, the policies, the trust document and the key of the ledger, and no network.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flowText } from '../../../src/report/index.ts'
import { type Session, tell, title } from '../session.ts'
import { foldLine } from '../shown.ts'
import { LEDGER } from './adoption.ts'
import { type Made, POLICIES, setIdOf } from './run.ts'

/** What an audit said. */
export interface Audit {
  /** What was audited. */
  readonly what: string
  readonly expected: 'accepted' | 'rejected'
  readonly isAsExpected: boolean
  /** What it tells of the release, in lines. */
  readonly release: readonly string[]
  /** What it says that it could not judge. */
  readonly notJudged: readonly string[]
}

/** Signs the head of the ledger, and keeps its key for auditors. */
export function signHead(session: Session): void {
  title('Sign the head of the ledger')
  const signed = ['--key', 'log.key.pem', '--name', 'ledger.example/demo']
  const { status, stdout, stderr } = session.run(
    ...['ledger', 'checkpoint', '--ledger', LEDGER],
    ...signed,
  )
  tell(stdout + stderr)
  if (status !== 0) throw new Error(`The head was not signed: ${stderr}`)
  writeFileSync(join(session.folder, 'ledger.vkey'), stdout)
}

/** Audits a pack where there is nothing but the pack, and a trust document and a key that came another way. */
export function auditPack(session: Session, made: Made, pack: string): Audit {
  title(`Audit the pack of ${made.version} in an empty folder, without a network`)
  const { folder } = session
  mkdirSync(join(folder, 'empty'))
  cpSync(join(folder, pack), join(folder, 'empty/pack.tar'))
  for (const name of ['trust.json', 'ledger.vkey']) {
    cpSync(join(folder, name), join(folder, 'empty', name))
  }
  const line = ['audit', 'pack.tar', '--trust', 'trust.json', '--log-key', 'ledger.vkey']
  return audit(session, made, { place: 'empty', line, expected: 'accepted' })
}

/** Audits a release in the ledger of the project, elsewhere. */
export function auditLedger(session: Session, made: Made, expected: Audit['expected']): Audit {
  title(`Audit ${made.version} in a copy of the ledger, without a network`)
  const { folder } = session
  for (const name of [LEDGER, 'policies', 'trust.json', 'ledger.vkey']) {
    cpSync(join(folder, name), join(folder, 'auditor', name), { recursive: true })
  }
  const key = ['--log-key', 'ledger.vkey']
  const line = ['audit', LEDGER, '--release', setIdOf(made), ...POLICIES, ...key]
  return audit(session, made, { place: 'auditor', line, expected })
}

/** More of a verdict is left out: the last screen has what comes of it. */
const LINES_MAX = 20

function audit(
  session: Session,
  made: Made,
  asked: Pick<Audit, 'expected'> & { readonly place: string; readonly line: readonly string[] },
): Audit {
  const { place, line, expected } = asked
  const { status, stdout, stderr } = session.runOffline(place, ...line)
  tell(stdout + stderr, LINES_MAX)
  const lines = stdout.split('\n')
  const release = sectionOf(lines, new RegExp(`^[a-z]+ +${setIdOf(made)}$`))
  const isAsExpected =
    status === (expected === 'accepted' ? 0 : 1) && release[0]?.startsWith(`${expected} `) === true
  const [, ...notJudged] = sectionOf(lines, /^Not judged:$/)
  return { what: `assay ${line.join(' ')}`, expected, isAsExpected, release, notJudged }
}

/** The lines from the one that begins a section up to the next blank one. */
function sectionOf(lines: readonly string[], beginning: RegExp): readonly string[] {
  const start = lines.findIndex((line) => beginning.test(line))
  if (start < 0) return []
  const end = lines.indexOf('', start)
  return lines.slice(start, end < 0 ? undefined : end)
}

/** A line that begins what is told of a record: its outcome, family and status. */
const RECORD = /^ {4}[a-z]+ +(?<family>[a-z-]+): [a-z-]+, (?:signed|reported) by /

/** What an audit says of a record comes in lines of its own width: once more, in those of the screen. */
function reflow(lines: readonly string[]): readonly string[] {
  const groups: string[][] = []
  for (const line of lines) {
    const fact = /^ {14}(?! )(?<text>.*)/.exec(line)?.groups?.['text']
    const more = /^ {16}(?<text>.*)/.exec(line)?.groups?.['text']
    const last = groups.at(-1)
    if (fact !== undefined && last?.[0] === '') last.push(...fact.split('; '))
    else if (fact !== undefined) groups.push(['', ...fact.split('; ')])
    else if (more !== undefined && last !== undefined) last.push(`${last.pop()} ${more}`)
    else groups.push([line])
  }
  return groups.flatMap(([first = '', ...facts]) =>
    first === '' ? flowText(facts, WIDTH, '; ').map((line) => ' '.repeat(14) + line) : [first],
  )
}

/** Of the screen, behind what stands before a fact. */
const WIDTH = 84

/** Of the last record of each family all that is computed, of the others only their status. */
function shorten(lines: readonly string[]): readonly string[] {
  const families = lines.map((line) => RECORD.exec(line)?.groups?.['family'])
  let isWhole = true
  return lines.filter((line, index) => {
    const family = families[index]
    if (family !== undefined) {
      isWhole = families.lastIndexOf(family) === index
      return true
    }
    return isWhole || !line.startsWith(' '.repeat(6))
  })
}

/** Of every record its status, and of those that speak against the release all. */
function shortenToStatuses(lines: readonly string[]): readonly string[] {
  let isWhole = true
  return lines.filter((line) => {
    if (!RECORD.test(line)) return isWhole || !line.startsWith(' '.repeat(6))
    isWhole = !line.startsWith('    accepted ')
    return true
  })
}

/** Documents that are named by digest, and not in the pack, are counted. */
function shortenNotJudged(lines: readonly string[]): readonly string[] {
  const counts = lines.map((line) =>
    Number(/^ *(?<count>\d+) documents? /.exec(line)?.groups?.['count'] ?? 0),
  )
  const absent = counts.reduce((sum, count) => sum + count, 0)
  return [
    ...lines.filter((_, index) => counts[index] === 0),
    ...(absent === 0
      ? []
      : [`  ${absent} documents that are named by digest, and not in the pack`]),
  ]
}

/** Shows every status; where an audit does not come to what the demo says, the demo is broken. */
export function showStatuses(
  session: Session,
  { pack, ledger, before }: Readonly<Record<'pack' | 'ledger' | 'before', Audit>>,
): void {
  const audits = [pack, ledger, before]
  const said = audits.map(({ what, expected, isAsExpected }) =>
    [isAsExpected ? expected.padEnd(8) : 'BROKEN  ', what].join('  '),
  )
  const lines = [
    `Two releases of this checkout, from build to where one could go back to, in ${session.seconds()} s.`,
    '',
    'The last release, as its pack shows it beside the trust document and the key of the ledger alone:',
    '',
    ...reflow(shorten(pack.release)),
    '',
    'What that audit could not judge:',
    '',
    ...shortenNotJudged(pack.notJudged),
    '',
    'The release before it, as the ledger has it: replaced, with none to go back to, and a canary',
    'outside of its rule:',
    '',
    ...reflow(shortenToStatuses(before.release)),
    '',
    ...said,
    '',
    'Every status was computed from signatures, and none of them stands in a record.',
    'Nothing of this is left behind.',
  ].flatMap((line) => foldLine(`  ${line}`.trimEnd()))
  process.stdout.write(`\n${'─'.repeat(80)}\n\n${lines.join('\n')}\n\n`)
  if (audits.some(({ isAsExpected }) => !isAsExpected)) process.exitCode = 1
}
