// The command line as scripts see it: outputs, exit codes, sentences on standard error.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {smallGermany} from '../e2e/small_germany.mjs';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'resmon-cli-'))));
after(() => rmSync(folder, {recursive: true, force: true}));

/** A locale without language, so that only --lang decides; no wish about colours. */
const environment = {...process.env, LC_ALL: 'C', LANG: 'C', NO_COLOR: undefined};

function resmon(...words) {
  const data = words.includes('--data') ? [] : ['--data', join(folder, 'data')];
  const {status, stdout, stderr} = spawnSync(process.env.RESMON_PROGRAM, [...data, ...words], {encoding: 'utf8', env: environment, maxBuffer: 1 << 28});
  return {status, out: stdout, err: stderr};
}

/** What a person at a terminal sees: script(1) lends the program a terminal of its own. */
function atTerminal(words, more = {}) {
  const command = [process.env.RESMON_PROGRAM, '--data', join(folder, 'data'), ...words].map((word) => `'${word}'`).join(' ');
  const {status, stdout} = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {encoding: 'utf8', env: {...environment, ...more}});
  return {status, seen: stdout};
}

const replay = (...words) => resmon('replay', 'suedwestfalen-2023', '--replications', '20', ...words);

test('a replay in JSON has what scripts rely on', () => {
  const {status, out, err} = replay('--format', 'json');
  assert.equal(status, 0, err);
  const result = JSON.parse(out);
  for (const key of ['incident', 'seed', 'replications', 'model_version', 'catalogue_version', 'milestones', 'ability', 'services', 'bodies', 'about'])
    assert.ok(key in result, key);
  assert.equal(result.incident, 'suedwestfalen-2023');
  assert.equal(result.seed, 1);
  assert.equal(result.replications, 20);
  assert.equal(result.bodies.length, 64);
  assert.ok(result.services.length >= 25);
  for (const key of ['id', 'what', 'body', 'day_earliest', 'day_latest', 'p10', 'p25', 'p50', 'p75', 'p90', 'hit']) assert.ok(key in result.milestones[0], key);
  for (const key of ['day', 'p10', 'p25', 'p50', 'p75', 'p90']) assert.ok(key in result.ability[0], key);
  for (const key of ['id', 'days_to_first_mode', 'days_to_normal', 'backlog_peak']) assert.ok(key in result.services[0], key);
  for (const key of ['key', 'name', 'population', 'loss_days']) assert.ok(key in result.bodies[0], key);
  for (const key of ['run_id', 'started', 'seconds', 'peak_bytes', 'threads']) assert.ok(key in result.about, key);
});

test('equal inputs give equal bytes but for "about", with any number of threads', () => {
  const bare = (...words) => {
    const result = JSON.parse(replay('--format', 'json', ...words).out);
    for (const key of ['about', 'seconds', 'peak_bytes']) delete result[key];
    return JSON.stringify(result);
  };
  const one = bare('--threads', '1');
  assert.equal(bare('--threads', '2'), one);
  assert.equal(bare('--threads', '7'), one);
  assert.notEqual(bare('--seed', '2'), one);
});

test('--output writes the file, --format csv a table with the decimal sign of the language', () => {
  const file = join(folder, 'out.csv');
  assert.equal(replay('--format', 'csv', '--output', file).status, 0);
  assert.match(readFileSync(file, 'utf8').split('\n')[0], /;/);
  assert.equal(replay('--format', 'csv', '--lang', 'en', '--output', file).status, 0);
  assert.match(readFileSync(file, 'utf8').split('\n')[0], /,/);
});

test('--output - is the screen, not a file of that name', () => {
  const {status, out} = resmon('bench', '--signature', '--output', '-');
  assert.equal(status, 0);
  assert.match(out, /^[0-9a-f]{16}\n$/);
  assert.ok(!existsSync('-'));
});

test('an output that cannot be written is said, with exit code 2', () => {
  const {status, err} = replay('--format', 'json', '--output', join(folder, 'no', 'such', 'folder.json'));
  assert.equal(status, 2);
  assert.match(err, /folder\.json/);
});

