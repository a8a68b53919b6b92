// `npm run demo`: packs this checkout and takes the packed files as a release: digested, snapshotted, attested, signed, verified; what is
// known of it is recorded, and a gate asked; then it is tampered with, and refused each time. Nothing of it is left behind.

import { randomBytes } from 'node:crypto'
import { passGate } from './demo/gate.ts'
import { judge, type Outcome, verifyLine } from './demo/judgement.ts'
import { describeRelease, packRelease } from './demo/release.ts'
import { openSession, title } from './demo/session.ts'
import { commitSource } from './demo/source.ts'
import { showSummary } from './demo/summary.ts'
import { tamper } from './demo/tampering.ts'

const session = openSession({
  secrets: { ASSAY_KEY_PASSPHRASE: randomBytes(16).toString('hex') },
})
packRelease(session)
const commit = commitSource(session, 'v1.0.0')
describeRelease(session)
sign()
const outcomes = [
  judge(session, {
    attempt: 'the release as it was packed',
    line: verifyLine('trust.json'),
    expected: 0,
  }),
  ...passGate(session, commit),
  ...tamper(session),
  distrust(),
]
showSummary(outcomes, {
  above: [
    `A release of this checkout was packed, signed, verified and passed a gate in ${session.seconds()} s.`,
  ],
  below: [
    'The verifier had the files, the bundle and the trust document; the gate had the ledger, the',
    'policies and the trust document. Neither had a network.',
    'Nothing of this is left behind. How to do it with your own release: README.md',
  ],
})

function sign(): void {
  title('Make a key, and trust it')
  session.assay('key', 'generate', '--out', 'release-key')
  session.assay('trust', 'init', '--out', 'trust.json')
  const named = ['--name', 'release', '--role', 'release']
  session.assay('trust', 'add-key', 'release-key.pub.pem', ...named, '--trust', 'trust.json')

  title('Sign what was released and how it was made')
  const made = ['--set', 'release', '--snapshot', 'snapshot.json']
  const signed = ['--key', 'release-key.key.pem', '--out', 'release.sigstore.json']
  session.assay('attest', 'provenance', ...made, ...signed)
}

function distrust(): Outcome {
  title('Verify with the trust of somebody else')
  session.assay('key', 'generate', '--out', 'other-key')
  session.assay('trust', 'init', '--out', 'other-trust.json')
  const named = ['--name', 'other', '--role', 'release']
  session.assay('trust', 'add-key', 'other-key.pub.pem', ...named, '--trust', 'other-trust.json')
  return judge(session, {
    attempt: 'another key trusted than the one that signed',
    line: verifyLine('other-trust.json'),
    expected: 1,
  })
}
