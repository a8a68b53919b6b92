// `--sigstore`: an identity signs, with a key that lives as long as this run (Sigstore client specification).

import { accept, escapeText, LIMITS, type Result } from '../../core/index.ts'
import { encodeBundle } from '../../bundle/index.ts'
import { type Host, loadSigstoreServices, type SigstoreServices } from '../../host/index.ts'
import {
  createLocalSigner,
  generatePrivateKey,
  type IdentityToken,
  judgeVisibility,
  parseSigningConfig,
  type SelectedServices,
  selectServices,
  signStatement,
} from '../../sign/index.ts'
import type { NamedRoot } from '../../trust/index.ts'
import { usage } from '../usage.ts'
import { type CertificateHolder, judgeCertificate } from './new-certificate.ts'
import { describeWitnesses, nameIdentity, verifyOwn } from './own-verification.ts'
import { announcePublication } from './publication.ts'
import { readTrustedRoot } from './root-input.ts'
import type { PlacedDraft, SignedDraft } from './signing.ts'
import type { SigningFlags } from './signing-flags.ts'
import { addLogEntries, addTimestamps } from './witnesses.ts'

/** Signs in the name of the identity token; everything that can be judged is judged before anything is sent. */
export async function signKeyless(
  host: Host,
  flags: SigningFlags,
  { statement, payload, judgePlace, judgeHolder = accept, judgeUnpublished = accept }: PlacedDraft,
): Promise<Result<SignedDraft>> {
  const selected = await readServices(host, flags.signingConfig)
  if (!selected.ok) return selected
  const trust = await readTrustedRoot(host, flags.trustedRoot)
  if (!trust.ok) return trust
  const services = await loadSigstoreServices()
  const token = await services.obtainIdentityToken(host, flags.identityTokenFile)
  if (!token.ok) return token
  const known = judgeHolder(token.value.holder)
  if (!known.ok) return known
  const visible = judgeVisibility(token.value, flags.publishPrivate ?? false)
  if (!visible.ok) return visible
  // Again: the files above were read since.
  const writable = await judgePlace()
  if (!writable.ok) return writable
  const { certificateAuthority, logs } = selected.value
  await announcePublication(host, {
    places: [certificateAuthority, ...logs].map(({ url }) => url),
    identity: describeToken(token.value),
    statement,
  })
  const signed = await signWithServices(host, services, {
    token: token.value,
    selected: selected.value,
    roots: trust.value.roots,
    payload,
    judgeUnpublished,
  })
  if (!signed.ok) return signed
  const { bytes, identity, notes } = signed.value
  const found = await verifyOwn({
    bytes,
    statement,
    trust: trust.value,
    now: host.now(),
    signer: { kind: 'certificate', identity },
  })
  if (!found.ok) return found
  const { issuer, san } = identity
  return accept({
    bytes,
    signer: `the certificate of ${escapeText(nameIdentity(identity))}`,
    notes,
    members: { identity: { issuer, san: { ...san } }, ...describeWitnesses(found.value) },
  })
}

/** A certificate for a CI run has more of the token in it than its subject. */
function describeToken({ subject, issuer, isEmail }: IdentityToken): string {
  const more = isEmail ? '' : ', with what the token says of repository and run'
  return `${subject} (${issuer})${more}`
}

async function readServices(
  host: Host,
  path: string | undefined,
): Promise<Result<SelectedServices>> {
  if (path === undefined) {
    return usage(
      'Expected --signing-config FILE with --sigstore: no services are built in',
      'Those of the public Sigstore: cosign signing-config create --with-default-services --out signing_config.json',
    )
  }
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return bytes
  const config = parseSigningConfig(bytes.value)
  return config.ok ? selectServices(config.value, host.now()) : config
}

interface KeylessPlan {
  readonly token: IdentityToken
  readonly selected: SelectedServices
  readonly roots: readonly NamedRoot[]
  readonly payload: Uint8Array
  readonly judgeUnpublished: NonNullable<PlacedDraft['judgeUnpublished']>
}

/** Log entries come last: before them, the certificate is held against the trusted root and the token, and the bundle against where it goes. */
async function signWithServices(
  host: Host,
  services: SigstoreServices,
  { token, selected, roots, payload, judgeUnpublished }: KeylessPlan,
): Promise<Result<CertificateHolder & { readonly bytes: Uint8Array }>> {
  const { certificateAuthority, timestampAuthorities, logs } = selected
  // In memory alone, and gone with this call.
  const signer = createLocalSigner(generatePrivateKey('p256'))
  const { publicKey } = signer
  const request = { token, signer }
  const issued = await services.requestCertificate(host, certificateAuthority.url, request)
  if (!issued.ok) return issued
  const certificate = issued.value
  const signed = await signStatement(payload, signer)
  const stamped = await addTimestamps(host, services, {
    bundle: { ...signed, keyMaterial: { kind: 'certificate', certificate } },
    authorities: timestampAuthorities.map(({ url }) => url),
  })
  if (!stamped.ok) return stamped
  const bundle = stamped.value
  const holder = await judgeCertificate({ certificate, bundle, roots, token })
  if (!holder.ok) return holder
  const welcome = judgeUnpublished(encodeBundle(bundle))
  if (!welcome.ok) return welcome
  const logged = await addLogEntries(host, services, { bundle, publicKey, certificate, logs })
  return logged.ok ? accept({ ...holder.value, bytes: encodeBundle(logged.value) }) : logged
}
