/** A policy of a Terraform file as a JSON file of its own. CloudFormation has no way to read a file of the same folder. */
import { replaceExpression } from '../../syntax/hcl-forms.ts';
import { keyText, plainValue, textOf, valueOf } from '../../tree/walk.ts';
import { hasCommentIn } from '../comments.ts';
import type { Refactoring } from './refactoring.ts';
import { argumentOf } from './terraform-place.ts';

export const extractFile: Refactoring = {
  id: 'file',
  kind: 'extract',
  propose: (place) => {
    const argument = argumentOf(place);
    if (argument === undefined) return undefined;
    const { region, document } = place;
    const title = 'Move the policy to a file of its own';
    if (hasCommentIn(argument.value.span, region, document))
      return { title, refused: 'A comment in the policy would be lost. Move it first.' };
    const plain = region.node.complete ? plainValue(region.node) : undefined;
    if (plain === undefined)
      return { title, refused: 'The policy has expressions in it, which a file of JSON cannot compute.' };
    const holder = argument.member.parent;
    const block = holder.parent?.kind === 'member' ? keyText(holder.parent.key) : 'role';
    const name = `${fileNameOf(textOf(valueOf(holder, 'name')) ?? block)}.trust-policy.json`;
    const reference = `file("\${path.module}/${name}")`;
    return {
      title,
      edits: [replaceExpression(argument.value.span, reference)],
      file: { name, text: `${JSON.stringify(plain, undefined, 2)}\n` },
    };
  },
};

/** A text as every file system takes it for a name. */
const fileNameOf = (text: string): string =>
  Array.from(text, (sign) =>
    sign.toLowerCase() !== sign.toUpperCase() || '0123456789-_'.includes(sign) ? sign : '-',
  )
    .join('')
    .slice(0, 100);
