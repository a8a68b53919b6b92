// `--digest-of MEMBER=FILE`: documents that a record names by digest, computed from the files themselves.

import { basename } from 'node:path'
import { accept, type JsonObject, type JsonValue, quote, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import type { RecordFamily } from '../../../policy/index.ts'
import { usage } from '../../usage.ts'
import type { MemberSource } from './written-members.ts'

/** How a member names a document. */
type Naming = 'digest' | 'document' | 'path' | 'resource'

interface DocumentMember {
  readonly naming: Naming
  readonly isList: boolean
}

const one = (naming: Naming): DocumentMember => ({ naming, isList: false })
const several = (naming: Naming): DocumentMember => ({ naming, isList: true })

type DocumentMembers = Readonly<Record<string, DocumentMember>>

/** The members of each family that name documents. */
export const DOCUMENT_MEMBERS: Readonly<Partial<Record<RecordFamily, DocumentMembers>>> = {
  tracking: { snapshot: one('digest'), innerManifest: one('digest') },
  attestation: {
    innerManifest: one('digest'),
    provenance: several('digest'),
    sboms: several('digest'),
  },
  promotion: { compatibilityMatrix: one('digest') },
  'test-result': { configuration: several('resource') },
  certification: { configuration: several('document') },
  rollback: { preparation: several('path') },
  review: { report: one('document') },
  incident: { passingRerun: one('digest') },
  linkage: { records: several('digest') },
}

/** `snapshot=build/snapshot.json`, or `configuration:coverage-plan=docs/plan.md` */
interface DigestOption {
  readonly member: string
  /** Of the document, where it is not that of the file. */
  readonly name?: string
  readonly path: string
}

/** For the framework, which shows what is thrown as a usage error. */
function parseDigestOption(input: string): DigestOption {
  const [, member, name, path] = /^([A-Za-z]+)(?::([^=]+))?=(.+)$/s.exec(input) ?? []
  if (member !== undefined && path !== undefined) {
    return { member, path, ...(name !== undefined && { name }) }
  }
  throw new SyntaxError('Expected MEMBER=FILE or MEMBER:NAME=FILE, such as snapshot=snapshot.json')
}

/** The option, for a family that has such members; none for any other. */
export function digestOfFlag(family: RecordFamily) {
  const members = DOCUMENT_MEMBERS[family] ?? {}
  const names = Object.keys(members)
  if (names.length === 0) return undefined
  const another = Object.values(members).some(isNamed)
    ? ', as MEMBER:NAME=FILE under that name'
    : ''
  return {
    kind: 'parsed',
    parse: parseDigestOption,
    optional: true,
    variadic: true,
    placeholder: 'MEMBER=FILE',
    brief: `The member names this file by its digest: ${names.join(', ')}${another}; may be repeated`,
  } as const
}

/** What {@link digestOfFlag} gives. */
export interface DigestOfFlags {
  readonly digestOf?: readonly DigestOption[]
}

/** The members that the options make. */
export async function readDigests(
  host: Host,
  family: RecordFamily,
  { digestOf = [] }: DigestOfFlags,
): Promise<Result<readonly MemberSource[]>> {
  const known = DOCUMENT_MEMBERS[family] ?? {}
  const lists = new Map<string, JsonValue[]>()
  const sources: MemberSource[] = []
  for (const { member, name, path } of digestOf) {
    const how = Object.hasOwn(known, member) ? known[member] : undefined
    if (how === undefined) {
      const names = Object.keys(known).join(', ')
      return usage(`Expected --digest-of with one of ${names}, found ${quote(member)}`)
    }
    if (name !== undefined && !isNamed(how)) {
      return usage(`Expected ${quote(member)} without a name, found ${quote(name)}`)
    }
    const digests = await host.digestFile(path)
    if (!digests.ok) return digests
    const value = nameDocument(how.naming, { path, name }, digests.value.sha256)
    if (how.isList) lists.set(member, [...(lists.get(member) ?? []), value])
    else sources.push(sourceOf(member, value))
  }
  return accept([...sources, ...[...lists].map(([member, list]) => sourceOf(member, list))])
}

/** Whether a label stands beside the digest. */
function isNamed({ naming }: DocumentMember): boolean {
  return naming === 'document' || naming === 'resource'
}

function sourceOf(name: string, value: JsonValue): MemberSource {
  return { name, value, place: () => `--digest-of ${name}` }
}

interface NamedFile {
  readonly path: string
  readonly name: string | undefined
}

function nameDocument(
  naming: Naming,
  { path, name = basename(path) }: NamedFile,
  sha256: string,
): string | JsonObject {
  switch (naming) {
    case 'digest':
      return sha256
    case 'document':
      return { name, sha256 }
    case 'path':
      return { path, sha256 }
    case 'resource':
      return { name, digest: { sha256 } }
  }
}
