// `assay trust update`: the newest state of a trusted root, out of the TUF repository that publishes it. The one command that asks the
// network whom to trust.

import { buildCommand } from '@stricli/core'
import { AssayError, accept, LIMITS, quote, type Result } from '../../core/index.ts'
import type { FetchedRoot, Host, RootQuestion } from '../../host/index.ts'
import type { NamedRoot, TrustDocument } from '../../trust/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath } from '../file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, TEXT } from '../flags.ts'
import { describeAge, describeBuiltIn } from './root-age.ts'
import { editTrustFile, readTrust, TRUST_FLAG } from './trust-file.ts'
import { answerUpdate } from './update/answer.ts'
import { findRoot, judgeUpdate, readFetched } from './update/judgement.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly mirror?: string
  readonly tufRoot?: string
  readonly format: Format
}

/** `assay trust update` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Replace a trusted root by its newest state; the one verb here that uses the network',
    fullDescription:
      'Fetches trusted_root.json from the TUF repository of the public Sigstore instance, or from the one that --mirror names, and puts it in the place of the root of that name, which keeps its mark. What the new root has no more stays under NAME-until-DATE, for signatures until then. A root of the public instance that is newer than this release of Assay is live by declaration of the trust document, until a release knows it. What was seen of a repository stays in the cache folder of the user (XDG_CACHE_HOME), so that nothing older is taken later.',
  },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: {
        ...TEXT,
        default: 'public-good',
        placeholder: 'NAME',
        brief: 'Root of the trust document to replace',
      },
      mirror: { ...OPTIONAL_TEXT, placeholder: 'URL', brief: 'TUF repository of another instance' },
      tufRoot: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'Root metadata of that repository (its root.json, any version)',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => updateRoot(host, flags)),
})

async function updateRoot(
  host: Host,
  { trust, name, mirror, tufRoot: file }: Flags,
): Promise<Answer> {
  if ((mirror === undefined) !== (file === undefined)) {
    const found = mirror === undefined ? '--tuf-root' : '--mirror'
    return misused(`Expected --mirror and --tuf-root together, found ${found} alone`)
  }
  const document = await readTrust(host, trust)
  if (!document.ok) return refused(document.problems)
  const old = atPath(findRoot(document.value, name), trust)
  if (!old.ok) return refused(old.problems)
  const question = await readQuestion(host, mirror, file)
  if (!question.ok) return refused(question.problems)
  const fetched = await fetchRoot(host, question.value, old.value)
  if (!fetched.ok) return refused(fetched.problems)
  const next = atPath(readFetched(fetched.value), fetched.value.mirror)
  if (!next.ok) return refused(next.problems)
  const now = host.now()
  const judge = (current: TrustDocument) =>
    atPath(judgeUpdate(current, name, next.value, now), trust)
  const update = judge(document.value)
  if (!update.ok) return refused(update.problems)
  const answer = { trust, name, fetched: fetched.value }
  if (update.value.document.digest === document.value.digest) {
    return answerUpdate({ ...answer, update: update.value, isNew: false })
  }
  let done = update.value
  // Between the reading and now, the network had its time: somebody may have edited the document.
  const written = await editTrustFile(host, trust, (current) => {
    const judged = judge(current)
    if (!judged.ok) return judged
    done = judged.value
    return accept(done.document)
  })
  if (!written.ok) return refused(written.problems)
  return answerUpdate({ ...answer, update: done, isNew: true })
}

async function readQuestion(
  host: Host,
  mirror: string | undefined,
  file: string | undefined,
): Promise<Result<RootQuestion>> {
  if (mirror === undefined || file === undefined) return accept({})
  const metadata = await host.readBytes(file, { bytesMax: LIMITS.trustBytesMax })
  return metadata.ok ? accept({ repository: { mirror, metadata: metadata.value } }) : metadata
}

/** Where the network fails, the roots that are here go on to count: then their age matters. */
async function fetchRoot(
  host: Host,
  question: RootQuestion,
  old: NamedRoot,
): Promise<Result<FetchedRoot>> {
  try {
    return await host.fetchTrustedRoot(question)
  } catch (thrown) {
    if (!(thrown instanceof AssayError)) throw thrown
    const now = host.now()
    const ages = `Nothing has changed. The root ${quote(old.name)}: ${describeAge(old, now)}; ${describeBuiltIn(now)}`
    const hint = thrown.hint === undefined ? ages : `${ages}; ${thrown.hint}`
    throw new AssayError(thrown.code, thrown.message, { cause: thrown, hint })
  }
}
