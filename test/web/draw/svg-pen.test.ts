import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SvgPen } from '../../../web/draw/svg-pen.ts';

const measure = (text: string) => 6 * text.length;
const size = { width: 100, height: 50, title: 'a picture' };

function drawn(draw: (pen: SvgPen) => void): string {
  const pen = new SvgPen(measure);
  draw(pen);
  return pen.document(size);
}

test('rectangles, lines and words are what they were on the canvas', () => {
  const svg = drawn((pen) => {
    pen.fillStyle = '#123456';
    pen.fillRect(1, 2, 30.126, 4);
    pen.strokeStyle = '#abcdef';
    pen.lineWidth = 2;
    pen.setLineDash([4, 2]);
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(10, 5);
    pen.stroke();
    pen.globalAlpha = 0.5;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.fillText('a → b', 9, 8);
  });
  expect(svg).toContain('<rect x="1" y="2" width="30.13" height="4" fill="#123456"/>');
  expect(svg).toContain('<path d="M0 0L10 5" fill="none" stroke="#abcdef" stroke-width="2" stroke-dasharray="4 2"/>');
  expect(svg).toMatch(
    /<text x="9" y="8" text-anchor="end" dominant-baseline="central" fill="#123456" fill-opacity="0.5"/,
  );
  expect(svg).toContain('>a → b</text>');
});

test('what is saved comes back, and what was clipped ends there', () => {
  const svg = drawn((pen) => {
    pen.fillStyle = 'red';
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, 5, 5);
    pen.clip();
    pen.fillStyle = 'blue';
    pen.fillRect(0, 0, 9, 9);
    pen.restore();
    pen.fillRect(1, 1, 1, 1);
  });
  const [clipped = '', after = ''] = svg.split('</g>');
  expect(clipped).toContain('<clipPath id="clip-1"><path d="M0 0h5v5h-5Z"/></clipPath><g clip-path="url(#clip-1)">');
  expect(clipped).toContain('fill="blue"');
  expect(after).toContain('fill="red"');
});

test('what has no width is not drawn, and text is measured by its font', () => {
  expect(drawn((pen) => pen.fillRect(0, 0, 0, 9))).not.toContain('<rect');
  expect(new SvgPen((text, font) => text.length * parseInt(font, 10)).measureText('four').width).toBe(48);
});

test('whatever words there are, the document is well formed', () => {
  const reached = { markup: 0, control: 0 };
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40, size: 'max' }), fc.nat({ max: 3 }), (words, groups) => {
      const svg = drawn((pen) => {
        for (let i = 0; i < groups; i++) {
          pen.save();
          pen.beginPath();
          pen.rect(0, 0, 5, 5);
          pen.clip();
        }
        pen.fillText(words, 0, 0);
      });
      const text = /<text[^>]*>([^<>]*)<\/text>/.exec(svg)?.[1];
      expect(text).toBeDefined();
      expect(text?.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
      expect(svg.match(/<g /g)?.length ?? 0).toBe(svg.match(/<\/g>/g)?.length ?? 0);
      if (/[<>&"]/.test(words)) reached.markup++;
      if (/\p{Cc}/u.test(words)) reached.control++;
    }),
    {
      numRuns: 400,
      seed: 12,
      examples: [
        ['<b>&"', 2],
        ['\u0001', 0],
      ],
    },
  );
  expect(Math.min(reached.markup, reached.control)).toBeGreaterThan(0);
});
