// `assay trust add-identity`: one more holder of certificates whose signatures count.

import { buildCommand } from '@stricli/core'
import { quote } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  addIdentity,
  CLAIM_ARCS,
  type ClaimName,
  RELEASE_ROLE,
  type TrustedIdentity,
} from '../../trust/index.ts'
import { type Answer, misused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH, TEXT } from '../flags.ts'
import { isCiIssuer } from './ci-issuer.ts'
import { KIND_FLAGS, type KindFlags, readKind } from './kind-flags.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags extends KindFlags {
  readonly trust: string
  readonly name: string
  readonly issuer: string
  readonly san: string
  readonly globRef?: boolean
  readonly claim?: readonly string[]
  readonly role?: readonly string[]
  readonly principal?: string
  readonly ci?: boolean
  readonly format: Format
}

const NO_CI =
  'WARNING: the issuer is that of a CI system, and without --ci this identity counts as local proof: it never proves a live workflow'

/** `assay trust add-identity` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Trust the certificates of one identity, in one or several roles',
    fullDescription: [
      'Issuer, name and claims are compared exactly. With --glob-ref, each "*" in the ref after the last "@" of the name stands for one or more of A-Z a-z 0-9 . _ + - and for nothing else: refs/tags/v* fits refs/tags/v1.2.0, and neither refs/tags/v nor refs/tags/v1/2.',
      'With --ci, what the identity signs under a live root is shown to be of a live workflow; without it, it counts as local proof, whoever the issuer is.',
      `Claims: ${Object.keys(CLAIM_ARCS).join(', ')}.`,
    ].join('\n\n'),
  },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { ...TEXT, placeholder: 'NAME', brief: 'What to call the identity' },
      issuer: { ...TEXT, placeholder: 'URL', brief: 'Who vouches for it: its OpenID provider' },
      san: {
        ...TEXT,
        placeholder: 'SAN',
        brief: 'Name in the certificate: a URI or e-mail address',
      },
      globRef: { ...SWITCH, brief: 'The ref at the end of the name is a pattern' },
      claim: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'CLAIM=VALUE',
        brief: 'A claim that the certificate must have, with this value',
      },
      role: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'ROLE',
        brief: 'A role of the document; else "release", which may sign everything',
      },
      principal: {
        ...OPTIONAL_TEXT,
        placeholder: 'WHO',
        brief: 'Who it is: several keys and identities of one principal count once',
      },
      ...KIND_FLAGS,
      ci: { ...SWITCH, brief: 'The issuer is a CI system, so that it can prove a live workflow' },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => trustIdentity(host, flags)),
})

async function trustIdentity(host: Host, flags: Flags): Promise<Answer> {
  const { name, issuer, san, globRef, claim = [], role = [], principal, ci, trust } = flags
  const kind = readKind(flags)
  if (kind === undefined) return misused('Expected --person or --automation, found both')
  const isCi = ci === true
  const claims = readClaims(claim)
  if (typeof claims === 'string') return misused(claims)
  const identity: TrustedIdentity = {
    name,
    issuer,
    san,
    isRefGlob: globRef === true,
    claims,
    roles: role.length === 0 ? [RELEASE_ROLE.name] : role,
    ...(principal !== undefined && { principal }),
    ...kind,
    isCi,
  }
  return editTrust(host, trust, (document) => addIdentity(document, identity), {
    done: 'Added the identity to',
    notes: isCi || !isCiIssuer(issuer) ? [] : [NO_CI],
  })
}

/** `name=value`, each name once; or what is wrong with them. */
function readClaims(texts: readonly string[]): TrustedIdentity['claims'] | string {
  const claims = new Map<ClaimName, string>()
  for (const text of texts) {
    const equals = text.indexOf('=')
    const name = text.slice(0, Math.max(equals, 0))
    if (!isClaimName(name)) {
      return `Expected CLAIM=VALUE with one of ${Object.keys(CLAIM_ARCS).join(', ')}, found ${quote(text)}`
    }
    if (claims.has(name)) return `Expected each claim once, found ${quote(name)} twice`
    claims.set(name, text.slice(equals + 1))
  }
  return Object.fromEntries(claims)
}

function isClaimName(name: string): name is ClaimName {
  return Object.hasOwn(CLAIM_ARCS, name)
}
