// `npm run rehearse -- npm run demo:keyless`: the demo with Sigstore in place of the key. A workflow's identity signs a release of this
// checkout; somebody who has only the files and the bundle learns from each refusal what to type next; then come changes and wrong
// trust, and at last cosign, which accepts the bundle too. Nothing of it is left behind.

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { WORKFLOW_IDENTITY } from '../test/rehearsal/order.ts'
import { judge, type Outcome, verifyLine } from './demo/judgement.ts'
import { describeRelease, packRelease } from './demo/release.ts'
import { openSession, type Session, tell, title } from './demo/session.ts'
import { showSummary } from './demo/summary.ts'
import { tamper } from './demo/tampering.ts'

const BUNDLE = 'release.sigstore.json'

/** What the rehearsal hands to its command: see `npm run rehearse`. */
const VARIABLES = {
  root: 'ASSAY_REHEARSAL_TRUSTED_ROOT',
  services: 'ASSAY_REHEARSAL_SIGNING_CONFIG',
  token: 'ASSAY_REHEARSAL_TOKEN_GITHUB',
  issuer: 'ASSAY_REHEARSAL_ISSUER_GITHUB',
} as const

type Rehearsed = Readonly<Record<keyof typeof VARIABLES, string>>

const rehearsed = readVariables()
if (rehearsed === undefined) {
  process.stderr.write(
    'error: Expected the services of the rehearsal, found none\n' +
      'hint: npm run rehearse -- npm run demo:keyless\n' +
      '      and once before it: npm run rehearse -- build\n',
  )
  process.exitCode = 2
} else {
  await demonstrate(rehearsed)
}

function readVariables(): Rehearsed | undefined {
  const { env } = process
  const [root, services, token, issuer] = Object.values(VARIABLES).map((name) => env[name])
  return root === undefined || services === undefined || token === undefined || issuer === undefined
    ? undefined
    : { root, services, token, issuer }
}

async function demonstrate(rehearsed: Rehearsed): Promise<void> {
  const session = openSession({
    variables: Object.fromEntries(
      Object.entries(rehearsed).map(([key, value]) => [VARIABLES[key as keyof Rehearsed], value]),
    ),
  })
  packRelease(session)
  describeRelease(session)
  sign(session, rehearsed)
  const outcomes = [
    ...trustStepwise(session, rehearsed),
    ...tamper(session),
    ...trustWrongly(session, rehearsed),
    ...(await askCosign(session, rehearsed)),
  ]
  const signer = describeSigner(session)
  showSummary(outcomes, {
    above: [
      `A release of this checkout was packed, signed and verified in ${session.seconds()} s.`,
      '',
      ...signer,
    ],
    below: [
      'The verifiers had the files, the bundle and what they trust, and no network.',
      'Fulcio, Rekor and the timestamp authority are the real programs, on this machine only.',
      'Nothing of this is left behind. How to do it with your own release: README.md',
    ],
  })
}

function sign(session: Session, { root, services, token }: Rehearsed): void {
  title('Sign what was released and how it was made: as a workflow, with a key that is thrown away')
  const made = ['--set', 'release', '--snapshot', 'snapshot.json']
  const who = ['--sigstore', '--identity-token-file', token]
  const where = ['--signing-config', services, '--trusted-root', root]
  session.assay('attest', 'provenance', ...made, ...who, ...where, '--out', BUNDLE)
}

/** Nothing is trusted by default; each refusal says what is missing. */
function trustStepwise(session: Session, { root }: Rehearsed): readonly Outcome[] {
  const line = verifyLine('trust.json')
  const unasked = judge(session, {
    attempt: 'without saying whom to trust',
    line: verifyLine(),
    expected: 2,
  })
  title('Begin a trust document')
  session.assay('trust', 'init', '--out', 'trust.json')
  const rootless = judge(session, {
    attempt: 'no trusted root in the trust document',
    line,
    expected: 1,
  })
  title('Trust the authorities of the rehearsal')
  session.assay('trust', 'add-root', root, '--name', 'rehearsal', '--rehearsal')
  const unpinned = judge(session, {
    attempt: 'no identity in the trust document',
    line,
    expected: 1,
  })
  title('Trust the identity, by the line of the hint')
  session.type(`${readLine(unpinned)} --automation --ci`)
  return [
    unasked,
    rootless,
    unpinned,
    judge(session, { attempt: 'the release as it was signed', line, expected: 0 }),
    judge(session, {
      attempt: 'what is deployed',
      line: ['deployed', 'release', '--release', BUNDLE, '--trust', 'trust.json'],
      expected: 0,
    }),
  ]
}

