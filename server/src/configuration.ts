/** The settings of each document, asked of the client once and again when they change. */
import { defaultSettings, type Settings, settingsFrom } from '#engine';
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Client } from './client.ts';
import { inBackground } from './soon.ts';

const section = 'trustPolicy';

export interface Configuration {
  /** Has the client tell when its settings change; for when it is initialized. */
  readonly follow: () => void;
  /** The settings that apply to a document today; the same object until they change. */
  readonly settingsOf: (uri: string) => Promise<Settings>;
  readonly forget: (uri: string) => void;
}

/** Follows the client's settings; `changed` is called whenever answers given before may be out of date. */
export function createConfiguration(
  connection: Connection,
  client: Client,
  changed: () => void,
): Configuration {
  let base = settingsFrom(client.options);
  const onThisDay = daily();
  const asked = new Map<string, Promise<Settings>>();

  const ask = async (uri: string): Promise<Settings> => {
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
      if (!client.hasConfiguration) return Promise.resolve(onThisDay(base));
      const settings = asked.get(uri) ?? ask(uri);
      asked.set(uri, settings);
      return settings.then(onThisDay);
    },
    forget: (uri) => asked.delete(uri),
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
