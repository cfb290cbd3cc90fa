/** A subject taken apart, in words: which owner, repository, branch or workload a pattern lets in. */
import type { OidcProvider } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import { partsOf } from '../policy/subject-parts.ts';
import { code, paragraphs, prose } from './markdown.ts';

/** Markdown for a subject that follows a form of the provider; nothing where it follows none. */
export function takenApart(subject: string, provider: OidcProvider): string | undefined {
  const templates = [...provider.subjectTemplates].sort((a, b) => fixedLength(b) - fixedLength(a));
  for (const template of templates) {
    const parts = partsOf(subject, template);
    if (parts === undefined || (parts.length === 0 && subject !== template)) continue;
    const lines = parts.map(({ name, text }) => lineFor(name, text, provider));
    return paragraphs(`A subject of ${prose(provider.name)}:`, lines.join('\n'));
  }
  return undefined;
}

/** How much of a template is written out: the form that says more comes first. */
const fixedLength = (template: string): number =>
  template.split('{').reduce((sum, part) => sum + part.length, 0);

function lineFor(name: string, text: string, provider: OidcProvider): string {
  const doc = provider.subjectParts?.find((part) => part.name === name)?.doc;
  const what = words(name);
  const open = text === '*' ? `any ${what}` : hasWildcard(text) ? `every ${what} that fits` : undefined;
  const meaning = [open, doc && prose(doc)].filter((part) => part !== undefined).join('; ');
  return `- ${capital(what)}: ${code(text)}${meaning === '' ? '' : ` (${meaning})`}`;
}

/** `REPOSITORY_ID` as "repository id". */
const words = (name: string): string => name.toLowerCase().split('_').join(' ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