/** The line that a hint gives, with a name in it. */
function readLine({ hint }: Outcome): string {
  const [line] = /assay trust add-identity .*$/.exec(hint) ?? []
  if (line === undefined) throw new Error(`a hint without a line to type: ${hint}`)
  return line.replace('--name NAME', '--name release')
}

/** The right workflow under a root that never heard of it, and a root that knows it while another workflow is trusted. */
function trustWrongly(session: Session, { root, issuer }: Rehearsed): readonly Outcome[] {
  const addIdentity = (san: string, trust: string) => {
    const who = ['--name', 'release', '--issuer', issuer, '--san', san]
    session.assay('trust', 'add-identity', ...who, '--trust', trust)
  }
  title('Trust another workflow than the one that signed')
  session.assay('trust', 'init', '--out', 'other.json')
  const rehearsal = ['--name', 'rehearsal', '--rehearsal', '--trust', 'other.json']
  session.assay('trust', 'add-root', root, ...rehearsal)
  addIdentity(WORKFLOW_IDENTITY.replace('release.yml', 'nightly.yml'), 'other.json')
  const other = judge(session, {
    attempt: 'another workflow trusted than the one that signed',
    line: verifyLine('other.json'),
    expected: 1,
  })
  title('Trust the right workflow, by the word of the public Sigstore')
  session.assay('trust', 'init', '--out', 'public.json')
  const live = ['--name', 'public-good', '--live', '--trust', 'public.json']
  session.assay('trust', 'add-root', 'public-good', ...live)
  addIdentity(WORKFLOW_IDENTITY, 'public.json')
  const unknown = judge(session, {
    attempt: 'a root that does not know who certified',
    line: verifyLine('public.json'),
    expected: 1,
  })
  return [other, unknown]
}

/** cosign asks about one file at a time; about all of them where the file is `SHA256SUMS`, which names every one. */
async function askCosign(
  session: Session,
  { root, issuer }: Rehearsed,
): Promise<readonly Outcome[]> {
  const ask = async (attempt: string, expected: 0 | 1): Promise<Outcome> => {
    title(`Verify with cosign: ${attempt}`)
    const who = ['--certificate-identity', WORKFLOW_IDENTITY, '--certificate-oidc-issuer', issuer]
    const what = ['--bundle', BUNDLE, '--type', 'slsaprovenance1', '--trusted-root', root]
    const verify = ['verify-blob-attestation', ...what, ...who, 'SHA256SUMS']
    const { status, stderr } = await session.runOther('cosign', ...verify)
    tell(stderr)
    const [first = ''] = stderr.split('\n')
    const reason = status === 0 ? '' : first.replace(/^Error: /, '')
    return { attempt: `cosign: ${attempt}`, expected, status, reason, hint: '' }
  }
  const accepted = await ask('SHA256SUMS, which names every file', 0)
  appendFileSync(join(session.folder, 'SHA256SUMS'), `${'0'.repeat(64)}  dist/cli/update.js\n`)
  return [accepted, await ask('SHA256SUMS with one more line', 1)]
}

/** Who signed, when, and what that is worth, as the verifier has it. */
function describeSigner({ run }: Session): readonly string[] {
  title('Read the verdict as a program does')
  const { stdout } = run(...verifyLine('trust.json'), '--format', 'json')
  const [{ signer, judged, origin }] = (JSON.parse(stdout) as Verification).bundles
  tell(JSON.stringify({ signer, judged, origin }, undefined, 2))
  return [
    `signed by       ${signer.san.value}`,
    `by the word of  ${signer.issuer}`,
    `at              ${judged.at}, by the clock of a ${judged.source}`,
    `origin          ${origin}: ${signer.root.mark} services certify no real workflow`,
  ]
}

/** What is read of the verdict. */
interface Verification {
  readonly bundles: readonly [
    {
      readonly signer: {
        readonly issuer: string
        readonly san: { readonly value: string }
        readonly root: { readonly mark: string }
      }
      readonly judged: { readonly at: string; readonly source: string }
      readonly origin: string
    },
  ]
}
