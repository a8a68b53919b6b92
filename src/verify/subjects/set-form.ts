// What the set was read from: who reads only the verdict should know what was looked at.

import type { Check } from '../../core/index.ts'
import { passed } from '../check.ts'
import type { ExpectedArtifacts, FoundSet } from '../expectation.ts'

const WORDS: Readonly<Record<NonNullable<FoundSet['form']>, string>> = {
  files: 'The set was read from its files',
  archive: 'The set was read from the contents of an archive',
  manifest: 'The set is what a manifest lists: the files themselves were not looked at',
}

/** One check for all bundles, where the verifier says what was read. */
export function describeForm(artifacts: ExpectedArtifacts): readonly Check[] {
  if (artifacts.kind === 'artifacts' || artifacts.form === undefined) return []
  const { form } = artifacts
  return [passed('set-form', WORDS[form], { found: form })]
}
