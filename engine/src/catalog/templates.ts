/** Templates of policies: one source for the palette, the lists of suggestions, the snippets and the command line. */
import {
  stops,
  type Template,
  type TemplateStop,
  templates as entries,
} from '../../../snippets/templates.json';
import { nearest } from '../text/distance.ts';
import { lazyIndex } from './lazy.ts';

export type { Template, TemplateStop } from '../../../snippets/templates.json';

const index = lazyIndex(entries, ({ name }) => name);

/** All templates, family by family. */
export const templates = (): readonly Template[] => entries;

/** The template of this name. */
export const templateNamed = (name: string): Template | undefined => index().get(name);

/** The template that a wrong name probably means; nothing if none is close. */
export const nearestTemplate = (name: string): string | undefined =>
  nearest(
    name.toLowerCase(),
    entries.map((template) => template.name),
  );

/** The place to fill in of this name. */
export const stopNamed = (name: string): TemplateStop | undefined => stops[name];
