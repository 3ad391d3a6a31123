// A small mail server on loopback: takes, refuses, hangs, as the recipient's name says. RFC 5321, as far as a client needs it.
import {createServer} from 'node:net';
import {createServer as createTlsServer} from 'node:tls';

/**
 * `mails` are those that were taken whole: `to`, `text` (headers and body). `log` is every line that clients sent.
 * Recipients that begin with `refused` are refused, `later` are refused after the message, `silent` get no answer after it.
 */
export async function smtpServer({tls, login} = {}) {
  const mails = [];
  const log = [];
  const sockets = new Set();
  const talk = (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const say = (line) => socket.write(`${line}\r\n`);
    let buffer = '';
    let mail = null;
    let known = !login;
    let asked = false;
    const heard = (line) => {
      log.push(line);
      if (mail?.text !== undefined) {
        if (line !== '.') return void (mail.text += `${line.replace(/^\./, '')}\n`);
        const {to} = mail;
        if (to.startsWith('silent')) return void mails.push({...mail, answered: false});
        if (to.startsWith('later')) say('451 later');
        else {
          mails.push({...mail, answered: true});
          say('250 taken');
        }
        mail = null;
        return;
      }
      if (asked) {
        asked = false;
        known = Buffer.from(line, 'base64').toString() === `\0${login.user}\0${login.password}`;
        return void say(known ? '235 welcome' : '535 no');
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO') say(login ? '250-loopback\r\n250 AUTH PLAIN' : '250 loopback');
      else if (word === 'AUTH') {
        // The credentials come in the next line.
        asked = true;
        say('334 ');
      } else if (word === 'MAIL') say(known ? '250 go on' : '530 who are you');
      else if (word === 'RCPT') {
        mail = {to: /<(.*)>/.exec(line)[1]};
        say(mail.to.startsWith('refused') ? '550 nobody here' : '250 go on');
      } else if (word === 'DATA') {
        mail.text = '';
        say('354 speak');
      } else if (word === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 well');
    };
    socket.on('data', (bytes) => {
      buffer += bytes;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        heard(line);
      }
    });
    say('220 loopback');
  };
  const server = tls ? createTlsServer(tls, talk) : createServer(talk);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: server.address().port,
    mails,
    log,
    /** Waits until that many mails came whole. */
    async came(count, patience = 60_000) {
      const deadline = Date.now() + patience;
      while (mails.length < count) {
        if (Date.now() > deadline) throw new Error(`${mails.length} of ${count} mails came`);
        await new Promise((later) => setTimeout(later, 20));
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Subject and body of a mail as people read them. */
export function readable(text) {
  const [head, body] = text.split(/\n\n(.*)/s);
  const subject = [...head.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, words]) => Buffer.from(words, 'base64')).reduce((all, piece) => Buffer.concat([all, piece]), Buffer.alloc(0));
  return {subject: subject.toString(), body: Buffer.from(body, 'base64').toString()};
}
