// `--policy-role`: every policy that a gate rests on was signed by somebody in the role.

import { strict as assert } from 'node:assert'
import { accept, type Check, LIMITS, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  judgePolicySignature,
  parsePolicies,
  type Registry,
  signatureNameOf,
} from '../../policy/index.ts'
import { loadSigstore } from '../../verify/index.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { usage } from '../usage.ts'

/** Whose signatures are asked for. */
export interface PolicySignatures {
  readonly folder: string
  readonly role: string
  /** Gates, and policies of requirements. */
  readonly ids: readonly string[]
  readonly registry: Registry
  readonly setting: Pick<LedgerSetting, 'trust' | 'now' | 'at' | 'unsafeExampleKeys'>
}

/** A check for each policy, sorted by id. */
export async function checkPolicySignatures(
  host: Host,
  { folder, role, ids, registry, setting }: PolicySignatures,
): Promise<Result<readonly Check[]>> {
  const files = await host.readPolicies(folder)
  if (!files.ok) return files
  const again = parsePolicies(files.value)
  // What is judged is what is looked at here.
  if (!again.ok || again.value.digest !== registry.digest) {
    return usage(`Expected ${folder} to stay as it is, found that it was changed meanwhile`)
  }
  const { trust, now, at, unsafeExampleKeys } = setting
  const question = {
    ...{ role, trust, now, sigstore: await loadSigstore() },
    ...(at !== undefined && { at }),
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
  }
  const checks: Check[] = []
  for (const policy of new Set(ids.flatMap((id) => registry.below(id)))) {
    const file = files.value.find(({ name }) => name === policy.file)
    assert(file, 'each policy was read from a file of the folder')
    const path = `${folder}/${signatureNameOf(policy.file)}`
    const bundle = await host.readBytes(path, { bytesMax: LIMITS.envelopeBytesMax })
    if (!bundle.ok && bundle.problems[0].code !== 'host/file-missing') return bundle
    checks.push(
      judgePolicySignature(
        policy,
        { file, bundle: bundle.ok ? bundle.value : undefined },
        question,
      ),
    )
  }
  return accept(checks)
}
