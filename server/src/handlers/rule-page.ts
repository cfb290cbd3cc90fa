/** The page of a rule, for clients that cannot show it themselves. */
import { pageUrl, rules } from '#engine';
import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';

/** Opens the page of the rule that is its argument. */
export const openPageCommand = 'trustPolicy.openRulePage';

/** Has the client open the page of a rule, outside of itself where it can. */
export async function openPage(connection: Connection, id: unknown): Promise<null> {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no such rule.');
  await connection.window.showDocument({ uri: pageUrl(rule.id), external: true });
  return null;
}