test('--output leaves devices and links what they are', () => {
  const target = join(folder, 'target.json');
  const link = join(folder, 'link.json');
  writeFileSync(target, 'earlier');
  symlinkSync(target, link);
  assert.equal(resmon('bench', '--signature', '--output', link).status, 0);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.match(readFileSync(target, 'utf8'), /^[0-9a-f]{16}\n$/);
  // Through a link of ours, so that a program that replaces what it finds does no harm to the machine.
  const full = join(folder, 'full');
  symlinkSync('/dev/full', full);
  for (const [language, sentence] of [['en', /full cannot be written whole: is the disk full\?$/m], ['de', /full lässt sich nicht vollständig schreiben: Ist die Festplatte voll\?$/m]]) {
    const {status, err} = resmon('--lang', language, 'bench', '--signature', '--output', full);
    assert.equal(status, 1);
    assert.match(err, sentence);
  }
  assert.ok(lstatSync(full).isSymbolicLink());
});

test('what is not possible now is said in German and English, with the place, the reason and what to do', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const nowhere = join(folder, 'nowhere.key');
  const cases = [
    [['--data', join(file, 'data'), 'runs', 'list'],
      /^der Datenordner \S+a-file\/data lässt sich nicht anlegen: ein Teil des Pfades ist kein Ordner\. Einen anderen nennen: --data DIR\n$/,
      /^the data folder \S+a-file\/data cannot be created: Not a directory\. Name another: --data DIR\n$/],
    [['--data', join(folder, 'keyless'), '--key-file', nowhere, 'key', 'rotate'],
      /^die Schlüsseldatei \S+nowhere\.key gibt es nicht: Nennen Sie eine andere \(--key-file DATEI\), oder legen Sie eine an: resmon key new \S+nowhere\.key\n$/,
      /^the key file \S+nowhere\.key does not exist: name another \(--key-file FILE\), or make one: resmon key new \S+nowhere\.key\n$/],
      // Nobody listens at port 0.
    [['--database', 'postgresql://127.0.0.1:0/resmon', 'runs', 'list'],
      /^die Datenbank postgresql:\/\/127\.0\.0\.1:0\/resmon ist nicht zu erreichen: Läuft PostgreSQL, und stimmt die Adresse\? \([^\n]+\)\n$/,
      /^the database postgresql:\/\/127\.0\.0\.1:0\/resmon cannot be reached: is PostgreSQL running, and is the address right\? \([^\n]+\)\n$/],
  ];
  for (const [words, ...sentences] of cases)
    for (const [number, language] of ['de', 'en'].entries()) {
      const {status, err} = resmon('--lang', language, ...words);
      assert.match(err, sentences[number]);
      assert.equal(status, 1);
    }
});

