// GitHub Actions: workflows (.github/workflows) and actions (action.yml), with every `uses:` and container image.

import * as posix from 'node:path/posix'
import { accept, quote, refuse } from '../../core/index.ts'
import {
  parseYamlDocument,
  type YamlNode,
  yamlItems,
  yamlMember,
  yamlMembers,
  yamlText,
} from '../../yaml/index.ts'
import type { InputContent, InputReader, InputReference, LocalUse } from '../build-input.ts'
import { pinStateOfGitReference } from '../pin-state.ts'
import { readImage } from './image.ts'

/** Reads a workflow: the reusable workflows, actions, containers and services of its jobs. */
export const readGithubWorkflow: InputReader = ({ path, bytes }) => {
  const root = parseYamlDocument(bytes, { sharing: 'apply' })
  if (!root.ok) return root
  const jobs = yamlMember(root.value, 'jobs')
  if (jobs?.kind !== 'map') {
    return refuse({
      code: 'snapshot/input-shape',
      message: `Cannot read ${quote(path)}: expected a workflow with "jobs"`,
    })
  }
  const found = newContent()
  for (const [, job] of yamlMembers(jobs)) {
    addUse(found, yamlMember(job, 'uses'), 'workflow')
    addImage(found, yamlMember(job, 'container'))
    for (const [, service] of yamlMembers(yamlMember(job, 'services'))) addImage(found, service)
    for (const step of yamlItems(yamlMember(job, 'steps'))) {
      addUse(found, yamlMember(step, 'uses'), 'action')
    }
  }
  return accept(found)
}

/** Reads an action: the steps of a composite one, the image of a container one. */
export const readGithubAction: InputReader = ({ path, bytes }) => {
  const root = parseYamlDocument(bytes, { sharing: 'apply' })
  if (!root.ok) return root
  const runs = yamlMember(root.value, 'runs')
  if (runs?.kind !== 'map') {
    return refuse({
      code: 'snapshot/input-shape',
      message: `Cannot read ${quote(path)}: expected an action with "runs"`,
    })
  }
  const found = newContent()
  for (const step of yamlItems(yamlMember(runs, 'steps'))) {
    addUse(found, yamlMember(step, 'uses'), 'action')
  }
  const image = yamlText(yamlMember(runs, 'image'))
  if (yamlText(yamlMember(runs, 'using')) === 'docker' && image !== undefined) {
    const { line } = yamlMember(runs, 'image') ?? runs
    if (image.startsWith('docker://')) found.references.push(readImage(image.slice(9), { line }))
    else {
      const file = posix.join(posix.dirname(path), image)
      found.uses.push({ name: image, candidates: [file], kind: 'container-file', line })
    }
  }
  return accept(found)
}

interface FoundContent extends InputContent {
  readonly references: InputReference[]
  readonly uses: LocalUse[]
}

function newContent(): FoundContent {
  return { references: [], uses: [] }
}

/** `./path`, `docker://image`, `owner/repository[/path]@reference`. */
function addUse(
  found: FoundContent,
  node: YamlNode | undefined,
  kind: 'action' | 'workflow',
): void {
  const text = yamlText(node)
  if (node === undefined || text === undefined) return
  const { line } = node
  if (text.startsWith('./')) found.uses.push(localUse(text, kind, line))
  else if (text.startsWith('docker://')) found.references.push(readImage(text.slice(9), { line }))
  else found.references.push(remoteUse(text, kind, line))
}

/** Local paths count from the repository's root, in actions as in workflows. */
function localUse(text: string, kind: 'action' | 'workflow', line: number): LocalUse {
  const path = posix.normalize(text).replace(/\/$/, '')
  if (kind === 'workflow') {
    return { name: text, candidates: [path], kind: 'github-workflow', line }
  }
  const candidates = [posix.join(path, 'action.yml'), posix.join(path, 'action.yaml')]
  return { name: text, candidates, kind: 'github-action', line }
}

const REMOTE = /^(?<name>[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?)@(?<reference>[\w./+-]+)$/

function remoteUse(text: string, kind: 'action' | 'workflow', line: number): InputReference {
  const { name, reference } = REMOTE.exec(text)?.groups ?? {}
  if (name === undefined || reference === undefined) {
    return { kind, name: '', pinState: 'floating', line }
  }
  const pinState = pinStateOfGitReference(reference)
  if (pinState !== 'commit-pinned') return { kind, name, version: reference, pinState, line }
  return { kind, name, digest: { algorithm: 'gitCommit', value: reference }, pinState, line }
}

/** `container: image` or `container: {image: image}`; an expression or an empty image is no image. */
function addImage(found: FoundContent, node: YamlNode | undefined): void {
  const image = node?.kind === 'map' ? yamlMember(node, 'image') : node
  const text = yamlText(image)
  if (image === undefined || text === undefined || text === '') return
  const name = text.startsWith('docker://') ? text.slice(9) : text
  found.references.push(readImage(name, { line: image.line }))
}
