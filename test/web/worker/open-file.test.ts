import { expect, test } from 'vitest';
import { parseScenario } from '../../../sim/scenario/index.ts';
import { openFile } from '../../../web/worker/open-file.ts';

const open = (name: string, text: string) => openFile({ kind: 'open', id: 1, name, text });

test('a scenario comes through as it is', () => {
  expect(open('mine.yaml', 'hintlab: 1\n')).toMatchObject({ kind: 'opened', name: 'mine.yaml', text: 'hintlab: 1\n' });
});

test('a LANL table becomes a scenario that parses, with its outages', () => {
  const row = (from: string, to: string) =>
    `23,cluster,5,544,32,1,0,Jan-98,Jan-98,4-Dec,part,16,1,1,4,compute,${from},${to},350,,,,,Unresolvable,,No`;
  const header =
    'System,machine type,nodes,procstot,procsinnode,nodenum,nodenumz,node install,node prod,node decom,fru type,mem,cputype,memtype,num intercon,purpose,Prob Started,Prob Fixed,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software,Same Event';
  const reply = open(
    'outages.csv',
    [header, row('2/3/1998 7:00', '2/3/1998 12:50'), row('2/5/1998 1:00', '2/5/1998 2:00')].join('\n'),
  );
  if (reply.kind !== 'opened') throw new Error('it opens');
  const parsed = parseScenario(reply.text, { file: reply.name });
  expect(parsed.kind === 'scenario' && parsed.scenario.faults).toHaveLength(2);
});

test('a scenario longer than the parser takes is not opened: it would bury the text that runs', () => {
  const reply = open('big.yaml', `hintlab: 1\n${'# c\n'.repeat(400_000)}`);
  expect(reply.kind === 'unopened' && reply.reason).toBe(
    'expected a scenario of at most 1 048 576 characters, found 1 600 011',
  );
});

test('another file says what was expected', () => {
  const reply = open('cat.png', 'PNG');
  expect(reply.kind === 'unopened' && reply.reason).toMatch(/expected a scenario .* LANL .* Twitter/);
});