test('bold letters and progress only on a terminal, and never against a wish', () => {
  const words = ['replay', 'suedwestfalen-2023', '--replications', '20'];
  const piped = resmon(...words);
  assert.doesNotMatch(piped.out + piped.err, /\u001b|█|░/);
  const {status, seen} = atTerminal(words);
  assert.equal(status, 0, seen);
  assert.match(seen, /\u001b\[1m/);
  assert.match(seen, /Rechne 20 Verläufe [█░]{30}/);
  assert.doesNotMatch(atTerminal(words, {NO_COLOR: '1'}).seen, /\u001b\[1m/);
  assert.doesNotMatch(atTerminal([...words, '--quiet']).seen, /█|░/);
});

test('a scenario in a region needs no incident, and then has no milestones', () => {
  const {status, out, err} = resmon('simulate', '--scenario', 'ransomware-shared-provider', '--region', 'suedwestfalen', '--replications', '20', '--format', 'json');
  assert.equal(status, 0, err);
  const result = JSON.parse(out);
  assert.equal(result.incident, undefined);
  assert.equal(result.milestones, undefined);
  assert.equal(result.start_date, null);
  assert.equal(result.bodies.length, 64);
});

test('a model file is computed, checked, and gives what other programs compare', () => {
  const model = join(source, 'fuzz', 'corpus', 'model_file', 'two-servers.yaml');
  const [draws, courses] = [join(folder, 'draws'), join(folder, 'courses.csv')];
  const computed = resmon('simulate', '--model', model, '--replications', '1', '--format', 'json', '--draws-out', draws, '--courses-out', courses, '--ability-days', '5,40');
  assert.equal(computed.status, 0, computed.err);
  const result = JSON.parse(computed.out);
  assert.equal(result.title, 'Two servers, one administrator');
  assert.deepEqual(result.services.map(({id}) => id), ['certificates', 'passports']);
  assert.ok(result.about.seconds > 0 && result.about.peak_bytes > 1e6);
  const about = JSON.parse(readFileSync(`${draws}.json`, 'utf8'));
  assert.equal(readFileSync(draws).length, 8 * about.columns.length);
  assert.match(readFileSync(courses, 'utf8'), /^course,services_half,.*,ability_5,ability_40\n0,[0-9.]+,/);
  assert.equal(resmon('simulate', '--model', model, '--check').status, 0);
  assert.match(resmon('simulate', '--model', model).out, /3 Aufgaben und Freigaben/);

  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, readFileSync(model, 'utf8').replace('after: [release]', 'after: [cases]'));
  const refused = resmon('simulate', '--model', broken, '--check');
  assert.equal(refused.status, 2);
  assert.match(refused.err, /broken\.yaml:\d+: tasks\.directory: darf nicht auf sich selbst warten: directory → cases → directory/);
  assert.equal(resmon('simulate', '--model', model, '--scenario', 'ransomware-shared-provider').status, 2);
  assert.equal(resmon('simulate', '--scenario', 'ransomware-shared-provider', '--region', 'suedwestfalen', '--courses-out', courses).status, 2);
});

test('a scenario of your own is checked, computed and kept with its text', () => {
  const shown = resmon('scenario', 'show', 'storage-failure');
  assert.equal(shown.status, 0, shown.err);
  assert.equal(shown.out, readFileSync(join(source, 'catalogue', 'scenarios', 'storage-failure.yaml'), 'utf8'));
  const file = join(folder, 'eigenes.yaml');
  writeFileSync(file, shown.out.replace('"Ausfall der Speichersysteme"', '"Unser Speicher"'));
  assert.match(resmon('scenario', 'check', file).out, /„Unser Speicher“ ist in Ordnung/);
  const few = ['--region', '055580020000', '--replications', '20'];
  const computed = resmon('simulate', '--scenario', file, ...few, '--format', 'json');
  assert.equal(computed.status, 0, computed.err);
  const [own, builtIn] = [computed, resmon('simulate', '--scenario', 'storage-failure', ...few, '--format', 'json')].map(({out}) => JSON.parse(out));
  assert.match(own.scenario, /^own-[0-9a-f]{32}$/);
  assert.deepEqual(own.services, builtIn.services);
  rmSync(file);
  assert.match(resmon('runs', 'list').out, /Unser Speicher \/ 055580020000/);
  assert.equal(JSON.parse(resmon('runs', 'show', own.about.run_id).out).scenario, own.scenario);

  const broken = join(folder, 'kaputt.yml');
  writeFileSync(broken, shown.out.replace('cause: hardware', 'cause: magic'));
  const line = shown.out.split('\n').findIndex((text) => text.startsWith('cause:')) + 1;
  for (const refused of [resmon('scenario', 'check', broken), resmon('simulate', '--scenario', broken, ...few)]) {
    assert.equal(refused.status, 2);
    assert.match(refused.err, new RegExp(`kaputt\\.yml:${line}: cause: muss eins von attack, .* sein, ist magic`));
  }
  assert.match(resmon('--lang', 'en', 'scenario', 'check', broken).err, /cause: must be one of attack, .*, is magic/);
  assert.equal(resmon('simulate', '--scenario', join(folder, 'none.yaml'), ...few).status, 2);
});

test('a scenario written as a model file gives the same results', () => {
  const file = join(folder, 'suedwestfalen.yaml');
  const scenario = ['simulate', '--scenario', 'ransomware-shared-provider', '--region', 'suedwestfalen'];
  const written = resmon(...scenario, '--write-model', file);
  assert.equal(written.status, 0, written.err);
  const few = ['--replications', '20', '--format', 'json'];
  const [one, other] = [[...scenario, ...few], ['simulate', '--model', file, ...few]].map((words) => JSON.parse(resmon(...words).out));
  for (const what of ['loss_days', 'ability_most', 'services_all', 'ability', 'backlog']) assert.deepEqual(other[what], one[what], what);
  for (const service of one.services) assert.deepEqual(other.services.find(({id}) => id === service.id).days_to_normal, service.days_to_normal, service.id);
});

test('a scenario strikes one administration by its key; time, memory and errors stand on top for scripts', () => {
  const {status, out, err} = resmon('simulate', '--scenario', 'storage-failure', '--region', '055580020000', '--replications', '20', '--format', 'json');
  assert.equal(status, 0, err);
  const result = JSON.parse(out);
  assert.equal(result.region, '055580020000');
  assert.deepEqual(result.bodies.map((body) => body.name), ['Havixbeck']);
  assert.ok(result.seconds > 0 && result.peak_bytes > 1e6);
  assert.ok(result.loss_days.monte_carlo_error > 0 && result.services[0].days_to_normal.monte_carlo_error > 0);
  assert.match(resmon('runs', 'list').out, /storage-failure \/ 055580020000/);
  assert.match(resmon('simulate', '--scenario', 'storage-failure', '--region', '055580020000', '--replications', '20').out, /Ausfall der Speichersysteme: Havixbeck/);
  const wrong = resmon('simulate', '--scenario', 'storage-failure', '--region', '059999999000');
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /059999999000/);
});

