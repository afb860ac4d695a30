/** Takes every mail and forgets it, in a process of its own: a stand-in for a provider. Asked by a message, it tells how many, and its CPU time. */
import { createServer } from 'node:net';

let mails = 0;
const server = createServer((socket) => {
  let isData = false;
  let rest = '';
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      if (isData) {
        const end = rest.indexOf('\r\n.\r\n');
        if (end < 0) return;
        rest = rest.slice(end + 5);
        isData = false;
        mails += 1;
        socket.write('250 taken\r\n');
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0) return;
      const command = rest.slice(0, end).slice(0, 4).toUpperCase();
      rest = rest.slice(end + 2);
      if (command === 'EHLO') socket.write('250-sink\r\n250 SIZE 10000000\r\n');
      else if (command === 'DATA') {
        isData = true;
        socket.write('354 go on\r\n');
      } else if (command === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ mails, cpuMs: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());
