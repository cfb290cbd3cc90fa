/** Pages of Markdown beside a document, made by us and shown by VS Code's own preview. */
import { commands, Disposable, EventEmitter, Uri, workspace } from 'vscode';

/** Shows pages of one kind. */
export interface Pages {
  readonly show: (title: string, markdown: string) => Promise<void>;
  readonly disposable: Disposable;
}

/** Registers a kind of pages; a page with the same title takes the place of the one before. */
export function createPages(scheme: string): Pages {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  return {
    show: async (title, markdown) => {
      const uri = Uri.from({ scheme, path: `/${title.split('/').join(' ')}.md` });
      texts.set(uri.path, markdown);
      changed.fire(uri);
      await commands.executeCommand('markdown.showPreviewToSide', uri);
    },
    disposable: Disposable.from(changed, provider),
  };
}
