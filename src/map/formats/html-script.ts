/**
 * What the page does beyond showing: the row of a lane beside it, and finding a path. It reads the tables of the page
 * and
 * writes nothing but text.
 */
export const PAGE_SCRIPT = `
const tip = document.getElementById('tip');
const input = document.querySelector('.find input');
const output = document.querySelector('.find output');
const lanes = [...document.querySelectorAll('a.sm-lane')];
const rowsOf = lane => lane.dataset.rows.split(' ').map(id => document.getElementById(id));
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

function show(lane) {
  tip.replaceChildren(...rowsOf(lane).slice(0, 4).flatMap(row => {
    const list = document.createElement('dl');
    for (const cell of row.querySelectorAll('td')) {
      if (cell.textContent) list.append(element('dt', cell.dataset.title), element('dd', [...cell.childNodes].map(node => node.textContent).join('; ')));
    }
    const title = element('strong', [...row.querySelector('th').childNodes].map(node => node.textContent).join(' in '));
    title.className = 'path';
    return [title, list];
  }));
  tip.hidden = false;
  const at = lane.getBoundingClientRect();
  const below = at.bottom + tip.offsetHeight + 8 < innerHeight || at.top < tip.offsetHeight + 8;
  tip.style.top = (below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY + 'px';
  tip.style.left = Math.max(12, Math.min(at.left + 20, document.documentElement.clientWidth - tip.offsetWidth - 12)) + 'px';
}
const hide = () => { tip.hidden = true; };

for (const lane of lanes) {
  lane.addEventListener('pointerenter', () => show(lane));
  lane.addEventListener('focus', () => show(lane));
  lane.addEventListener('pointerleave', hide);
  lane.addEventListener('blur', hide);
  lane.addEventListener('click', event => { event.preventDefault(); open(rowsOf(lane)[0]); });
}
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') hide();
  if (event.key === '/' && document.activeElement !== input) { event.preventDefault(); input.focus(); }
});

function open(row) {
  hide();
  row.closest('details').open = true;
  row.focus();
  row.scrollIntoView({ block: 'center' });
}

function find() {
  const wanted = input.value.trim().toLowerCase();
  let found = 0;
  for (const section of document.querySelectorAll('section')) {
    let own = 0;
    for (const row of section.querySelectorAll('tbody tr')) {
      row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted) && !section.dataset.name.toLowerCase().includes(wanted);
      own += row.hidden ? 0 : 1;
    }
    section.hidden = own === 0 && wanted !== '';
    found += own;
    const details = section.querySelector('details');
    if (wanted !== '') details.open = true;
  }
  for (const lane of lanes) lane.classList.toggle('dim', rowsOf(lane).every(row => row.hidden));
  output.textContent = wanted === '' ? '' : found + (found === 1 ? ' row' : ' rows') + ', Enter goes to the first';
}
input.addEventListener('input', find);
input.addEventListener('keydown', event => {
  const first = document.querySelector('section:not([hidden]) tbody tr:not([hidden])');
  if (event.key === 'Enter' && first) open(first);
  if (event.key === 'Escape') { input.value = ''; find(); }
});
addEventListener('beforeprint', () => { for (const details of document.querySelectorAll('details')) details.open = true; });
`;
