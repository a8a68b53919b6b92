// A file that somebody hands us for bundles: it is told by its content what it is, never by its name.

import { accept, isJsonObject, LIMITS, parseJson, type Result } from '../core/index.ts'
import type { Bundle } from './bundle.ts'
import { parseAttestationList } from './foreign/github.ts'
import { parseCosignBundle } from './foreign/cosign.ts'
import { parseIndexAttestation, parseIndexProvenance } from './foreign/pypi.ts'
import { parseBundleLines } from './lines.ts'
import { parseBundle } from './parse.ts'
import type { BundleProblem } from './problem.ts'

/** A bundle of a file; one that can not be read is kept, so that it is told. */
export interface FoundBundle {
  /** `line 3`, or a JSON Pointer; absent where the file is the bundle. */
  readonly at?: string
  /** What the file says beside it, which nobody signed. */
  readonly beside?: string
  readonly bundle: Result<Bundle, BundleProblem>
}

/** What a file is, and the bundles in it. */
export interface BundleFile {
  readonly form:
    | 'Sigstore bundle'
    | 'lines of Sigstore bundles'
    | 'list of attestations'
    | 'attestation of a Python package'
    | 'attestations of a Python package, as the index serves them'
    | 'bundle of an older cosign'
  /** At least one. */
  readonly bundles: readonly FoundBundle[]
}

/** Reads a bundle, JSON Lines of them, or a document of others that holds what a bundle does. */
export function parseBundleFile(bytes: Uint8Array): Result<BundleFile, BundleProblem> {
  const lines = parseBundleLines(bytes)
  if (!lines.ok) return lines
  const [only, ...others] = lines.value
  if (only === undefined || others.length > 0) {
    const bundles = lines.value.map(({ line, bundle }) => ({ at: `line ${line}`, bundle }))
    return accept({ form: 'lines of Sigstore bundles', bundles })
  }
  if (only.bundle.ok) return accept({ form: 'Sigstore bundle', bundles: [{ bundle: only.bundle }] })
  const foreign = parseForeign(bytes)
  if (foreign !== undefined) return foreign
  // Of the only bundle of a file, no line is told.
  return accept({ form: 'Sigstore bundle', bundles: [{ bundle: parseBundle(bytes) }] })
}

/** Nothing where it is of no form that is known here, so that it is judged as a bundle. */
function parseForeign(bytes: Uint8Array): Result<BundleFile, BundleProblem> | undefined {
  const json = parseJson(bytes, { stringMax: LIMITS.envelopeBytesMax })
  if (!json.ok || !isJsonObject(json.value) || 'mediaType' in json.value) return undefined
  const { value } = json
  if ('verification_material' in value) {
    const bundles = [{ bundle: parseIndexAttestation(value) }]
    return accept({ form: 'attestation of a Python package', bundles })
  }
  if ('base64Signature' in value) {
    const bundles = [{ bundle: parseCosignBundle(value) }]
    return accept({ form: 'bundle of an older cosign', bundles })
  }
  if ('attestation_bundles' in value) {
    const form = 'attestations of a Python package, as the index serves them'
    return withForm(form, parseIndexProvenance(value))
  }
  if ('attestations' in value) return withForm('list of attestations', parseAttestationList(value))
  return undefined
}

function withForm(
  form: BundleFile['form'],
  bundles: Result<readonly FoundBundle[], BundleProblem>,
): Result<BundleFile, BundleProblem> {
  return bundles.ok ? accept({ form, bundles: bundles.value }) : bundles
}
