/** `template`: lists the templates, or prints one as a document of a host. */
import {
  nearest,
  nearestTemplate,
  printTemplate,
  stopsOf,
  type Template,
  type TemplateHost,
  templateHosts,
  templateNamed,
  templates,
} from '#engine';
import type { Format } from './options.ts';
import type { TemplateRequest } from './template-args.ts';
import { Misuse } from './usage.ts';

/** What is asked for, as text to print. @throws Misuse where there is no such template, host or place */
export function printTemplateFor({ name, format, host, settings }: TemplateRequest): string {
  if (name === undefined) return listOfTemplates(format);
  const template = templateNamed(name);
  if (template === undefined)
    throw new Misuse(
      `There is no template "${name}".${didYouMean(nearestTemplate(name))} See "trust-policy template --list".`,
    );
  return printTemplate(template, hostNamed(host), valuesFor(template, settings)).text;
}

function listOfTemplates(format: Format): string {
  const listed = templates().map(({ name, family, title, description }) => ({
    name,
    family,
    title,
    description,
  }));
  if (format === 'json') return `${JSON.stringify({ templates: listed }, undefined, 2)}\n`;
  const width = Math.max(...listed.map(({ name }) => name.length));
  const families = [...new Set(listed.map(({ family }) => family))];
  const lines = families.flatMap((family) => [
    family,
    ...listed
      .filter((template) => template.family === family)
      .map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`),
    '',
  ]);
  return `${[...lines, `${String(listed.length)} templates.`].join('\n')}\n`;
}

function hostNamed(name: string): TemplateHost {
  const host = templateHosts.find((known) => known === name);
  if (host !== undefined) return host;
  const all = templateHosts.join(', ');
  throw new Misuse(
    `There is no host "${name}".${didYouMean(nearest(name, templateHosts))} Use one of ${all}.`,
  );
}

function valuesFor(template: Template, settings: readonly string[]): Readonly<Record<string, string>> {
  const names = stopsOf(template).map(({ name }) => name);
  const pairs = settings.map((text) => {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at < 1) throw new Misuse(`--set takes NAME=VALUE, not "${text}".`);
    if (names.includes(name)) return [name, text.slice(at + 1)] as const;
    const all = names.length > 0 ? `Those to fill in are ${names.join(', ')}.` : 'It has none to fill in.';
    throw new Misuse(
      `The template "${template.name}" has no place "${name}".${didYouMean(nearest(name, names))} ${all}`,
    );
  });
  return Object.fromEntries(pairs);
}

const didYouMean = (meant: string | undefined): string =>
  meant === undefined ? '' : ` Did you mean "${meant}"?`;
