// What Fulcio is told about issuers: whom it believes, and what it writes of a token into a certificate
// (its docs/oid-info.md; the templates are those of Sigstore's public instance).

import type { Issuers } from './identity-provider.ts'

/** `{{ .url }}` and the other names in braces are claims; a text without braces is the claim itself. */
const GITHUB_WORKFLOW = {
  'default-template-values': { url: 'https://github.com', environment: '' },
  'subject-alternative-name-template': '{{ .url }}/{{ .job_workflow_ref }}',
  'extension-templates': {
    'github-workflow-trigger': 'event_name',
    'github-workflow-sha': 'sha',
    'github-workflow-name': 'workflow',
    'github-workflow-repository': 'repository',
    'github-workflow-ref': 'ref',
    'build-signer-uri': '{{ .url }}/{{ .job_workflow_ref }}',
    'build-signer-digest': 'job_workflow_sha',
    'runner-environment': 'runner_environment',
    'source-repository-uri': '{{ .url }}/{{ .repository }}',
    'source-repository-digest': 'sha',
    'source-repository-ref': 'ref',
    'source-repository-identifier': 'repository_id',
    'source-repository-owner-uri': '{{ .url }}/{{ .repository_owner }}',
    'source-repository-owner-identifier': 'repository_owner_id',
    'build-config-uri': '{{ .url }}/{{ .workflow_ref }}',
    'build-config-digest': 'workflow_sha',
    'build-trigger': 'event_name',
    'run-invocation-uri':
      '{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}',
    'source-repository-visibility-at-signing': 'repository_visibility',
    'deployment-environment': 'environment',
  },
}

const GITLAB_PIPELINE = {
  'default-template-values': { url: 'https://gitlab.com', environment: '' },
  'subject-alternative-name-template': 'https://{{ .ci_config_ref_uri }}',
  'extension-templates': {
    'build-signer-uri': 'https://{{ .ci_config_ref_uri }}',
    'build-signer-digest': 'ci_config_sha',
    'runner-environment': 'runner_environment',
    'source-repository-uri': '{{ .url }}/{{ .project_path }}',
    'source-repository-digest': 'sha',
    'source-repository-ref':
      'refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}',
    'source-repository-identifier': 'project_id',
    'source-repository-owner-uri': '{{ .url }}/{{ .namespace_path }}',
    'source-repository-owner-identifier': 'namespace_id',
    'build-config-uri': 'https://{{ .ci_config_ref_uri }}',
    'build-config-digest': 'ci_config_sha',
    'build-trigger': 'pipeline_source',
    'run-invocation-uri': '{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}',
    'source-repository-visibility-at-signing': 'project_visibility',
    'deployment-environment': 'environment',
  },
}

/** The whole configuration document. */
export function fulcioConfiguration({ email, github, gitlab }: Issuers) {
  const issuer = (url: string, contact: string, type: Readonly<Record<string, string>>) => ({
    [url]: { 'issuer-url': url, 'client-id': 'sigstore', contact, description: contact, ...type },
  })
  const pipeline = (provider: string) => ({ type: 'ci-provider', 'ci-provider': provider })
  return {
    'oidc-issuers': {
      ...issuer(email, 'people', { type: 'email' }),
      ...issuer(github, 'workflows', pipeline('github-workflow')),
      ...issuer(gitlab, 'pipelines', pipeline('gitlab-pipeline')),
    },
    'ci-issuer-metadata': {
      'github-workflow': GITHUB_WORKFLOW,
      'gitlab-pipeline': GITLAB_PIPELINE,
    },
  }
}