test('deutschland is every body of the register at its own provider, and says who is assumed', () => {
  const words = ['simulate', '--catalogue', smallGermany(folder), '--scenario', 'storage-failure', '--region', 'deutschland', '--replications', '10'];
  const {status, out, err} = resmon(...words, '--format', 'json');
  assert.equal(status, 0, err);
  const result = JSON.parse(out);
  const provider = (wanted) => result.providers.find(({id}) => id === wanted);
  assert.deepEqual([provider('assumed-bremen').assumed, provider('assumed-bremen').bodies], [true, 2]);
  assert.deepEqual([provider('suedwestfalen-it').assumed, provider('suedwestfalen-it').bodies], [false, 64]);
  assert.equal(result.bodies.length, result.providers.reduce((sum, {bodies}) => sum + bodies, 0));
  assert.equal(result.ability.length, result.horizon + 1);
  assert.ok(result.bodies.every((body) => body.loss_days.p50 >= 0 && typeof body.provider_assumed === 'boolean'));
  assert.ok(result.loss_days.monte_carlo_error > 0 && result.seconds > 0 && result.peak_bytes > 1e6);
  assert.deepEqual(result.states.map(({id}) => id).includes('bremen'), true);
  const exact = JSON.parse(resmon(...words.slice(0, -1), '16', '--error', '8', '--format', 'json').out);
  assert.ok(exact.relative_error_reached <= 0.08 && exact.replications > 16, `${exact.replications} courses: ${exact.relative_error_reached}`);
  const table = resmon(...words).out;
  assert.match(table, /Angenommener Dienstleister: Bremen +ja +2/);
  const csv = resmon(...words, '--format', 'csv').out;
  assert.match(csv, /Angenommener Dienstleister: Bremen;ja/);
  const kept = /[0-9a-f]{16}/.exec(table.slice(table.lastIndexOf('\n', table.length - 2)))[0];
  assert.equal(resmon('runs', 'show', kept, '--catalogue', words[2], '--format', 'csv').out, csv, 'what is kept is what was written');
  assert.equal(JSON.parse(resmon('runs', 'show', kept, '--catalogue', words[2], '--format', 'json').out).about.run_id, kept);
});

test('a time that is not reached is null, and bands of what is reached ascend', () => {
  const result = JSON.parse(replay('--format', 'json').out);
  const quantiles = ['p10', 'p25', 'p50', 'p75', 'p90'];
  for (const service of result.services)
    for (const days of [service.days_to_first_mode, service.days_to_normal]) {
      const values = quantiles.map((name) => days[name] ?? Infinity);
      assert.ok(values.every((value, at) => at === 0 || values[at - 1] <= value), `${service.id}: ${values}`);
      assert.ok(quantiles.every((name) => days[name] === null || days[name] <= 730), service.id);
    }
});

test('the version is one line', () => {
  assert.match(resmon('--version').out, /^resmon \d+\.\d+\.\d+\n$/);
});

test('German unless English is asked for', () => {
  assert.match(resmon('--help').out, /Einen wirklichen Ausfall nachrechnen/);
  assert.doesNotMatch(resmon('--help').out, /Usage|Options|INT in/);
  assert.match(resmon('--lang', 'en', '--help').out, /Compute a real outage again|replay/i);
  assert.match(resmon('doctor', '--nothing').err, /^Das versteht das Programm nicht: --nothing/);
  assert.match(resmon('simulate').err, /^Es fehlt: --scenario/);
  assert.match(resmon('catalogue', 'check').out, /ist in Ordnung/);
  assert.match(resmon('catalogue', 'check', '--lang', 'en').out, /is in order/);
});

