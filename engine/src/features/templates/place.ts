/**
 * Where a template goes in a document that is open: into the policy at the cursor, into a role that has none yet, or as
 * a whole where there is nothing. Nothing that stands there is lost; where there is no legal place, the answer says why.
 */
import type { Template } from '../../catalog/templates.ts';
import type { Host } from '../../hosts/host.ts';
import { appended } from '../../syntax/text.ts';
import { touches } from '../../text/span.ts';
import { fillMarks } from '../../tree/change.ts';
import { type Document, speaks } from '../document.ts';
import { intoPolicy, type Placed, refuse, type Site } from './merge.ts';
import { intoCloudFormation } from './place-cloudformation.ts';
import { intoTerraform } from './place-terraform.ts';
import { printMarked, type TemplateHost } from './print.ts';

/** Puts a template at an offset. */
export function placeTemplate(
  hosts: readonly Host[],
  document: Document,
  template: Template,
  offset: number,
): Placed {
  const { source } = document;
  const syntax = hosts.find((host) => speaks(host, source))?.syntaxOf(source.languageId, source.text);
  if (syntax === undefined) return refuse('Templates are for documents in JSON, YAML and Terraform.');
  const site = { template, document, syntax, text: source.text, offset, tree: syntax.parse(source.text) };
  for (const attempt of attempts) {
    const placed = attempt(site);
    if (placed === undefined) continue;
    if ('refused' in placed) return placed;
    return { edits: placed.edits.map(({ span, text }) => ({ span, ...fillMarks(text, () => '') })) };
  }
  return refuse(
    'There is no place for a policy at the cursor: it goes into a policy, into a role, or into an empty document.',
  );
}

type Attempt = (site: Site) => Placed | undefined;

/** In this order: the nearest place first. */
const attempts: readonly Attempt[] = [
  policyAround,
  (site) => (site.syntax.id === 'hcl' ? intoTerraform(site) : intoCloudFormation(site)),
  asWhole,
  onlyPolicy,
];

function policyAround(site: Site): Placed | undefined {
  const { document, offset, text } = site;
  const region = document.regions.findLast(({ node }) => touches(node.span, offset));
  return region && text.trim() !== '' ? intoPolicy(site, region) : undefined;
}

function onlyPolicy(site: Site): Placed | undefined {
  const [region, ...others] = site.document.regions;
  return region && others.length === 0 ? intoPolicy(site, region) : undefined;
}

const wholes: Readonly<Record<string, TemplateHost>> = {
  json: 'json',
  yaml: 'cloudformation-yaml',
  hcl: 'terraform-policy-document',
};

/** A document in which nothing is said yet becomes one for the template. */
function asWhole({ template, tree: { root }, syntax, text }: Site): Placed | undefined {
  const isEmpty =
    root === undefined || (root.kind === 'object' && root.members.length === 0 && syntax.id === 'hcl');
  const host = wholes[syntax.id];
  if (!isEmpty || host === undefined || (syntax.id === 'json' && text.trim() !== '')) return undefined;
  return { edits: [appended(text, printMarked(template, host))] };
}
