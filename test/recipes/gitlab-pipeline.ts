// What of GitLab CI the recipe uses: jobs by their stages, each in a fresh checkout with the artifacts of what it needs.

import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Done, type System, artifactFolder } from './github-workflow.ts'
import { PROGRAMS_PATH, runScript } from './script.ts'

/** A pipeline file, as far as the recipe goes: each member that is no keyword is a job. */
export type Pipeline = Readonly<Record<string, unknown>> & { readonly stages: readonly string[] }

export interface PipelineJob {
  readonly stage: string
  readonly needs?: readonly { readonly job: string; readonly artifacts: boolean }[]
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>
  readonly script: readonly string[]
  readonly artifacts: { readonly paths: readonly string[] }
}

/** Here an identity is a token in a variable. */
export interface PipelineSystem extends Omit<System, 'identity'> {
  readonly token: (audience: string) => Promise<string>
}

const KEYWORDS: readonly string[] = ['default', 'stages', 'workflow']

export function parsePipeline(text: string): Pipeline {
  return parse(text, { strict: true, uniqueKeys: true }) as Pipeline
}

export function listJobs(pipeline: Pipeline): readonly (readonly [string, PipelineJob])[] {
  return Object.entries(pipeline)
    .filter(([name]) => !KEYWORDS.includes(name))
    .map(([name, job]) => [name, job as PipelineJob] as const)
    .toSorted(([, a], [, b]) => pipeline.stages.indexOf(a.stage) - pipeline.stages.indexOf(b.stage))
}

/** Runs the jobs, and stops at the first that fails. */
export async function runPipeline(
  pipeline: Pipeline,
  system: PipelineSystem,
): Promise<Readonly<Record<string, Done>>> {
  const done: Record<string, Done> = {}
  for (const [name, job] of listJobs(pipeline)) {
    done[name] = await runJob(name, job, system)
    system.afterJob?.(name)
    if (done[name].failed !== undefined) return done
  }
  return done
}

async function runJob(name: string, job: PipelineJob, system: PipelineSystem): Promise<Done> {
  const folder = join(system.folder, name)
  const home = join(system.folder, `${name}.home`)
  mkdirSync(home)
  system.checkOut(folder)
  for (const { job: needed, artifacts } of job.needs ?? []) {
    if (artifacts) cpSync(artifactFolder(system, needed), folder, { recursive: true })
  }
  const tokens: Record<string, string> = {}
  for (const [variable, { aud }] of Object.entries(job.id_tokens ?? {})) {
    tokens[variable] = await system.token(aud)
  }
  const { status, stdout, stderr } = await runScript(job.script.join('\n'), {
    folder,
    home,
    environment: {
      ...system.environment,
      ...tokens,
      CI_PROJECT_DIR: folder,
      CI_JOB_NAME: name,
      PATH: PROGRAMS_PATH,
    },
  })
  const log = stdout + stderr
  if (status !== 0) return { failed: name, log }
  for (const path of job.artifacts.paths) {
    cpSync(join(folder, path), join(artifactFolder(system, name), path), { recursive: true })
  }
  return { log }
}
