/** Arguments to a request. Everything that is not understood is misuse, with a message that says what would be. */
import { rules, settingLists, type Settings, settingsFrom, severities } from '#engine';
import { diffRequest, type DiffRequest } from './diff-args.ts';
import { templateRequest, type TemplateRequest } from './template-args.ts';
import { type Format, formatOf, read, readOptions } from './options.ts';
import { simulateRequest, type SimulateRequest } from './simulate-args.ts';
import { insertRequest, type InsertRequest } from './insert-args.ts';
import { testRequest, type TestRequest } from './test-policies.ts';
import { Misuse } from './usage.ts';
import { whyRequest, type WhyRequest } from './why.ts';

export interface ExplainRequest {
  readonly command: 'explain';
  readonly format: Format | 'md';
  readonly paths: readonly string[];
  readonly stdinName: string;
}

export interface CheckRequest {
  readonly command: 'check';
  readonly format: Format | 'sarif' | 'github';
  readonly fix: boolean;
  readonly paths: readonly string[];
  readonly stdinName: string;
  readonly settings: Settings;
}

export type Request =
  | TemplateRequest
  | CheckRequest
  | ExplainRequest
  | SimulateRequest
  | InsertRequest
  | WhyRequest
  | DiffRequest
  | TestRequest
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'rules' | 'data'; readonly format: Format }
  | { readonly command: 'explain-rule'; readonly rule: string };

/** Reads the arguments behind the program's name. @throws Misuse */
export function parseArguments(argv: readonly string[]): Request {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help')
    return { command: 'help' };
  if (command === '--version') return { command: 'version' };
  if (rest.includes('--help') || rest.includes('-h')) return { command: 'help' };
  switch (command) {
    case 'template':
      return templateRequest(rest);
    case 'check':
      return checkRequest(rest);
    case 'explain':
      return explainRequest(rest);
    case 'simulate':
      return simulateRequest(rest);
    case 'insert':
      return insertRequest(rest);
    case 'why':
      return whyRequest(rest);
    case 'diff':
      return diffRequest(rest);
    case 'test':
      return testRequest(rest);
    case 'rules':
    case 'data': {
      const { format } = readOptions(rest, { format: { type: 'string' } });
      return { command, format: formatOf(format) };
    }
    case 'explain-rule': {
      const [rule, ...more] = read(rest, {}).positionals;
      if (rule === undefined || more.length > 0) throw new Misuse('explain-rule takes the id of one rule.');
      return { command, rule };
    }
    default:
      throw new Misuse(`There is no command "${command}".`);
  }
}

function checkRequest(args: readonly string[]): CheckRequest {
  const { values, positionals } = read(args, {
    format: { type: 'string' },
    fix: { type: 'boolean', default: false },
    'stdin-filename': { type: 'string', default: 'trust-policy.json' },
    'trusted-account': { type: 'string', multiple: true },
    'trusted-organization': { type: 'string', multiple: true },
    severity: { type: 'string', multiple: true },
  });
  if (positionals.length === 0) throw new Misuse('check needs files or folders, or "-" for standard input.');
  if (values.fix && positionals.includes('-')) throw new Misuse('--fix cannot write to standard input.');
  return {
    command: 'check',
    format: checkFormatOf(values.format),
    fix: values.fix,
    paths: positionals,
    stdinName: values['stdin-filename'],
    settings: settingsFrom({
      today: new Date().toISOString().slice(0, '2026-01-31'.length),
      rules: Object.fromEntries((values.severity ?? []).map(severityOf)),
      trustedAccounts: checked('trustedAccounts', values['trusted-account']),
      trustedOrganizations: checked('trustedOrganizations', values['trusted-organization']),
    }),
  };
}

const checkFormatOf = (text: string | undefined): CheckRequest['format'] =>
  text === 'sarif' || text === 'github' ? text : formatOf(text, 'text, json, sarif or github');

function explainRequest(args: readonly string[]): ExplainRequest {
  const { values, positionals } = read(args, {
    format: { type: 'string' },
    'stdin-filename': { type: 'string', default: 'trust-policy.json' },
  });
  if (positionals.length === 0)
    throw new Misuse('explain needs files or folders, or "-" for standard input.');
  return {
    command: 'explain',
    format: values.format === 'md' ? 'md' : formatOf(values.format, 'text, md or json'),
    paths: positionals,
    stdinName: values['stdin-filename'],
  };
}

function severityOf(text: string): readonly [rule: string, level: string] {
  const [rule = '', level = ''] = text.split('=');
  if (!rules.some(({ id }) => id === rule))
    throw new Misuse(`There is no rule "${rule}": see "trust-policy rules".`);
  if (level !== 'off' && !severities.some((known) => known === level)) {
    throw new Misuse(`There is no level "${level}": use ${severities.join(', ')} or off.`);
  }
  return [rule, level];
}

function checked(
  setting: (typeof settingLists)[number]['name'],
  values: readonly string[] = [],
): readonly string[] {
  const list = settingLists.find(({ name }) => name === setting);
  const wrong = list && values.find((value) => !new RegExp(list.pattern, 'u').test(value));
  if (wrong !== undefined) throw new Misuse(`${(list?.hint ?? '').slice(0, -1)}: "${wrong}".`);
  return values;
}
