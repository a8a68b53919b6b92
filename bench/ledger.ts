// What one more record costs in a ledger of 100 and in one of 100,000, and what an audit by the built program costs a record in one of
// 10,000 and in one of 100,000, beside bare signature checks of the same bundles. Goals: 1.5 times for an append, 1.2 times and less than
// 300 MiB for an audit. `ASSAY_BENCH_SCALE=0.1` makes the large ledgers a tenth of that.

import { spawnSync } from 'node:child_process'
import { verify } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildProgram } from '../.ci/build/program.ts'
import { ROOT } from '../.ci/checkout.ts'
import { encodePae, parseBundle } from '../src/bundle/index.ts'
import { type MadeLedger, makeLedger } from './ledger/made-ledger.ts'

const SCALE = Number(process.env['ASSAY_BENCH_SCALE'] ?? 1)
const SMALL = 100
const MIDDLE = 10_000 * SCALE
const LARGE = 100_000 * SCALE
/** Appends of which the median counts. */
const ROUNDS = 41
const BARE_RECORDS = 2_000
const GOALS = { append: 1.5, audit: 1.2, peakMiB: 300 }

/** Prints a line for appends, one for each audit, and one for both. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    // The program that people run; the kind of module is looked up in package.json, as in an installed package.
    copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
    await buildProgram(join(folder, 'dist/cli'))
    const made = await makeLedger(folder)
    await made.fill(SMALL)
    // What a start costs, of program, threads and policies, is none of the records'.
    const start = audit(folder, made.size())
    const small = await timeAppends(made)
    await made.fill(MIDDLE)
    const bare = await countBareChecks(made)
    const middle = audit(folder, made.size())
    await made.fill(LARGE - ROUNDS)
    const large = await timeAppends(made)
    const ratio = large / small
    console.log(
      `ledger append: ${small.toFixed(2)} ms at ${SMALL}, ${large.toFixed(2)} ms at ${LARGE}, ` +
        `ratio ${ratio.toFixed(2)} (goal at most ${GOALS.append})`,
    )
    judge(ratio <= GOALS.append)
    const middleNet = withoutStart(middle, start)
    compareAudits(middleNet, withoutStart(audit(folder, made.size()), start), bare)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds of the median append, as a person's command makes it: flushed to the disk. */
async function timeAppends({ append, next }: MadeLedger): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const record = await next()
    const start = performance.now()
    await append(record)
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
}

/** Signatures that one thread checks in a second, of bundles that are read already. */
async function countBareChecks({ next, publicKey }: MadeLedger): Promise<number> {
  const signed: { readonly pae: Uint8Array; readonly signature: Uint8Array }[] = []
  for (let at = 0; at < BARE_RECORDS; at++) {
    const bundle = parseBundle((await next()).bytes)
    if (!bundle.ok || bundle.value.content.kind !== 'dsse') throw new Error('a record is signed')
    const { payloadType, payload, signature } = bundle.value.content.envelope
    signed.push({ pae: encodePae(payloadType, payload), signature })
  }
  const start = performance.now()
  for (const { pae, signature } of signed) {
    if (!verify('sha256', pae, publicKey.key, signature)) throw new Error('a check failed')
  }
  return (BARE_RECORDS * 1000) / (performance.now() - start)
}

interface Audited {
  readonly records: number
  readonly ms: number
  readonly peakMiB: number
}

/** The built command as a person calls it, with its start. */
function audit(folder: string, size: number): Audited {
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.ts')).href
  const line = ['audit', 'ledger', '--trust', 'trust.json', '--unsafe-unsigned']
  const policies = ['--policies', join(ROOT, 'policies/release-assurance')]
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', preload, 'dist/cli/main.cjs', ...line, ...policies],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ASSAY_BENCH_PEAK: 'tell' },
      maxBuffer: 1 << 30,
    },
  )
  const ms = performance.now() - start
  if (status !== 0)
    throw new Error(`The audit ended with ${status}: ${stdout}${stderr}`.slice(0, 2_000))
  const [, kibibytes] = /PEAK (\d+)/.exec(stderr) ?? []
  return { records: size, ms, peakMiB: Number(kibibytes) / 1024 }
}

function withoutStart({ records, ms, peakMiB }: Audited, start: Audited): Audited {
  return { records: records - start.records, ms: ms - start.ms, peakMiB }
}

function compareAudits(middle: Audited, large: Audited, bare: number): void {
  for (const { records, ms, peakMiB } of [middle, large]) {
    const speed = (records * 1000) / ms
    console.log(
      `ledger audit of ${records}: ${Math.round(speed)} records/s, bare checks ${Math.round(bare)}/s on one thread, ` +
        `ratio ${(speed / bare).toFixed(2)}, peak ${Math.round(peakMiB)} MiB (goal ${GOALS.peakMiB})`,
    )
    judge(peakMiB < GOALS.peakMiB)
  }
  const ratio = large.ms / large.records / (middle.ms / middle.records)
  console.log(
    `ledger audit, time of a record: ${ratio.toFixed(2)} times in the larger one (goal at most ${GOALS.audit})`,
  )
  judge(ratio <= GOALS.audit)
}

function judge(isGood: boolean): void {
  if (!isGood) process.exitCode = 1
}
