/** Derives the manifest's settings from their schema and the rules, and when it is activated from the hosts. */
import { readFile } from 'node:fs/promises';
import { severities } from '../../engine/src/settings.ts';
import { readPages } from './registry.ts';
import { pretty, type Step } from './step.ts';

interface SettingsSchema {
  readonly title: string;
  readonly properties: Readonly<Record<string, object & { readonly 'x-editorOnly'?: true }>>;
}

interface Manifest {
  readonly contributes: Readonly<Record<string, unknown>>;
}

export const manifest: Step = {
  name: 'settings and activation in the manifest',
  async outputs() {
    const schema = JSON.parse(await readFile('schemas/settings.schema.json', 'utf8')) as SettingsSchema;
    const current = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
    const configuration = { title: schema.title, properties: await settingsIn(schema) };
    const contributes = { ...current.contributes, configuration };
    const next = { ...current, activationEvents: await activationEvents(), contributes };
    return new Map([['package.json', await pretty(JSON.stringify(next), 'package.json')]]);
  },
};

/**
 * The extension wakes for the languages in which some host finds policies, and in folders with files that have a
 * language only where another extension brings one.
 */
async function activationEvents(): Promise<readonly string[]> {
  const { hosts } = await import('../../engine/src/registry.gen.ts');
  const languages = new Set(hosts.flatMap((host) => host.languages));
  const endings = hosts.flatMap((host) => host.extensions ?? []);
  return [
    ...[...languages].sort().map((language) => `onLanguage:${language}`),
    ...endings.sort().map((ending) => `workspaceContains:**/*${ending}`),
  ];
}

async function settingsIn({ properties }: SettingsSchema): Promise<Record<string, object>> {
  const entries = Object.entries(properties).map(
    ([name, property]) => [`trustPolicy.${name}`, { ...property, 'x-editorOnly': undefined }] as const,
  );
  return {
    ...Object.fromEntries(entries),
    'trustPolicy.rules': { ...properties['rules'], properties: await ruleProperties() },
  };
}

async function ruleProperties(): Promise<Record<string, object>> {
  // Loaded only now: the step before may have written it anew.
  const { rules } = await import('../../engine/src/registry.gen.ts');
  const own = new Map<string, string>(rules.map(({ id, severity }) => [id, severity]));
  const pages = await readPages();
  return Object.fromEntries(
    pages.map(({ id, summary }) => [
      id,
      {
        enum: [...severities, 'off'],
        markdownDescription: `${summary} Usually \`${own.get(id) ?? 'off'}\`.`,
      },
    ]),
  );
}
