// Documents are held against the program: commands run, links resolve, figures that name a version agree.
// A block ```sh run is run as it stands, ```sh serve starts a server for the rest of the document. The folder, the port
// 8640, the placeholders LAUF and RUN, and the number of courses are the test's.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join, relative} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path) => readFileSync(join(source, path), 'utf8');
const guides = ['README.md', 'docs/benutzerhandbuch.md', 'docs/user-guide.md', 'docs/betriebshandbuch.md', 'docs/operator-guide.md', 'docs/model-file.md'];
/** Few courses: whether a command works does not depend on their number. */
const courses = 20;

/** Fenced blocks of a document: what stands behind the fence, the line, the text. */
function blocksOf(text) {
  const blocks = [];
  let open;
  text.split('\n').forEach((line, at) => {
    const fence = /^```(.*)$/.exec(line);
    if (fence && open) blocks.push(open), (open = undefined);
    else if (fence) open = {info: fence[1].trim(), line: at + 1, text: ''};
    else if (open) open.text += line + '\n';
  });
  assert.equal(open, undefined, `a block is not closed, it begins in line ${open?.line}`);
  return blocks;
}

const freePort = () =>
  new Promise((found, failed) => {
    const server = createServer().on('error', failed).listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => found(port));
    });
  });

/** A home of its own with `resmon` in the path and a register to import; the language is left to the locale. */
function visitor() {
  const home = mkdtempSync(join(tmpdir(), 'resmon-docs-'));
  symlinkSync(process.env.RESMON_PROGRAM, join(home, 'resmon'));
  copyFileSync(join(source, 'catalogue', 'register', 'municipalities.csv'), join(home, 'municipalities.csv'));
  const {XDG_DATA_HOME, RESMON_DATA, ...rest} = process.env;
  const env = {...rest, HOME: home, LC_ALL: 'C.UTF-8', PATH: `${home}${delimiter}${process.env.PATH}`};
  return {home, env, shell: (text) => spawnSync('bash', ['-euo', 'pipefail', '-c', text], {cwd: home, env, encoding: 'utf8', maxBuffer: 1 << 28})};
}

const newestRun = (shell) => /^[0-9a-f]{16}/m.exec(shell('resmon runs list').stdout)?.[0];

function asRun(text, port, shell) {
  const few = text
    .replaceAll(/--replications[ =]\d+/g, `--replications ${courses}`)
    .replaceAll(/^(.*\bresmon )(?!.*--replications)(?=.*\b(replay|simulate)\b)/gm, `$1--replications ${courses} `)
    .replaceAll('8640', String(port));
  return /\b(LAUF|RUN)\b/.test(few) ? few.replaceAll(/\b(LAUF|RUN)\b/g, newestRun(shell) ?? 'no-run') : few;
}

/** Starts the server of a document; resolves once it says its address. */
function started(command, {home, env}) {
  const child = spawn('bash', ['-c', `exec ${command}`], {cwd: home, env, stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  return new Promise((resolve, reject) => {
    const failed = (code) => reject(new Error(`${command} ended with ${code}: ${said}`));
    child.once('exit', failed);
    child.stdout.on('data', (piece) => {
      said += piece;
      if (!/http:\/\/\S+/.test(said)) return;
      child.off('exit', failed);
      resolve(child);
    });
  });
}

const ended = (child) =>
  new Promise((resolve) => {
    const outcome = () => resolve(child.exitCode ?? child.signalCode);
    if (child.exitCode !== null || child.signalCode !== null) outcome();
    else child.once('exit', outcome);
  });

for (const guide of guides)
  test(`every command of ${guide} does what it says`, {timeout: 900_000}, async () => {
    const visit = visitor();
    const port = await freePort();
    let server;
    try {
      for (const {info, line, text} of blocksOf(read(guide))) {
        if (info === 'sh serve') {
          assert.equal(server, undefined, `${guide}:${line}: one server is enough`);
          server = await started(`${text.trim()} --port ${port}`, visit);
        }
        if (info !== 'sh run') continue;
        const command = asRun(text, port, visit.shell);
        const {status, stdout, stderr} = visit.shell(command);
        assert.equal(status, 0, `${guide}:${line}: exit code ${status}\n${command}\n${stdout.slice(-2000)}\n${stderr}`);
      }
      if (!server) return;
      server.kill('SIGTERM');
      assert.equal(await ended(server), 0, 'SIGTERM ends the server in good order');
      server = undefined;
    } finally {
      server?.kill('SIGKILL');
      rmSync(visit.home, {recursive: true, force: true});
    }
  });

test('what is not run in the guides is work of building and administration only', () => {
  for (const guide of guides)
    for (const {info, line, text} of blocksOf(read(guide)))
      if (info === 'sh')
        for (const command of text.replaceAll('\\\n', '').split('\n').filter((one) => one.trim() && !one.startsWith('#')))
          assert.match(command, /^(make|git|cd|sudo|apt-get|cp|mv|rm|install|ls|dpkg) ?/, `${guide}:${line}: ${command}`);
});

test('a make target that a document names exists', () => {
  const targets = new Set([...read('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, name]) => name));
  for (const document of documents())
    for (const [, name] of read(document).matchAll(/`make ([a-z-]+)`|^ {0,4}make ([a-z-]+)\b/gm))
      if (name) assert.ok(targets.has(name), `${document}: make ${name}`);
});

test('a command in running text has the options that it is said to have', () => {
  const {home, shell} = visitor();
  try {
    const help = new Map();
    const helpOf = (words) => {
      if (!help.has(words)) help.set(words, shell(`resmon ${words} --help`));
      return help.get(words);
    };
    for (const guide of guides)
      for (const [whole, text] of read(guide).matchAll(/`resmon ([^`]+)`/g)) {
        const words = text.split(' ').filter((word) => /^[a-z]+$/.test(word));
        const command = ['runs', 'catalogue', 'register'].includes(words[0]) ? words.slice(0, 2).join(' ') : (words[0] ?? '');
        const {status, stdout} = helpOf(command);
        assert.equal(status, 0, `${guide}: ${whole}`);
        for (const [option] of text.matchAll(/--[a-z-]+/g))
          assert.ok(stdout.includes(option) || helpOf('').stdout.includes(option), `${guide}: ${whole}: ${option} is unknown`);
      }
  } finally {
    rmSync(home, {recursive: true, force: true});
  }
});