test('what is not understood is exit code 2 and one sentence', () => {
  for (const words of [['--no-such-option'], ['no-such-command'], ['replay', 'atlantis-1200'], ['simulate', '--scenario', 'none', '--region', 'suedwestfalen'], ['replay', '--replications', '3'], ['runs', 'show', 'nothing']]) {
    const {status, err} = resmon(...words);
    assert.equal(status, 2, words.join(' '));
    assert.ok(err.trim().length > 0, words.join(' '));
  }
});

test('faults of a catalogue: one line each with file, line, path and value', () => {
  const copy = join(folder, 'catalogue');
  cpSync(join(source, 'catalogue'), copy, {recursive: true});
  const passport = join(copy, 'services', 'passport.yaml');
  writeFileSync(passport, readFileSync(passport, 'utf8').replace(/(demand_per_1000:\n {2}value: )[0-9.]+/, '$1-3'));
  const card = join(copy, 'services', 'id-card.yaml');
  writeFileSync(card, readFileSync(card, 'utf8').replace('kind: queue', 'kind: queues'));
  const {status, out, err} = resmon('catalogue', 'check', copy, '--lang', 'en');
  assert.equal(status, 2);
  assert.equal(out, '');
  assert.match(err, /^services\/id-card\.yaml:\d+: kind: must be one of queue, due-date, standby, is queues$/m);
  assert.match(err, /^services\/passport\.yaml:\d+: demand_per_1000: must be ≥ 0, is -3$/m);
  assert.equal(resmon('--catalogue', copy, 'replay').status, 2);
});

test('runs are kept: listed, shown again byte for byte, deleted', () => {
  const data = join(folder, 'kept');
  const {seconds, peak_bytes, ...first} = JSON.parse(replay('--data', data, '--format', 'json').out);
  assert.ok(seconds > 0 && peak_bytes > 0);
  const id = first.about.run_id;
  assert.match(resmon('--data', data, 'runs', 'list').out, new RegExp(id));
  assert.deepEqual(JSON.parse(resmon('--data', data, 'runs', 'list', '--format', 'json').out).runs.map((run) => [run.id, run.state]), [[id, 'done']]);
  assert.match(resmon('--data', data, 'runs', 'list', '--format', 'csv').out, new RegExp(`^\ufeffLauf;.*\r\n${id};`));
  assert.match(resmon('--data', data, 'runs', 'show', id, '--format', 'csv').out, /^\ufeffMeilenstein;/);
  assert.deepEqual(JSON.parse(resmon('--data', data, 'runs', 'show', id, '--format', 'json').out), first);
  assert.equal(resmon('--data', data, 'runs', 'delete', id).status, 0);
  assert.equal(resmon('--data', data, 'runs', 'show', id).status, 2);
});

test('doctor finds a database that is damaged: exit code 3', () => {
  const data = join(folder, 'damaged');
  replay('--data', data, '--quiet');
  assert.equal(resmon('--data', data, 'doctor').status, 0);
  truncateSync(join(data, 'resmon.db'), 20_000);
  const {status, out} = resmon('--data', data, 'doctor');
  assert.equal(status, 3);
  assert.match(out, /Sicherung/);
});

test('doctor names tools that are missing, with their package, and that is no damage', () => {
  const {status, stdout} = spawnSync(process.env.RESMON_PROGRAM, ['--data', join(folder, 'data'), '--lang', 'en', 'doctor'], {encoding: 'utf8', env: {...environment, PATH: '/nonexistent'}});
  assert.equal(status, 0);
  assert.match(stdout, /hint +weasyprint is missing, package weasyprint .*apt-get install weasyprint/);
  assert.match(stdout, /hint +gnuplot is missing, package gnuplot-nox/);
});

test('a newer register is loaded, a malformed one refused with line and column', () => {
  const data = join(folder, 'register');
  const rows = readFileSync(join(source, 'catalogue', 'register', 'municipalities.csv'), 'utf8');
  const good = join(folder, 'register.csv');
  writeFileSync(good, rows);
  const words = ['--source', 'Statistisches Bundesamt', '--as-of', '2026-12-31'];
  assert.equal(resmon('--data', data, 'register', 'import', good, ...words).status, 0);
  assert.ok(existsSync(join(data, 'imported')));
  const bad = join(folder, 'bad.csv');
  writeFileSync(bad, rows.split('\n').slice(0, 3).join('\n') + '\nnonsense\n');
  const {status, err} = resmon('--data', data, 'register', 'import', bad, ...words);
  assert.equal(status, 2);
  assert.match(err, /bad\.csv:4/);
});

