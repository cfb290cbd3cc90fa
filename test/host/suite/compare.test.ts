/** What the changes of a file do to whom its policy lets in, against what was committed in a real repository. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, eventually } from './gestures.ts';

/** What the tests need of VS Code's Git extension. */
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly setConfig: (key: string, value: string) => Promise<string>;
  readonly add: (paths: readonly string[]) => Promise<void>;
  readonly commit: (message: string) => Promise<void>;
  readonly status: () => Promise<void>;
}
interface Git {
  readonly init: (root: vscode.Uri) => Promise<Repository | null>;
}

interface Answer {
  readonly relation?: string;
  readonly problem?: string;
}
const compare = (uri: vscode.Uri): Thenable<Answer> =>
  vscode.commands.executeCommand('trustPolicy.compareWithHead', uri.toString());

const page = (): string | undefined =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'trust-policy-compare')?.getText();

const policy = (principal: string, condition = ''): string =>
  `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "${principal}" }, "Action": "sts:AssumeRole"${condition} }
  ]
}
`;
const mfa = ', "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }';

const workspaceFolder = (): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return folder.uri;
};
const write = async (folder: vscode.Uri, name: string, text: string): Promise<vscode.Uri> => {
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
};

const gitExtension = vscode.extensions.getExtension<{ getAPI: (version: 1) => Git }>('vscode.git');

describe('trust compared with Git HEAD', () => {
  afterEach(closeAll);

  it('is refused for what Git does not know, with the reason', async () => {
    const untitled = await vscode.workspace.openTextDocument({ language: 'json', content: policy('*') });
    assert.include((await compare(untitled.uri)).problem, 'has not been saved yet');
    const answer = await compare(vscode.Uri.joinPath(workspaceFolder(), 'github-role.json'));
    assert.include(
      answer.problem,
      gitExtension ? 'lies in no Git repository' : 'Git extension is not running here',
    );
  });

  if (gitExtension) {
    let folder: vscode.Uri;
    let repository: Repository;

    before(async () => {
      folder = vscode.Uri.joinPath(workspaceFolder(), 'repository');
      await vscode.workspace.fs.createDirectory(folder);
      const git = (await gitExtension.activate()).getAPI(1);
      const found = await git.init(folder);
      if (!found) throw new Error('There is no repository.');
      repository = found;
      await repository.setConfig('user.name', 'Somebody');
      await repository.setConfig('user.email', 'somebody@example.com');
    });

    const commit = async (...uris: readonly vscode.Uri[]): Promise<void> => {
      await repository.add(uris.map(({ fsPath }) => fsPath));
      await repository.commit('A change');
    };

    it('is refused before the first commit', async () => {
      const uri = await write(folder, 'first-trust-policy.json', policy('111122223333'));
      assert.include((await compare(uri)).problem, 'has no commit yet');
      await commit(uri);
      assert.equal((await compare(uri)).relation, 'equal');
    });

    it('takes what is in the editor, saved or not', async () => {
      const uri = await write(folder, 'editor-trust-policy.json', policy('111122223333', mfa));
      await commit(uri);
      const editor = await vscode.window.showTextDocument(uri);
      const at = editor.document.positionAt(editor.document.getText().indexOf(mfa));
      await editor.edit((edit) => {
        edit.delete(new vscode.Range(at, at.translate(0, mfa.length)));
      });
      assert.isTrue(editor.document.isDirty);
      assert.equal((await compare(uri)).relation, 'wider');
      await eventually('the page', () => page()?.includes('Let in by the new policy only'));
      await editor.document.save();
      assert.equal((await compare(uri)).relation, 'wider');
    });

    it('takes a file that is new for one that let nobody in', async () => {
      const uri = await write(folder, 'new-trust-policy.json', policy('111122223333'));
      assert.equal((await compare(uri)).relation, 'wider');
      await eventually('the page', () => page()?.includes('HEAD does not have this file'));
    });

    it('follows a file that has been renamed', async () => {
      const old = await write(folder, 'old-trust-policy.json', policy('111122223333'));
      await commit(old);
      const uri = vscode.Uri.joinPath(folder, 'renamed-trust-policy.json');
      await vscode.workspace.fs.rename(old, uri);
      await repository.add([old.fsPath, uri.fsPath]);
      await repository.status();
      assert.equal((await compare(uri)).relation, 'equal');
      await eventually('the page', () => page()?.includes('old-trust-policy.json'));
    });

    it('looks into the innermost repository', async () => {
      const inner = vscode.Uri.joinPath(folder, 'inner');
      await vscode.workspace.fs.createDirectory(inner);
      const own = await (await gitExtension.activate()).getAPI(1).init(inner);
      if (!own) throw new Error('There is no repository.');
      await own.setConfig('user.name', 'Somebody');
      await own.setConfig('user.email', 'somebody@example.com');
      const uri = await write(inner, 'trust-policy.json', policy('111122223333'));
      await own.add([uri.fsPath]);
      await own.commit('The policy');
      await write(inner, 'trust-policy.json', policy('111122223333', mfa));
      assert.equal((await compare(uri)).relation, 'narrower');
    });

    it('says that a policy is broken', async () => {
      const uri = await write(folder, 'broken-trust-policy.json', policy('111122223333'));
      await commit(uri);
      await write(folder, 'broken-trust-policy.json', policy('111122223333').replace('"Effect"', '"Effect'));
      assert.include((await compare(uri)).problem, 'A policy is broken');
    });
  }
});
