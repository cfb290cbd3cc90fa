/** What users may set, its defaults, and how unknown input becomes settings. Held to `schemas/settings.schema.json`. */

export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

export interface Settings {
  /** Severity by rule id, or `off`. Rules that are not named keep their own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Whether it is shown above each policy who can assume the role. */
  readonly codeLens: boolean;
  /** Whether the owner of an account is shown behind its id, where that is known. */
  readonly inlayHints: boolean;
  /** Account ids that are one's own or are trusted without further ado. */
  readonly trustedAccounts: readonly string[];
  /** Organization ids (`o-…`) that are one's own; the first is offered by fixes. */
  readonly trustedOrganizations: readonly string[];
  /** The editor reports broken JSON itself, so that we need not. */
  readonly jsonSyntaxReportedByHost: boolean;
  /** The day on which a policy is judged, `2026-01-31`: the adapter's to say, since there is no clock here. */
  readonly today?: string;
}

export const defaultSettings: Settings = {
  rules: {},
  codeLens: true,
  inlayHints: true,
  trustedAccounts: [],
  trustedOrganizations: [],
  jsonSyntaxReportedByHost: false,
};

/** Settings from input of any shape: what is not of the right type is passed over, and the default stands. */
export function settingsFrom(input: unknown, base: Settings = defaultSettings): Settings {
  if (!isRecord(input)) return base;
  const today = typeof input['today'] === 'string' ? input['today'] : base.today;
  return {
    ...(today !== undefined && { today }),
    rules: isRecord(input['rules']) ? { ...base.rules, ...severitiesIn(input['rules']) } : base.rules,
    codeLens: flagIn(input['codeLens']) ?? base.codeLens,
    inlayHints: flagIn(input['inlayHints']) ?? base.inlayHints,
    trustedAccounts: stringsIn(input['trustedAccounts']) ?? base.trustedAccounts,
    trustedOrganizations: stringsIn(input['trustedOrganizations']) ?? base.trustedOrganizations,
    jsonSyntaxReportedByHost: flagIn(input['jsonSyntaxReportedByHost']) ?? base.jsonSyntaxReportedByHost,
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSeverity = (value: unknown): value is Severity | 'off' =>
  value === 'off' || severities.some((severity) => severity === value);

function severitiesIn(record: Readonly<Record<string, unknown>>): Record<string, Severity | 'off'> {
  const entries = Object.entries(record).flatMap(([id, value]) =>
    isSeverity(value) ? [[id, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

const flagIn = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const stringsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
