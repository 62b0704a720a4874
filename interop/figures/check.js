// Reads figures (one JSON object a line: mermaid, dot, labels) from standard input and has the real Mermaid and
// Graphviz parse them: each must see exactly the labels that were meant, and nothing else.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { instance } from '@viz-js/viz';

const { window } = new JSDOM('<!doctype html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
const graphviz = await instance();

// Mermaid keeps an entity code #34; of a label as a placeholder until it draws.
const shown = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (all, code) => String.fromCodePoint(Number(code)));

async function labelsInMermaid(figure) {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(figure);
  return [...diagram.db.getVertices().values()].map((vertex) => vertex.text.split('<br>').map(shown));
}

function labelsInGraphviz(figure) {
  const result = graphviz.render(figure, { format: 'json0' });
  if (result.status !== 'success') throw new Error(result.errors[0].message);
  return JSON.parse(result.output).objects.map((box) => linesOf(box.label));
}

// Graphviz answers a label as it was written: \n ends a line, another \x is x, and &amp; is drawn as &.
function linesOf(label) {
  const lines = [''];
  for (const [part] of label.matchAll(/\\?[^]/g)) {
    if (part === '\\n') lines.push('');
    else lines[lines.length - 1] += part.at(-1);
  }
  return lines.map((line) => line.replaceAll('&amp;', '&'));
}

function compare(tool, seen, meant, figure) {
  if (JSON.stringify(seen) !== JSON.stringify(meant)) {
    const at = meant.findIndex((label, i) => JSON.stringify(label) !== JSON.stringify(seen[i]));
    throw new Error(`${tool} sees ${JSON.stringify(seen[at])} instead of ${JSON.stringify(meant[at])} in\n${figure}`);
  }
}

const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean);
if (lines.length === 0) throw new Error('no figures to check');
for (const line of lines) {
  const { mermaid: figure, dot, labels } = JSON.parse(line);
  await mermaid.parse(figure);
  compare('Mermaid', await labelsInMermaid(figure), labels, figure);
  // Control characters have no place in a Graphviz label, and become spaces.
  const plain = labels.map((label) => label.map((text) => text.replace(/[\0-\x1f\x7f]/g, ' ')));
  compare('Graphviz', labelsInGraphviz(dot), plain, dot);
}
console.log(`${lines.length} figures parse in Mermaid and Graphviz with the labels that were meant`);
