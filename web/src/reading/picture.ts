// Saves the drawings of a card as one SVG or PNG that looks the same outside the page: every colour written out.
const written = [
  'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'fill-opacity',
  'stroke-opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'dominant-baseline',
];

/** Attributes instead of styles: the content security policy also holds for pictures made here. */
function copied(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]!);
    for (const name of written) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value.replaceAll('"', "'"));
    }
    element.removeAttribute('class');
    element.removeAttribute('style');
  });
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  return copy;
}

interface Look {
  x?: number;
  weight?: number;
  size?: number;
  colour: string;
}

function line(words: string, y: number, {x = 16, weight = 400, size = 14, colour}: Look): SVGTextElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  const attributes = {x, y, 'font-size': size, 'font-weight': weight, fill: colour, 'font-family': 'Fira Sans, sans-serif'};
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = words;
  return element;
}

/** Every `svg.figure` and every line of `.in-picture` below the card, where it stands, between heading and source. */
export function picture(card: Element, heading: string, source: string): {svg: string; width: number; height: number} {
  const drawings = [...card.querySelectorAll<SVGSVGElement>('svg.figure')];
  const boxes = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - 16;
  const top = Math.min(...boxes.map((box) => box.top)) - 52;
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left + 16);
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top + 44);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();

  const whole = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  whole.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  whole.setAttribute('viewBox', `0 0 ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', colour('--card'));
  whole.append(ground, line(heading, 30, {weight: 600, size: 19, colour: colour('--ink')}));
  whole.append(line(source, height - 14, {size: 13, colour: colour('--muted')}));
  for (const words of card.querySelectorAll('.in-picture')) {
    const box = words.getBoundingClientRect();
    whole.append(line(words.textContent.replace(/\s+/g, ' ').trim(), box.top - top + 16, {x: box.left - left, colour: colour('--ink')}));
  }
  drawings.forEach((drawing, i) => {
    const copy = copied(drawing);
    const box = boxes[i]!;
    for (const [name, value] of Object.entries({x: box.left - left, y: box.top - top, width: box.width, height: box.height}))
      copy.setAttribute(name, String(value));
    copy.setAttribute('color', colour('--ink'));
    whole.append(copy);
  });
  return {svg: new XMLSerializer().serializeToString(whole), width, height};
}

export async function png({svg, width, height}: {svg: string; width: number; height: number}): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], {type: 'image/svg+xml'}));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('canvas')))));
}
