/**
 * The theme for canvases, read from the style sheet: the tokens are the one source of colour, and the browser resolves
 * light and dark for us.
 */
import { AGE_TONES, DESIGN_COLOURS, type Theme } from './pen.ts';

/** Resolves the tokens as they stand on `host` now. Read again whenever the theme changes. */
export function readTheme(host: HTMLElement): Theme {
  const probe = document.createElement('span');
  probe.className = 'drawn';
  host.append(probe);
  const colour = (token: string) => {
    probe.style.backgroundColor = `var(--${token})`;
    return getComputedStyle(probe).backgroundColor;
  };
  const { fontFamily } = getComputedStyle(host);
  const theme: Theme = {
    paper: colour('panel'),
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    down: colour('down'),
    belief: colour('belief'),
    ages: Array.from({ length: AGE_TONES }, (_, tone) => colour(`age-${tone}`)),
    bytes: colour('bytes'),
    expired: colour('expired'),
    acked: colour('acked'),
    failed: colour('failed'),
    refused: colour('refused'),
    latency: colour('latency'),
    designs: Array.from({ length: DESIGN_COLOURS }, (_, place) => colour(`design-${place}`)),
    font: `12px ${fontFamily}`,
  };
  probe.remove();
  return theme;
}
