/** Entry point in Node.js: the transport is what the arguments say, `--stdio` or the IPC of an editor. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles } from './files-node.ts';
import { messageFrames, wholeMessages } from './frames.ts';
import { serve } from './server.ts';

if (process.argv.includes('--stdio')) {
  serve(
    createConnection(
      ProposedFeatures.all,
      process.stdin.pipe(messageFrames()),
      wholeMessages(process.stdout),
    ),
    diskFiles,
  );
} else if (process.argv.includes('--node-ipc')) {
  serve(createConnection(ProposedFeatures.all), diskFiles);
} else {
  process.stderr.write(
    'This is a language server. Start it with --stdio, or with --node-ipc from Node.js.\n',
  );
  process.exitCode = 2;
}