/** Every document of the repository, as a path from its root. */
function documents(folder = source) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    if (['.git', 'build', 'node_modules'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? documents(path) : entry.name.endsWith('.md') ? [relative(source, path)] : [];
  });
}

const withoutCode = (text) => text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** As GitHub and GitLab make them: lower case, no punctuation, hyphens for spaces. */
const anchorsOf = (text) =>
  new Set([...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-')));

test('every relative link in a document leads to a file and a heading that exist', () => {
  const broken = [];
  for (const document of documents())
    for (const [, target] of withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path, anchor] = target.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(source, file))) broken.push(`${document}: ${target}`);
      else if (anchor && !anchorsOf(read(file)).has(anchor)) broken.push(`${document}: ${target} (no such heading)`);
    }
  assert.deepEqual(broken, []);
});

test('decisions have numbers of their own', () => {
  const numbers = readdirSync(join(source, 'docs', 'decisions')).map((name) => name.slice(0, 4));
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test('the version is the same in the build, the pages, the changes and the public description', () => {
  const version = /project\(resmon VERSION (\S+)/.exec(read('CMakeLists.txt'))[1];
  assert.equal(JSON.parse(read('web/package.json')).version, version);
  assert.match(read('CHANGELOG.md'), new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\]`, 'm'));
});

test('publiccode.yml keeps the lengths of its standard', () => {
  const {parse} = createRequire(new URL('../../web/package.json', import.meta.url))('yaml');
  const described = parse(read('publiccode.yml'));
  assert.deepEqual(Object.keys(described.description), ['de', 'en']);
  for (const {shortDescription, longDescription, features} of Object.values(described.description)) {
    assert.ok(shortDescription.length <= 150);
    assert.ok(longDescription.length >= 150 && longDescription.length <= 10_000);
    assert.ok(features.length >= 5 && features.length <= 20);
  }
  assert.equal(described.legal.license, 'EUPL-1.2');
  assert.match(read('LICENSE'), /EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/);
});
