// Who can verify what whom signed: every signer with every verifier, by the real programs, as one table.

import { afterAll, expect, it } from 'vitest'
import { makeRelease, askAbout, type Release } from './order.ts'
import { attestWithAssay, verifyWithAssay } from './peers/assay.ts'
import { attestWithCosign, verifyAttestationWithCosign } from './peers/cosign.ts'
import {
  type Mode,
  MODES,
  type PeerVerdict,
  type SigningOrder,
  type VerificationQuestion,
} from './peers/question.ts'
import { verifyWithSigstoreGo } from './peers/sigstore-go.ts'
import { attestWithSigstoreJs, verifyWithSigstoreJs } from './peers/sigstore-js.ts'
import { attestWithSigstorePython, verifyWithSigstorePython } from './peers/sigstore-python.ts'
import { useRehearsal } from './use-rehearsal.ts'

interface Signer {
  readonly name: string
  /** Why the program can not sign in a mode. */
  readonly cannot?: Partial<Record<Mode, string>>
  readonly attest: (order: SigningOrder) => Promise<string>
}

interface Verifier {
  readonly name: string
  /** Why the program can not verify in a mode. */
  readonly cannot?: Partial<Record<Mode, string>>
  readonly verify: (question: VerificationQuestion) => Promise<PeerVerdict> | PeerVerdict
}

const rehearsal = useRehearsal()

const WITHOUT_KEYS = 'sigstore-python knows no keys'
const KEYLESS_ONLY = { 'key, timestamp': WITHOUT_KEYS, key: WITHOUT_KEYS }

const SIGNERS: readonly Signer[] = [
  { name: 'assay', attest: (order) => attestWithAssay(order, rehearsal().urls) },
  { name: 'cosign', attest: attestWithCosign },
  { name: 'sigstore-python', attest: attestWithSigstorePython, cannot: KEYLESS_ONLY },
  { name: 'sigstore-js', attest: (order) => attestWithSigstoreJs(order, rehearsal().urls) },
]

const VERIFIERS: readonly Verifier[] = [
  { name: 'assay', verify: verifyWithAssay },
  { name: 'cosign', verify: verifyAttestationWithCosign },
  { name: 'sigstore-go', verify: verifyWithSigstoreGo },
  { name: 'sigstore-python', verify: verifyWithSigstorePython, cannot: KEYLESS_ONLY },
  { name: '@sigstore/verify', verify: verifyWithSigstoreJs },
]

const rows = MODES.flatMap((mode) => SIGNERS.map((signer) => ({ mode, signer, cells: [''] })))
for (const row of rows) {
  const reason = row.signer.cannot?.[row.mode]
  if (reason !== undefined) row.cells = [`can not: ${reason}`]
}
let release: Promise<Release> | undefined

const possible = rows.filter(({ mode, signer }) => signer.cannot?.[mode] === undefined)

it.each(possible)('What $signer.name signs ($mode) every verifier accepts', async (row) => {
  const { mode, signer } = row
  release ??= makeRelease(rehearsal(), 'matrix')
  const order = { ...(await release), mode }
  const bundle = await signer.attest(order)
  const verdicts: PeerVerdict[] = []
  row.cells = []
  for (const verifier of VERIFIERS) {
    if (verifier.cannot?.[mode] !== undefined) {
      row.cells.push('can not')
      continue
    }
    const verdict = await verifier.verify(askAbout(order, bundle, mode))
    row.cells.push(verdict.accepted ? 'ok' : 'REFUSED')
    verdicts.push(verdict)
  }
  expect(verdicts.filter(({ accepted }) => !accepted)).toEqual([])
  expect(verdicts.length).toBeGreaterThan(0)
})

afterAll(() => {
  if (release === undefined) return
  const head = ['how', 'signed by', ...VERIFIERS.map(({ name }) => name)]
  const lines = rows.map(({ mode, signer, cells }) => [mode, signer.name, ...cells])
  const widths = head.map((title, column) =>
    // A row of one long cell spans the others.
    Math.max(
      title.length,
      ...lines.filter((line) => line.length > 3).map((l) => l[column]!.length),
    ),
  )
  const table = [head, ...lines].map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  process.stderr.write(`\nWho verifies (columns) what whom signed (rows):\n${table.join('\n')}\n`)
})
