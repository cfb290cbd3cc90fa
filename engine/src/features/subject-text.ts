/** A subject taken apart, in words: which owner, repository, branch or workload a pattern lets in. */
import type { OidcProvider } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import { fitsSomeForm, partsOf, type SubjectPart } from '../policy/subject-parts.ts';
import { code, paragraphs, prose } from './markdown.ts';

/** Markdown for a subject that follows a form of the provider; nothing where it follows none. */
export function takenApart(subject: string, provider: OidcProvider): string | undefined {
  const templates = [...provider.subjectTemplates].sort((a, b) => fixedLength(b) - fixedLength(a));
  for (const template of templates) {
    const parts = fitsSomeForm(subject, [template]) ? partsOf(subject, template) : undefined;
    if (parts === undefined || parts.length === 0 || parts.some(runsOn)) continue;
    const lines = parts.map(({ name, text }) => lineFor(name, text, provider));
    return paragraphs(
      `A subject of ${prose(provider.name)}:`,
      [...lines, ...restOf(subject, parts, template)].join('\n'),
    );
  }
  return undefined;
}

/** Whether a part that its pattern leaves unfinished holds more than one: then another form fits better. */
const runsOn = ({ text, cut }: SubjectPart): boolean =>
  cut !== undefined && ['/', ':'].some((delimiter) => text.includes(delimiter));

/** How much of a template is written out: the form that says more comes first. */
const fixedLength = (template: string): number =>
  template.split('{').reduce((sum, part) => sum + part.slice(part.indexOf('}') + 1).length, 0);

function lineFor(name: string, text: string, provider: OidcProvider): string {
  const doc = provider.subjectParts?.find((part) => part.name === name)?.doc;
  const what = name.toLowerCase().split('_').join(' ');
  const open = text === '*' ? `any ${what}` : hasWildcard(text) ? `every ${what} that fits` : undefined;
  const meaning = [open, doc && prose(doc)].filter((part) => part !== undefined).join('; ');
  return `- ${what.charAt(0).toUpperCase()}${what.slice(1)}: ${code(text)}${meaning === '' ? '' : ` (${meaning})`}`;
}

/** What stands behind the last part: the end of the form, or a wildcard in the place of all that could follow. */
function restOf(subject: string, parts: readonly SubjectPart[], template: string): readonly string[] {
  const last = parts.at(-1);
  const rest = last ? subject.slice(last.start + last.text.length) : '';
  if (rest === '') return [];
  const isForm = template.endsWith(rest) && !hasWildcard(rest);
  return [`- ${code(rest)}${isForm ? '' : ' (whatever follows)'}`];
}