test('the signature of the engine is the same on each call', () => {
  const one = resmon('bench', '--signature');
  assert.equal(one.status, 0);
  assert.equal(resmon('bench', '--signature').out, one.out);
});

test('a questionnaire goes out as an XLSForm and comes back as a draft that the check accepts', () => {
  const file = join(folder, 'questionnaire.xlsx');
  const draft = join(folder, 'draft');
  const exported = resmon('questionnaire', 'export', 'resilienzmonitor', file);
  assert.equal(exported.status, 0, exported.err);
  const taken = resmon('questionnaire', 'import', file, '--output-folder', draft, '--lang', 'en');
  assert.equal(taken.status, 0, taken.err);
  assert.match(taken.out, /^Questionnaire resilienzmonitor written as a draft: 14 topics, 138 questions\.\nEverything was taken over\.\n$/);
  const checked = resmon('questionnaire', 'check', draft, '--format', 'json');
  assert.equal(checked.status, 0, checked.err);
  assert.deepEqual(JSON.parse(checked.out).map((one) => one.id), ['resilienzmonitor']);
  const again = resmon('questionnaire', 'import', file, '--output-folder', draft, '--lang', 'en');
  assert.equal(again.status, 2);
  assert.match(again.err, /exists already; nothing is overwritten/);
});

test('a survey of LimeSurvey becomes a draft; what is not taken over is told', () => {
  const draft = join(folder, 'draft-lss');
  const {status, out, err} = resmon('questionnaire', 'import', join(source, 'fuzz/corpus/lss/small.lss'), '--output-folder', draft, '--format', 'json');
  assert.equal(status, 0, err);
  assert.deepEqual(JSON.parse(out).left_out, []);
  assert.equal(resmon('questionnaire', 'check', draft).status, 0);
});

test('a form with faults is refused with the file and every place, and nothing is written', () => {
  const draft = join(folder, 'draft-none');
  const no = join(folder, 'no.lss');
  writeFileSync(no, '<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>');
  const refused = resmon('questionnaire', 'import', no, '--output-folder', draft);
  assert.equal(refused.status, 2);
  assert.match(refused.err, /no\.lss: muss eine Frage enthalten, die sich übernehmen lässt/);
  assert.match(resmon('questionnaire', 'import', no, '--output-folder', draft, '--lang', 'en').err, /no\.lss: must hold a question that can be taken over/);
  assert.equal(existsSync(draft), false);
  const word = resmon('questionnaire', 'import', join(source, 'README.md'), '--output-folder', draft, '--lang', 'en');
  assert.equal(word.status, 2);
  assert.match(word.err, /only \.xlsx \(XLSForm\) and \.lss \(LimeSurvey\) are read/);
});

test('a forecast with quasi-random points says so, and as many courses are computed as an error needs', () => {
  const town = ['simulate', '--scenario', 'storage-failure', '--region', '059580032000', '--format', 'json'];
  const points = JSON.parse(resmon(...town, '--randomisations', '8').out);
  assert.deepEqual([points.replications, points.randomisations], [512, 8]);
  const enough = JSON.parse(resmon(...town, '--error', '2').out);
  assert.ok(enough.loss_days.standard_error <= 0.02 * enough.loss_days.mean);
  assert.equal(Math.log2(enough.replications / 512) % 1, 0);
  const uneven = resmon('--lang', 'en', ...town, '--randomisations', '8', '--replications', '500');
  assert.equal(uneven.status, 2);
  assert.match(uneven.err, /500 courses are not/);
  const said = resmon('--lang', 'en', ...town.slice(0, 5), '--error', '2').out;
  assert.match(said, /exact to [01]\.\d\d %/);
  assert.match(resmon('--lang', 'en', ...town.slice(0, 5), '--replications', '10').out, /exact to \d+\.\d\d % \(standard error of the mean\)\.\n/);
  const germany = resmon('--lang', 'en', ...town.slice(0, 3), '--region', 'deutschland', '--randomisations', '3', '--replications', '16');
  assert.deepEqual([germany.status, /16 courses are not/.test(germany.err)], [2, true]);
  const given = resmon('--lang', 'en', ...town.slice(0, 3), '--region', 'suedwestfalen', '--day', '40', '--back', 'network', '--error', '5');
  assert.deepEqual([given.status, /--error/.test(given.err)], [2, true], 'what would be passed over without a word is refused');
});
