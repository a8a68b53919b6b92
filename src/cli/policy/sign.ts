// `assay policy sign`: a policy's file, signed as this policy in this version, in a bundle beside it.

import { buildCommand } from '@stricli/core'
import { accept, escapeText, LIMITS, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import {
  buildPolicyStatement,
  type Policy,
  parsePolicy,
  type PolicyFile,
  signatureNameOf,
} from '../../policy/index.ts'
import { encodeStatement } from '../../statement/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { atPath } from '../file-input.ts'
import { refuseDrafters } from '../signing/drafters.ts'
import { judgePublishable } from '../signing/publishable.ts'
import { signDraft } from '../signing/signing.ts'
import { PUBLICATION, SIGNING_FLAGS, type SigningFlags } from '../signing/signing-flags.ts'
import { readTrust, TRUST_FLAG } from '../trust/trust-file.ts'

interface Flags extends SigningFlags {
  readonly trust: string
  readonly format: Format
}

const DESCRIPTION = [
  'Signs each file as the policy that it holds, in its version. The bundle is written beside the file, as FILE.sigstore.json,',
  'where assay gate --policy-role looks for it. Whoever changes the file has to have it signed again. Whom the trust document has',
  'for drafts signs no policy.',
  '',
  'Example: assay policy sign policies/container.yaml --key policies.key.pem',
  '',
  ...PUBLICATION,
]

/** `assay policy sign` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Sign policies, each in a bundle beside it',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      trust: { ...TRUST_FLAG, brief: 'Trust document, which says who signs nothing but drafts' },
      ...SIGNING_FLAGS,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { brief: 'Files of policies', placeholder: 'file', parse: parseText },
    },
  },
  func: answering(async (host, flags: Flags, ...paths: string[]) => sign(host, flags, paths)),
})

interface Signed {
  readonly path: string
  readonly policy: Policy
  readonly sha256: string
  readonly bundleSha256: string
  readonly notes: readonly string[]
}

async function sign(host: Host, flags: Flags, paths: readonly string[]): Promise<Answer> {
  const files: (readonly [string, PolicyFile, Policy])[] = []
  for (const path of paths) {
    const read = await readPolicy(host, path)
    if (!read.ok) return refused(read.problems)
    files.push([path, ...read.value])
  }
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return refused(trust.problems)
  const signed: Signed[] = []
  for (const [path, file, policy] of files) {
    const one = await signFile(host, flags, { path, file, policy, trust: trust.value })
    if (!one.ok) return refused(one.problems)
    signed.push(one.value)
  }
  return {
    kind: 'finished',
    outcome: 'accepted',
    document: {
      schema: 'assay/policy-signatures/v1',
      signed: signed.map(({ path, policy, sha256, bundleSha256 }) => ({
        file: path,
        out: signatureNameOf(path),
        policy: { id: policy.id, version: policy.version },
        sha256,
        bundleSha256,
      })),
    },
    text: signed
      .map(({ path, policy }) => {
        const out = escapeText(signatureNameOf(path))
        return `${out}: ${policy.id}, version ${policy.version}\n`
      })
      .join(''),
    notes: [...new Set(signed.flatMap(({ notes }) => notes))],
  }
}

async function readPolicy(
  host: Host,
  path: string,
): Promise<Result<readonly [PolicyFile, Policy]>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.policyBytesMax })
  if (!bytes.ok) return bytes
  const file = { name: path.slice(path.lastIndexOf('/') + 1), bytes: bytes.value }
  const policy = parsePolicy(file)
  if (!policy.ok) return atPath(policy, path)
  // Whoever is shown the signature needs the file.
  const publishable = atPath(judgePublishable(Buffer.from(bytes.value).toString()), path)
  return publishable.ok ? accept([file, policy.value.policy]) : publishable
}

interface Draft {
  readonly path: string
  readonly file: PolicyFile
  readonly policy: Policy
  readonly trust: TrustDocument
}

async function signFile(
  host: Host,
  flags: SigningFlags,
  { path, file, policy, trust }: Draft,
): Promise<Result<Signed>> {
  const out = signatureNameOf(path)
  const statement = buildPolicyStatement(policy, file)
  const payload = encodeStatement(statement)
  const judged = { ...refuseDrafters(trust), judgePlace: () => host.judgeOutput(out) }
  const draft = await signDraft(host, flags, { statement, payload, ...judged })
  if (!draft.ok) return draft
  const { bytes, notes } = draft.value
  const written = await host.writeBytes(out, bytes)
  if (!written.ok) return written
  const sha256 = digestBytes('sha256', file.bytes)
  return accept({ path, policy, sha256, bundleSha256: digestBytes('sha256', bytes), notes })
}
