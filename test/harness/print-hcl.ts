/** Values as people write them in HCL, in several layouts. Written apart from the engine's printer, as its counterpart. */

export interface HclLayout {
  readonly indent: number;
  readonly separator: ' = ' | ': ' | ' : ';
  readonly quoted: boolean;
  /** Between members in lines of their own. */
  readonly comma: boolean;
  /** Behind the last of them too. */
  readonly trailing: boolean;
  readonly flat: boolean;
}

export const plainLayout: HclLayout = {
  indent: 2,
  separator: ' = ',
  quoted: false,
  comma: false,
  trailing: false,
  flat: false,
};

/** A text in quotes, kept from being a template. */
export const hclString = (text: string): string =>
  JSON.stringify(text).split('${').join('$${').split('%{').join('%%{');

/** A value; its further lines are indented by `margin` and more. */
export function hclValue(value: unknown, layout: HclLayout, margin = ''): string {
  if (typeof value === 'string') return hclString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = margin + ' '.repeat(layout.indent);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => hclValue(item, layout, inner))
    : Object.entries(value).map(
        ([key, item]) => hclName(key, layout) + layout.separator + hclValue(item, layout, inner),
      );
  const [open, close] = isList ? '[]' : '{}';
  if (parts.length === 0) return `${open ?? ''}${close ?? ''}`;
  if (layout.flat) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const between = isList || layout.comma ? ',' : '';
  const last = layout.trailing ? between : '';
  return `${open ?? ''}\n${inner}${parts.join(`${between}\n${inner}`)}${last}\n${margin}${close ?? ''}`;
}

const hclName = (key: string, { quoted }: HclLayout): string =>
  !quoted && /^[a-z_][\w-]*$/i.test(key) ? key : hclString(key);
