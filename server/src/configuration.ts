/**
 * The settings of each document: those of its project, then those of the editor, of which the client is asked once and again
 * when they change.
 */
import { defaultSettings, joinSettings, projectSettings, type Settings, settingsFrom } from '#engine';
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { ProjectFiles } from './project-files.ts';
import { inBackground } from './soon.ts';

const section = 'trustPolicy';

export interface Configuration {
  /** Has the client tell when its settings change; for when it is initialized. */
  readonly follow: () => void;
  /** The settings that apply to a document today; the same object until they change. */
  readonly settingsOf: (uri: string) => Promise<Settings>;
  /** The settings that were last told of a document, for what cannot wait. */
  readonly knownOf: (uri: string) => Settings;
  readonly forget: (uri: string) => void;
  readonly forgetAll: () => void;
}

/** Follows the client's settings; `changed` is called whenever answers given before may be out of date. */
export function createConfiguration(
  connection: Connection,
  client: Client,
  projects: ProjectFiles,
  changed: () => void,
): Configuration {
  let base = settingsFrom(client.options);
  const onThisDay = daily();
  const asked = new Map<string, Promise<Settings>>();
  const known = new Map<string, Settings>();

  const ask = async (uri: string): Promise<Settings> => {
    const [own, located] = await Promise.all([editorSettings(uri), projects.locate(uri)]);
    const settings = located?.project
      ? joinSettings(projectSettings(located.project, located.file), own)
      : own;
    known.set(uri, settings);
    return settings;
  };
  const editorSettings = async (uri: string): Promise<Settings> => {
    if (!client.hasConfiguration) return base;
    try {
      const answer: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section });
      return settingsFrom(answer, base);
    } catch (error) {
      connection.console.warn(`The settings could not be read: ${String(error)}`);
      return base;
    }
  };

  connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
    asked.clear();
    if (!client.hasConfiguration)
      base = settingsFrom(sectionIn(settings), settingsFrom(client.options, defaultSettings));
    changed();
  });
  return {
    follow: () => {
      if (!client.registersConfiguration) return;
      const registration = connection.client.register(DidChangeConfigurationNotification.type, { section });
      inBackground(connection, 'Registration for settings', registration);
    },
    settingsOf: (uri) => {
      const settings = asked.get(uri) ?? ask(uri);
      asked.set(uri, settings);
      return settings.then(onThisDay);
    },
    knownOf: (uri) => known.get(uri) ?? base,
    forget: (uri) => {
      asked.delete(uri);
      known.delete(uri);
    },
    forgetAll: () => {
      asked.clear();
    },
  };
}

/** Adds the day to settings: the same object until the day is over. */
function daily(): (settings: Settings) => Settings {
  const dated = new WeakMap<Settings, Settings>();
  return (settings) => {
    const today = new Date().toISOString().slice(0, '2026-01-31'.length);
    const known = dated.get(settings);
    if (known?.today === today) return known;
    const fresh = { ...settings, today };
    dated.set(settings, fresh);
    return fresh;
  };
}

const sectionIn = (settings: unknown): unknown =>
  typeof settings === 'object' && settings !== null && section in settings ? settings[section] : undefined;
