/** The list of templates: grouped by family, searched by all that is known of them. */
import {
  commands,
  Disposable,
  QuickPickItemKind,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  env,
  window,
} from 'vscode';

interface Template {
  readonly name: string;
  readonly family: string;
  readonly title: string;
  readonly description: string;
  readonly when: string;
  readonly links: readonly string[];
}

interface TemplateItem extends QuickPickItem {
  readonly template?: Template;
}

const documentation = { iconPath: new ThemeIcon('book'), tooltip: 'Open the documentation' };

/** Asks for a template. `onActive` is called with each that is looked at. */
export async function pickTemplate(
  placeholder: string,
  onActive: (name: string) => Promise<void>,
): Promise<string | undefined> {
  const templates: unknown = await commands.executeCommand('trustPolicy.listTemplates');
  const list = window.createQuickPick<TemplateItem>();
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = grouped(Array.isArray(templates) ? templates.filter(isTemplate) : []);
  const listeners: Disposable[] = [];
  try {
    return await new Promise((resolve) => {
      listeners.push(
        list.onDidChangeActive(([item]) => {
          if (item?.template) void onActive(item.template.name);
        }),
        list.onDidTriggerItemButton(({ item }) => {
          const [link] = item.template?.links ?? [];
          if (link !== undefined) void env.openExternal(Uri.parse(link));
        }),
        list.onDidAccept(() => {
          resolve(list.activeItems[0]?.template?.name);
        }),
        list.onDidHide(() => {
          resolve(undefined);
        }),
      );
      list.show();
    });
  } finally {
    Disposable.from(...listeners, list).dispose();
  }
}

/** With a line above each family. The family is shown with each template too, because a filtered list has no groups. */
function grouped(templates: readonly Template[]): TemplateItem[] {
  const families = [...new Set(templates.map(({ family }) => family))];
  return families.flatMap((family) => [
    { label: family, kind: QuickPickItemKind.Separator },
    ...templates.filter((template) => template.family === family).map(itemFor),
  ]);
}

const itemFor = (template: Template): TemplateItem => ({
  label: template.title,
  description: template.family,
  detail: `${template.description} ${template.when}`,
  buttons: [documentation],
  template,
});

function isTemplate(value: unknown): value is Template {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'family' in value && 'links' in value
  );
}
