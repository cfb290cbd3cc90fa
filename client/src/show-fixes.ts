/** The command Show Fixes: goes to the next finding of a trust policy and opens the list of what can be done about it. */
import {
  commands,
  type Diagnostic,
  languages,
  Selection,
  type TextDocument,
  window,
  workspace,
} from 'vscode';

/** Looks in the editor that is active or, where that is none, in a document that is open. */
export async function showFixes(): Promise<void> {
  const document = documentWithFindings();
  if (document === undefined) {
    await window.showInformationMessage('There is nothing to fix in the trust policies that are open.');
    return;
  }
  const editor = await window.showTextDocument(document);
  const finding = next(findingsIn(document), editor.selection);
  if (finding === undefined) return;
  editor.selection = new Selection(finding.range.start, finding.range.start);
  editor.revealRange(finding.range);
  await commands.executeCommand('editor.action.quickFix');
}

function documentWithFindings(): TextDocument | undefined {
  const active = window.activeTextEditor?.document;
  return [...(active ? [active] : []), ...workspace.textDocuments].find(
    (document) => findingsIn(document).length > 0,
  );
}

/** The worst first, hints too. */
const findingsIn = ({ uri, isClosed }: TextDocument): readonly Diagnostic[] =>
  isClosed
    ? []
    : languages
        .getDiagnostics(uri)
        .filter(({ source }) => source === 'trust-policy')
        .sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));

/** The finding behind the one at the cursor; the first where there is none. */
function next(findings: readonly Diagnostic[], { active }: Selection): Diagnostic | undefined {
  const here = findings.findIndex(({ range }) => range.start.isEqual(active));
  return findings[here + 1] ?? findings[0];
}
