// `--sigstore`: an identity signs, with a key that lives as long as this run (Sigstore client specification).

import { accept, escapeText, LIMITS, quote, type Result, refuse } from '../../core/index.ts'
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
  type SigstoreSignProblem,
} from '../../sign/index.ts'
import { usage } from '../usage.ts'
import { describeWitnesses, nameIdentity, verifyOwn } from './own-verification.ts'
import { announcePublication } from './publication.ts'
import { readTrustedRoot } from './root-input.ts'
import type { Draft, NewBundle, SignedDraft } from './signing.ts'
import type { SigningFlags } from './signing-flags.ts'
import { addWitnesses } from './witnesses.ts'

/** Signs in the name of the identity token; everything that can be judged is judged before anything is sent. */
export async function signKeyless(
  host: Host,
  flags: SigningFlags,
  { statement, payload }: Draft,
): Promise<Result<SignedDraft>> {
  const selected = await readServices(host, flags.signingConfig)
  if (!selected.ok) return selected
  const trust = await readTrustedRoot(host, flags.trustedRoot)
  if (!trust.ok) return trust
  const services = await loadSigstoreServices()
  const token = await services.obtainIdentityToken(host, flags.identityTokenFile)
  if (!token.ok) return token
  const visible = judgeVisibility(token.value, flags.publishPrivate ?? false)
  if (!visible.ok) return visible
  const { certificateAuthority, logs } = selected.value
  await announcePublication(host, {
    places: [certificateAuthority, ...logs].map(({ url }) => url),
    identity: describeToken(token.value),
    statement,
  })
  const signed = await signWithServices(host, services, {
    token: token.value,
    selected: selected.value,
    payload,
  })
  if (!signed.ok) return signed
  const bundle = signed.value
  const found = await verifyOwn({ bundle, statement, trust: trust.value, now: host.now() })
  if (!found.ok) return found
  const { signer, judged } = found.value
  // Only a certificate is judged here, so only its holder can have signed.
  if (signer.type !== 'certificate') throw new Error('a key signed what a certificate should have')
  const { issuer, san } = signer.identity
  const fitting = judgeIssuer(token.value, issuer)
  if (!fitting.ok) return fitting
  return accept({
    bundle,
    signer: `the certificate of ${escapeText(nameIdentity(signer.identity))}`,
    notes: [],
    members: {
      identity: { issuer, san: { ...san } },
      ...describeWitnesses(judged, bundle),
    },
  })
}

/** CS-12. For a mail address the certificate names the provider behind the issuer, and the address was compared already. */
function judgeIssuer(token: IdentityToken, found: string): Result<void, SigstoreSignProblem> {
  if (token.isEmail || token.issuer === found) return accept(undefined)
  return refuse({
    code: 'sign/certificate-mismatch',
    message: `Expected a certificate that names the issuer ${quote(token.issuer)}, found ${quote(found)}`,
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
  readonly payload: Uint8Array
}

async function signWithServices(
  host: Host,
  services: SigstoreServices,
  { token, selected, payload }: KeylessPlan,
): Promise<Result<NewBundle>> {
  const { certificateAuthority, timestampAuthorities, logs } = selected
  // In memory alone, and gone with this call.
  const signer = createLocalSigner(generatePrivateKey('p256'))
  const request = { token, signer }
  const certificate = await services.requestCertificate(host, certificateAuthority.url, request)
  if (!certificate.ok) return certificate
  const bundle = await signStatement(payload, signer)
  return addWitnesses(host, services, {
    bundle: { ...bundle, keyMaterial: { kind: 'certificate', certificate: certificate.value } },
    plan: {
      publicKey: signer.publicKey,
      certificate: certificate.value,
      timestampAuthorities: timestampAuthorities.map(({ url }) => url),
      logs,
    },
  })
}
