/** Derives the snippets that the manifest contributes from the templates, in the syntax of each language. */
import { type Filled, printPart, printTemplate, type Template, templates } from '../../engine/src/index.ts';
import { linkedNumbers, snippetOf } from '../../server/src/snippets.ts';
import { pretty, type Step } from './step.ts';

interface Snippet {
  readonly scope?: string;
  readonly prefix: readonly string[];
  readonly description: string;
  readonly isFileTemplate?: true;
  readonly body: readonly string[];
}

type Snippets = Readonly<Record<string, Snippet>>;

export const snippets: Step = {
  name: 'snippets',
  async outputs() {
    const files: Readonly<Record<string, Snippets>> = {
      'snippets/json.gen.json': snippetsOf(inJson),
      'snippets/yaml.gen.code-snippets': snippetsOf(inYaml),
      'snippets/terraform.gen.code-snippets': { ...snippetsOf(asBlock), ...snippetsOf(asArgument) },
    };
    const texts = Object.entries(files).map(
      async ([path, content]) => [path, await pretty(JSON.stringify(content), path)] as const,
    );
    return new Map(await Promise.all(texts));
  },
};

const snippetsOf = (snippetOfTemplate: (template: Template) => readonly [string, Snippet]): Snippets =>
  Object.fromEntries(templates().map(snippetOfTemplate));

const nameOf = ({ family, title }: Template): string => `${family}: ${title}`;

function inJson(template: Template): readonly [string, Snippet] {
  const { prefixes, description } = template;
  const lines = linesOf(printTemplate(template, 'json')).map(withTabs);
  return [nameOf(template), { prefix: prefixes, description, isFileTemplate: true, body: lines }];
}

function inYaml(template: Template): readonly [string, Snippet] {
  const { prefixes, description } = template;
  const body = linesOf(printPart(template, 'property'));
  return [nameOf(template), { scope: 'yaml,cloudformation', prefix: prefixes, description, body }];
}

const terraform = 'terraform,opentofu,hcl';

/** `trust-…` is a policy document, which stands by itself. */
function asBlock(template: Template): readonly [string, Snippet] {
  const prefix = template.prefixes.filter((each) => each.startsWith('trust-'));
  const description = `Policy document. ${template.description}`;
  return [
    nameOf(template),
    { scope: terraform, prefix, description, body: linesOf(printPart(template, 'block')) },
  ];
}

/** `assume-…` is the argument `assume_role_policy` of a role. */
function asArgument(template: Template): readonly [string, Snippet] {
  const prefix = template.prefixes.filter((each) => each.startsWith('assume-'));
  const description = `Argument of a role. ${template.description}`;
  const body = linesOf(printPart(template, 'argument'));
  return [`${nameOf(template)} (argument)`, { scope: terraform, prefix, description, body }];
}

const linesOf = (printed: Filled): readonly string[] =>
  snippetOf(printed, linkedNumbers()).trimEnd().split('\n');

/** The editor makes of tabs what the user indents with. */
const withTabs = (line: string): string => {
  const text = line.trimStart();
  return '\t'.repeat((line.length - text.length) / 2) + text;
};
