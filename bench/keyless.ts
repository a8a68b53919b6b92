// What one keyless bundle costs: how many a second in one process, beside sigstore-go and @sigstore/verify, and one cold start beside
// cosign. The bundles are signed by cosign on a rehearsal of the real services: Rekor v2, one timestamp, one SCT. There is no goal:
// the figures say where the time goes. Of a bundle that is verified again, its certificate and the word of its witnesses are
// remembered; of one that is new, only what it shares with others.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { buildProgram } from '../.ci/build/program.ts'
import { ROOT } from '../.ci/checkout.ts'
import { parseBundle } from '../src/bundle/index.ts'
import { digestBytes } from '../src/digest/index.ts'
import { parseTrust } from '../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../src/verify/index.ts'
import { askAbout, makeRelease, WORKFLOW_IDENTITY } from '../test/rehearsal/order.ts'
import { attestWithCosign, verificationArguments } from '../test/rehearsal/peers/cosign.ts'
import type { VerificationQuestion } from '../test/rehearsal/peers/question.ts'
import { measureSigstoreGo } from '../test/rehearsal/peers/sigstore-go.ts'
import { programPath } from '../test/rehearsal/programs/catalog.ts'
import { startRehearsal } from '../test/rehearsal/rehearsal.ts'
import { splitTime } from './keyless/time-split.ts'

const MODE = 'keyless, Rekor v2'
const ROUNDS = 7
const ROUND_MS = 400
const COLD_ROUNDS = 21
/** Bundles that are verified once each. */
const NEW_BUNDLES = 12

/** Prints both comparisons. */
export async function run(): Promise<void> {
  const rehearsal = await startRehearsal()
  try {
    const release = await makeRelease(rehearsal, 'bench')
    const bundle = await attestWithCosign({ ...release, mode: MODE })
    const question = askAbout(release, bundle, MODE)
    const program = await installProgram(join(rehearsal.folder, 'program'))
    const trust = prepareTrust(program, question)
    const others: string[] = []
    for (let count = 0; count < NEW_BUNDLES; count++) {
      const another = await makeRelease(rehearsal, `bench-${count}`)
      others.push(await attestWithCosign({ ...another, mode: MODE }))
    }
    await compareRates(question, trust, others)
    compareStarts(program, question, trust)
  } finally {
    await rehearsal.stop()
  }
}

/** The built program, as an installed package has it. */
async function installProgram(folder: string): Promise<string> {
  mkdirSync(folder)
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await buildProgram(join(folder, 'dist/cli'))
  return join(folder, 'dist/cli/main.cjs')
}

/** The rehearsal's root and its workflow in a trust document. */
function prepareTrust(
  program: string,
  { documents, folder, signer }: VerificationQuestion,
): string {
  const trust = join(folder, 'trust.json')
  const issuer = 'issuer' in signer ? signer.issuer : ''
  const identity = ['--name', 'workflow', '--issuer', issuer, '--san', WORKFLOW_IDENTITY, '--ci']
  for (const args of [
    ['init', '--out', trust],
    ['add-root', documents.trustedRoot, '--name', 'rehearsal', '--rehearsal', '--trust', trust],
    ['add-identity', ...identity, '--trust', trust],
  ]) {
    start(process.execPath, [program, 'trust', ...args])
  }
  return trust
}

async function compareRates(
  question: VerificationQuestion,
  trustFile: string,
  others: readonly string[],
): Promise<void> {
  const verifyOurs = await prepareOurs(question, trustFile)
  const bytes = readFileSync(question.bundle)
  const ours = () => verifyOurs(bytes)
  const library = prepareLibrary(question)
  const best = { go: 0, ours: 0, library: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    best.library = Math.max(best.library, countPerSecond(library))
    best.ours = Math.max(best.ours, countPerSecond(ours))
    best.go = Math.max(best.go, await measureSigstoreGo(question, 300))
  }
  const unseen = others.map((file) => readFileSync(file)).values()
  const fresh = countPerSecond(() => verifyOurs(unseen.next().value ?? bytes), NEW_BUNDLES)
  const split = await splitTime(() => countPerSecond(ours))
  console.log(
    `keyless: ${Math.round(best.ours)} bundles/s, ratio ${ratio(best.ours, best.library)} of @sigstore/verify, ${ratio(best.ours, best.go)} of sigstore-go`,
  )
  console.log(
    `keyless, ${NEW_BUNDLES} new bundles: ${Math.round(fresh)} bundles/s, ratio ${ratio(fresh, best.go)} of sigstore-go`,
  )
  console.log(`keyless, time: ${split}`)
}

/** From the bytes of a bundle to evidence. */
async function prepareOurs(
  { artifact }: VerificationQuestion,
  trustFile: string,
): Promise<(bytes: Uint8Array) => boolean> {
  const trust = parseTrust(readFileSync(trustFile))
  if (!trust.ok) throw new Error(trust.problems[0].message)
  const digest = { sha256: digestBytes('sha256', readFileSync(artifact)) }
  const sigstore = await loadSigstore()
  return (bytes) => {
    const parsed = parseBundle(bytes)
    if (!parsed.ok) return false
    const { verified } = verifyBundle({
      bundle: parsed.value,
      trust: trust.value,
      sigstore,
      now: Date.now(),
      expectation: { artifacts: { kind: 'artifacts', artifacts: [{ name: 'app.txt', digest }] } },
    })
    return verified !== undefined
  }
}

/** From the bytes of the bundle to the signer; it compares no artifact. */
function prepareLibrary({ bundle, documents, signer }: VerificationQuestion): () => boolean {
  const bytes = readFileSync(bundle, 'utf8')
  const root = TrustedRoot.fromJSON(JSON.parse(readFileSync(documents.trustedRoot, 'utf8')))
  const verifier = new Verifier(toTrustMaterial(root))
  return () => {
    const { identity } = verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(bytes))))
    return 'identity' in signer && identity?.subjectAlternativeName === signer.identity
  }
}

/** Calls the function for a while, or that often; a result that is not true would make the number worthless. */
function countPerSecond(once: () => boolean, times = Infinity): number {
  const begun = performance.now()
  let count = 0
  while (count < times && performance.now() - begun < ROUND_MS) {
    if (!once()) throw new Error('a verification failed')
    count++
  }
  return (count * 1000) / (performance.now() - begun)
}

/** Processes that took turns: the median of each. */
function compareStarts(program: string, question: VerificationQuestion, trust: string): void {
  const { artifact, bundle } = question
  const node = process.execPath
  const commands = [
    [node, '-e', '0'],
    [node, program, 'verify', bundle, '--artifact', artifact, '--trust', trust],
    [programPath('cosign'), ...verificationArguments(question)],
  ] as const
  const times = commands.map((): number[] => [])
  for (let round = 0; round < COLD_ROUNDS; round++) {
    for (const [index, [command, ...args]] of commands.entries()) {
      const begun = performance.now()
      start(command, args)
      times[index]?.push(performance.now() - begun)
    }
  }
  const [bare = 0, ours = 0, cosign = 0] = times.map(
    (each) => each.toSorted((a, b) => a - b)[Math.floor(COLD_ROUNDS / 2)],
  )
  console.log(
    `keyless, cold: ${ratio(ours, cosign)} times cosign, ${ratio(ours, bare)} times node -e 0`,
  )
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2)
}

function start(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
}
