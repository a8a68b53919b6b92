// What a snapshot knows by digest, as the resolved dependencies of a provenance: the source, each
// lockfile, image, action and download. What it knows without a digest stays in the snapshot: here
// it would be a pointer that holds nothing (BT-11 asks for best effort).

import { compareCodePoints } from '../../core/index.ts'
import type { BuildInput, GitSource, InputReference } from '../../snapshot/index.ts'
import { buildPurl } from '../../snapshot/purl/index.ts'
import type { ResourceDescriptor } from '../field-types.ts'
import { isUri } from '../uri.ts'

/** PROV-15: a commit under the address that SPDX has for it, `git+<repository>@<ref>`. */
export function describeCommit(
  commit: string,
  repository?: string,
  ref?: string,
): ResourceDescriptor {
  const address = repository === undefined ? '' : `git+${repository.replace(/^git\+/, '')}`
  const uri = ref === undefined || address === '' ? address : `${address}@${ref}`
  return { ...(isUri(uri) ? { uri } : { name: 'source' }), digest: { gitCommit: commit } }
}

/** The checkout: its branch, or else the one tag that it stands at. */
export function describeSource(source: GitSource): ResourceDescriptor {
  return describeCommit(source.commit, source.repository, refOf(source))
}

/** Full name of the ref; none where HEAD is detached and no single tag says what it is. */
export function refOf({ branch, tags }: GitSource): string | undefined {
  if (branch !== undefined) return `refs/heads/${branch}`
  const [tag, ...more] = tags
  return tag === undefined || more.length > 0 ? undefined : `refs/tags/${tag}`
}

/** Lockfiles and whatever the inputs name by digest, each once, in an order that depends on nothing else. */
export function describeInputs(inputs: readonly BuildInput[]): readonly ResourceDescriptor[] {
  const lockfiles = inputs
    .filter(({ kind }) => kind === 'lockfile')
    .map(({ path, sha256 }): ResourceDescriptor => ({ name: path, digest: { sha256 } }))
  const references = inputs.flatMap((input) => input.references.flatMap(describeReference))
  const unique = new Map(
    [...lockfiles, ...references].map((resource) => [JSON.stringify(resource), resource]),
  )
  return [...unique].toSorted(([a], [b]) => compareCodePoints(a, b)).map(([, resource]) => resource)
}

function describeReference(reference: InputReference): readonly ResourceDescriptor[] {
  const { name, digest, version } = reference
  if (digest === undefined) return []
  const uri = addressOf(reference, `${digest.algorithm}:${digest.value}`)
  return [
    {
      ...(uri !== undefined && isUri(uri) ? { uri } : { name }),
      digest: { [digest.algorithm]: digest.value },
      ...(version !== undefined && { annotations: { version } }),
    },
  ]
}

function addressOf({ kind, name }: InputReference, digest: string): string | undefined {
  if (kind === 'image') {
    const purl = buildPurl({
      type: 'oci',
      name: name.slice(name.lastIndexOf('/') + 1),
      version: digest,
      qualifiers: { repository_url: name },
    })
    return purl.ok ? purl.value : undefined
  }
  // `owner/name`, perhaps with the folder of an action or the path of a reusable workflow behind it.
  const [owner, repository] = name.split('/')
  if (kind === 'action' || kind === 'workflow') {
    return `git+https://github.com/${owner}/${repository}@${digest.slice(digest.indexOf(':') + 1)}`
  }
  return name
}
