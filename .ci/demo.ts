// `npm run demo`: packs this checkout and takes the packed files as a release: digested, snapshotted, attested, signed,
// verified; then tampered with in four ways, and refused each time. Nothing of it is left behind.

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ROOT } from './checkout.ts'
import { packCheckout } from './pack.ts'

interface Outcome {
  readonly attempt: string
  /** Exit code and words of `assay verify`. */
  readonly status: number | null
  readonly reason: string
}

const folder = mkdtempSync(join(tmpdir(), 'assay-demo-'))
const env = { ...process.env, ASSAY_KEY_PASSPHRASE: randomBytes(16).toString('hex') }
const begun = performance.now()
// However the demo ends, with Ctrl-C too.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const release = makeRelease()
const outcomes = [judge('the release as it was packed'), ...tamper()]
showSummary(outcomes)
const [untouched, ...tampered] = outcomes
if (untouched?.status !== 0 || tampered.some(({ status }) => status !== 1)) process.exitCode = 1

/** What a pipeline does: the packed files are the set, the lockfile is what they were made from. */
function makeRelease(): string {
  title('Pack this checkout')
  mkdirSync(join(folder, 'packed'))
  const tarball = packCheckout(join(folder, 'packed'))
  spawnSync('tar', ['-xzf', tarball, '-C', folder])
  renameSync(join(folder, 'package'), join(folder, 'release'))
  mkdirSync(join(folder, 'source'))
  copyFileSync(join(ROOT, 'package-lock.json'), join(folder, 'source/package-lock.json'))
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'source/package.json'))
  tell(`${basename(tarball)}, unpacked to release/`)

  title('Digest it, and take a snapshot of what it was made from')
  assay('digest', 'release', '--out', 'SHA256SUMS')
  assay('snapshot', 'source', '--out', 'snapshot.json')

  title('Make a key, and trust it')
  assay('key', 'generate', '--out', 'release-key')
  assay('trust', 'init', '--out', 'trust.json')
  const named = ['--name', 'release', '--role', 'release']
  assay('trust', 'add-key', 'release-key.pub.pem', ...named, '--trust', 'trust.json')

  title('Sign what was released and how it was made')
  const made = ['--set', 'release', '--snapshot', 'snapshot.json']
  const signed = ['--key', 'release-key.key.pem', '--out', 'release.sigstore.json']
  assay('attest', 'provenance', ...made, ...signed)
  return join(folder, 'release')
}

/** Each change is undone before the next one. */
function tamper(): readonly Outcome[] {
  const program = join(release, 'dist/cli/main.cjs')
  const bytes = readFileSync(program)
  const flipped = Uint8Array.from(bytes)
  flipped[flipped.length - 2] = (flipped.at(-2) ?? 0) ^ 1
  writeFileSync(program, flipped)
  const changed = judge('one bit of dist/cli/main.cjs flipped')
  writeFileSync(program, bytes)

  const extra = join(release, 'dist/cli/update.js')
  writeFileSync(extra, 'fetch("https://example.org/")\n')
  const added = judge('a file dist/cli/update.js added')
  rmSync(extra)

  renameSync(join(release, 'LICENSE'), join(release, 'COPYING'))
  const renamed = judge('LICENSE renamed to COPYING')
  renameSync(join(release, 'COPYING'), join(release, 'LICENSE'))

  title('Verify with the trust of somebody else')
  assay('key', 'generate', '--out', 'other-key')
  assay('trust', 'init', '--out', 'other-trust.json')
  const named = ['--name', 'other', '--role', 'release']
  assay('trust', 'add-key', 'other-key.pub.pem', ...named, '--trust', 'other-trust.json')
  return [changed, added, renamed, judge('another key trusted than the one that signed', 'other-')]
}

function judge(attempt: string, whose = ''): Outcome {
  title(`Verify: ${attempt}`)
  const trust = `${whose}trust.json`
  const { status, stdout } = run(
    'verify',
    'release.sigstore.json',
    '--set',
    'release',
    '--trust',
    trust,
  )
  tell(status === 0 ? stdout : withoutAccepted(stdout))
  return { attempt, status, reason: reasonOf(stdout) }
}

/** What was refused, with what was expected and found. */
function withoutAccepted(verdict: string): string {
  let shown = true
  const lines = verdict.split('\n').filter((line) => {
    const [, outcome] = /^\s*(accepted|rejected|missing|stale|error) /.exec(line) ?? []
    shown = outcome === undefined ? shown : outcome !== 'accepted'
    return shown
  })
  return lines.join('\n')
}

/** The deepest refusal of the verdict: the last line that says `rejected`, or its first line. */
function reasonOf(verdict: string): string {
  const lines = verdict.split('\n').map((line) => line.trim())
  const refused = lines.filter((line) => /^(?:rejected|missing|error) /.test(line))
  return (refused.at(-1) ?? lines[0] ?? '').replace(/^\w+\s+/, '')
}

function assay(...args: string[]): void {
  const { status, stdout, stderr } = run(...args)
  tell(stdout + stderr)
  if (status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${status}`)
}

/** The command line of this checkout, as a person would call it. */
function run(...args: string[]) {
  process.stdout.write(`  $ assay ${args.join(' ')}\n`)
  const main = join(ROOT, 'src/cli/main.ts')
  return spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', env })
}

function showSummary(all: readonly Outcome[]): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  const width = Math.max(...all.map(({ attempt }) => attempt.length))
  const rows = all.map(({ attempt, status, reason }) => {
    const word = status === 0 ? 'accepted' : status === 1 ? 'REFUSED ' : 'BROKEN  '
    return `  ${word}  ${attempt.padEnd(width)}  ${status === 0 ? '' : reason}`.trimEnd()
  })
  process.stdout.write(
    `\n${'─'.repeat(80)}\n\n  A release of this checkout was packed, signed and verified in ${seconds} s.\n\n` +
      `${rows.join('\n')}\n\n` +
      '  The verifier had the files, the bundle and the trust document, and no network.\n' +
      '  Nothing of this is left behind. How to do it with your own release: README.md\n\n',
  )
}

function title(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

/** The beginning of it: the summary comes at the end. */
function tell(text: string): void {
  const lines = text.trimEnd().split('\n')
  const shown = lines.length > 16 ? [...lines.slice(0, 15), '…'] : lines
  process.stdout.write(`${shown.map((line) => `    ${line}`).join('\n')}\n`)
}
