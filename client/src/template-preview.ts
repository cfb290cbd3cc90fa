/** A preview beside the editor: a document that cannot be changed, and goes away with the list that it belongs to. */
import {
  type Disposable,
  EventEmitter,
  Range,
  Selection,
  TabInputText,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

/** What a preview shows. */
export interface Preview {
  readonly text: string;
  /** From where to where it is new. */
  readonly start: number;
  readonly end: number;
}

/** A preview that can be shown anew and closed. */
export interface PreviewPane {
  readonly show: (preview: Preview) => Promise<void>;
  readonly close: () => Promise<void>;
}

const scheme = 'trust-policy-template';
const texts = new Map<string, string>();
const changed = new EventEmitter<Uri>();

/** Registers the documents that previews are shown in. */
export function registerPreviews(): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

/** A preview for documents whose names end so. Nothing is opened before there is something to show. */
export function openPreview(ending: string): PreviewPane {
  const uri = Uri.from({ scheme, path: `/Preview.${ending}` });
  let last = Promise.resolve();
  let isClosed = false;
  const show = async ({ text, start, end }: Preview): Promise<void> => {
    if (isClosed) return;
    texts.set(uri.toString(), text);
    const document = await workspace.openTextDocument(uri);
    if (document.getText() !== text) await updated(uri);
    const editor = await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    const fresh = new Range(document.positionAt(start), document.positionAt(end));
    editor.selection = new Selection(fresh.start, fresh.start);
    editor.revealRange(fresh, TextEditorRevealType.InCenterIfOutsideViewport);
  };
  return {
    // One after the other, so that the last is what stays.
    show: (preview) => (last = last.then(() => show(preview))),
    close: async () => {
      isClosed = true;
      await last;
      texts.delete(uri.toString());
      const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
      await window.tabGroups.close(
        tabs.filter(({ input }) => input instanceof TabInputText && input.uri.scheme === scheme),
        true,
      );
    },
  };
}

/** Has the document read again, and waits until it has been. */
async function updated(uri: Uri): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const listener = workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== uri.toString()) return;
      listener.dispose();
      resolve();
    });
  });
  changed.fire(uri);
  await done;
}
