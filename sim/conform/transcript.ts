/**
 * A find as text, twelve lines at most: what is wrong, the rule, and the talk from `reset` to the wrong reply, each
 * request with its reply. Sent again to a new subject, the requests give the same replies.
 */
import type { Find, TranscriptLine } from './report.ts';
import { ruleText } from './rules.ts';

/** The most lines there are. */
export const MAX_TRANSCRIPT_LINES = 12;

/** Lines of requests, so that the others have room: headline, rule, expectation and what was left out. */
const MAX_TALK_LINES = MAX_TRANSCRIPT_LINES - 4;

/** The lines that tell of a find. */
export function transcriptLines({ divergence, transcript }: Pick<Find, 'divergence' | 'transcript'>): string[] {
  const { says, rule, expected } = divergence;
  const left = transcript.length - MAX_TALK_LINES;
  const talk = left > 0 ? transcript.slice(-MAX_TALK_LINES) : transcript;
  const width = Math.max(...talk.map(({ request }) => request.length), 0);
  return [
    says.replaceAll('\n', ' '),
    `rule: ${ruleText(rule)}`,
    ...(left > 0 ? [`… ${left} requests before these`] : []),
    ...talk.map((line) => talkLine(line, width)),
    `${' '.repeat(width + 4)}expected result: ${expected}`,
  ];
}

function talkLine({ request, reply }: TranscriptLine, width: number): string {
  return `> ${request.padEnd(width)}  < ${reply ?? '(no line)'}`;
}
