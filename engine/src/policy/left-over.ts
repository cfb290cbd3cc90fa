/** Stand-ins that instructions leave to be filled in: `<ACCOUNT_ID>`, `YOUR_ORG`, `REPLACE_ME`, `xxxxxxxxxxxx`. */

const leftOvers =
  /<[A-Za-z][^<>]*>|\{\{(?!\s*resolve:)[\w.\s-]+\}\}|(?<![A-Za-z])(?:YOUR|REPLACE|INSERT|ENTER)[-_][A-Z0-9_-]*|(?<![A-Za-z])your-[a-z-]*[a-z]|(?<![A-Z_-])(?:AWS_)?ACCOUNT[-_](?:ID|NUMBER)(?:[-_][A-Z_-]+)?(?![A-Za-z])|(?<![A-Za-z])(?:CHANGE[-_]?ME|EXAMPLE_ACCOUNT)(?![A-Za-z])|(?<![A-Za-z0-9])[xX]{12}(?![A-Za-z0-9])|(?<![a-z])o-x{10,}/;

/** The first part of a text that stands for something else; nothing where every part may be meant. */
export const leftOverIn = (text: string): { readonly index: number; readonly text: string } | undefined => {
  const found = leftOvers.exec(text);
  return found ? { index: found.index, text: found[0] } : undefined;
};
