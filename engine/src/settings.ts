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
  /** OIDC issuers that are one's own: host and path. */
  readonly trustedOidcIssuers: readonly string[];
  /** Service principals that exist although the catalogue does not know them. */
  readonly additionalServicePrincipals: readonly string[];
  /** Arguments in Terraform that take a trust policy although their names do not say so. */
  readonly terraformArguments: readonly string[];
  /** What the project does not want to hear of in this document. */
  readonly ignore: readonly Ignored[];
  /** The editor reports broken JSON itself, so that we need not. */
  readonly jsonSyntaxReportedByHost: boolean;
  /** The day on which a policy is judged, `2026-01-31`: the adapter's to say, since there is no clock here. */
  readonly today?: string;
}

/** Findings of a rule that are not reported: all of them, or those in one policy or statement. */
export interface Ignored {
  readonly rule: string;
  /** The label of the policy. */
  readonly policy?: string;
  readonly sid?: string;
}

export const defaultSettings: Settings = {
  rules: {},
  codeLens: true,
  inlayHints: true,
  trustedAccounts: [],
  trustedOrganizations: [],
  trustedOidcIssuers: [],
  additionalServicePrincipals: [],
  terraformArguments: [],
  ignore: [],
  jsonSyntaxReportedByHost: false,
};

/** Settings from input of any shape: what is not of the right type is passed over, and the default stands. */
export function settingsFrom(input: unknown, base: Settings = defaultSettings): Settings {
  if (!isRecord(input)) return base;
  const today = typeof input['today'] === 'string' ? input['today'] : base.today;
  const list = (name: string): readonly string[] | undefined => stringsIn(input[name]);
  return {
    ...(today !== undefined && { today }),
    rules: isRecord(input['rules']) ? { ...base.rules, ...severitiesIn(input['rules']) } : base.rules,
    codeLens: flagIn(input['codeLens']) ?? base.codeLens,
    inlayHints: flagIn(input['inlayHints']) ?? base.inlayHints,
    trustedAccounts: list('trustedAccounts') ?? base.trustedAccounts,
    trustedOrganizations: list('trustedOrganizations') ?? base.trustedOrganizations,
    trustedOidcIssuers: list('trustedOidcIssuers') ?? base.trustedOidcIssuers,
    additionalServicePrincipals: list('additionalServicePrincipals') ?? base.additionalServicePrincipals,
    terraformArguments: list('terraformArguments') ?? base.terraformArguments,
    ignore: base.ignore,
    jsonSyntaxReportedByHost: flagIn(input['jsonSyntaxReportedByHost']) ?? base.jsonSyntaxReportedByHost,
  };
}

/**
 * Two settings together: lists are joined, those of `over` first; of two severities of a rule that of `over` counts. What is no
 * matter of judgement is that of `base`.
 */
export function joinSettings(over: Settings, base: Settings): Settings {
  const joined = (list: (settings: Settings) => readonly string[]): readonly string[] => [
    ...new Set([...list(over), ...list(base)]),
  ];
  return {
    ...base,
    ...(over.today !== undefined && { today: over.today }),
    rules: { ...base.rules, ...over.rules },
    trustedAccounts: joined((settings) => settings.trustedAccounts),
    trustedOrganizations: joined((settings) => settings.trustedOrganizations),
    trustedOidcIssuers: joined((settings) => settings.trustedOidcIssuers),
    additionalServicePrincipals: joined((settings) => settings.additionalServicePrincipals),
    terraformArguments: joined((settings) => settings.terraformArguments),
    ignore: [...over.ignore, ...base.ignore],
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a text is a level that a rule can be set to. */
export const isLevel = (value: unknown): value is Severity | 'off' =>
  value === 'off' || severities.some((severity) => severity === value);

function severitiesIn(record: Readonly<Record<string, unknown>>): Record<string, Severity | 'off'> {
  const entries = Object.entries(record).flatMap(([id, value]) =>
    isLevel(value) ? [[id, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

const flagIn = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const stringsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
