// What of GitHub Actions the recipe uses: jobs one after the other, each in a fresh checkout, with artifacts between them.

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { PROGRAMS_PATH, runScript } from './script.ts'

/** A workflow file, as far as the recipe goes. */
export interface Workflow {
  readonly on: { readonly push: { readonly tags: readonly string[] } }
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, WorkflowJob>>
}

interface WorkflowJob {
  readonly needs?: string
  readonly permissions: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

interface Step {
  readonly name?: string
  readonly id?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
}

/** What the system around the jobs does. */
export interface System {
  /** Fills a new folder, for one job. */
  readonly checkOut: (folder: string) => void
  /** A folder for jobs and artifacts. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Only for jobs that may ask for an identity. */
  readonly identity: Readonly<Record<string, string>>
  /** Called when a job has ended. */
  readonly afterJob?: (job: string) => void
}

/** What a job came to. */
export interface Done {
  /** The step that failed. */
  readonly failed?: string
  /** What the steps printed. */
  readonly log: string
}

export function parseWorkflow(text: string): Workflow {
  return parse(text, { strict: true, uniqueKeys: true }) as Workflow
}

/** The artifact of a name, whether there is one or not. */
export const artifactFolder = ({ folder }: Pick<System, 'folder'>, name: string) =>
  join(folder, 'artifacts', name)

/** Runs the jobs in the order of the file; what needs a job that failed does not run. */
export async function runWorkflow(
  workflow: Workflow,
  system: System,
): Promise<Readonly<Record<string, Done>>> {
  const done: Record<string, Done> = {}
  const outputs = new Map<string, string>()
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const needed = job.needs === undefined ? undefined : done[job.needs]
    if (job.needs !== undefined && needed?.failed !== undefined) continue
    done[name] = await runJob(name, job, system, outputs)
    system.afterJob?.(name)
  }
  return done
}

async function runJob(
  name: string,
  job: WorkflowJob,
  system: System,
  outputs: Map<string, string>,
): Promise<Done> {
  const folder = join(system.folder, name)
  const files = {
    path: join(system.folder, `${name}.path`),
    out: join(system.folder, `${name}.out`),
  }
  const home = join(system.folder, `${name}.home`)
  mkdirSync(home)
  for (const file of Object.values(files)) writeFileSync(file, '')
  const mayIdentify = job.permissions['id-token'] === 'write'
  let log = ''
  for (const step of job.steps) {
    if (step.uses !== undefined) {
      runAction(step, folder, system)
      continue
    }
    const values = Object.entries(step.env ?? {}).map(([key, text]) => [key, fill(text, outputs)])
    writeFileSync(files.out, '')
    const added = readFileSync(files.path, 'utf8').split('\n').filter(Boolean).toReversed()
    const { status, stdout, stderr } = await runScript(step.run ?? '', {
      folder,
      home,
      environment: {
        ...system.environment,
        ...(mayIdentify && system.identity),
        GITHUB_PATH: files.path,
        GITHUB_OUTPUT: files.out,
        ...(Object.fromEntries(values) as Record<string, string>),
        PATH: [...added, PROGRAMS_PATH].join(delimiter),
      },
    })
    log += stdout + stderr
    if (status !== 0) return { failed: step.name ?? step.run ?? '', log }
    for (const line of readFileSync(files.out, 'utf8').split('\n').filter(Boolean)) {
      const [key = '', ...value] = line.split('=')
      outputs.set(`steps.${step.id}.outputs.${key}`, value.join('='))
    }
  }
  for (const [key, text] of Object.entries(job.outputs ?? {})) {
    outputs.set(`needs.${name}.outputs.${key}`, fill(text, outputs))
  }
  return { log }
}

/** The actions of the recipe; an unknown one is an error. */
function runAction(step: Step, folder: string, system: System): void {
  const [action = ''] = (step.uses ?? '').split('@')
  const { name = '', path = '' } = step.with ?? {}
  const artifact = artifactFolder(system, name)
  switch (action) {
    case 'actions/checkout':
      return system.checkOut(folder)
    // The Node of this very run stands for it.
    case 'actions/setup-node':
      return undefined
    // Several paths are kept below the folder that all of them are in: here the checkout itself.
    case 'actions/upload-artifact':
      for (const member of path.split('\n').filter(Boolean)) {
        if (!existsSync(join(folder, member))) throw new Error(`No file to upload: ${member}`)
        cpSync(join(folder, member), join(artifact, member), { recursive: true })
      }
      return undefined
    case 'actions/download-artifact':
      return cpSync(artifact, join(folder, path), { recursive: true })
    default:
      throw new Error(`Expected an action of the recipe, found ${action}`)
  }
}

/** `${{ needs.build.outputs.manifest }}` */
function fill(text: string, outputs: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    const value = outputs.get(name)
    if (value === undefined) throw new Error(`Expected an output of a job or step, found ${name}`)
    return value
  })
}
