/**
 * The script of the page: it shows the rows of a lane next to the lane, and finds paths. It reads the tables of the
 * page, and writes strings only, never markup.
 */
export const PAGE_SCRIPT = `
const tip = document.getElementById('tip');
const input = document.querySelector('.find input');
const output = document.querySelector('.find output');
const lanes = [...document.querySelectorAll('a.sm-lane')];
const rowsOf = lane => lane.dataset.rows.split(' ').map(id => document.getElementById(id));
const stringsOf = element => [...element.childNodes].map(node => node.textContent);

function element(name, content) {
  return Object.assign(document.createElement(name), { textContent: content });
}

function describe(row) {
  const title = element('strong', stringsOf(row.querySelector('th')).join(' in '));
  title.className = 'path';
  const list = document.createElement('dl');
  for (const cell of row.querySelectorAll('td')) {
    if (cell.textContent) {
      list.append(element('dt', cell.dataset.title), element('dd', stringsOf(cell).join(' · ')));
    }
  }
  return [title, list];
}

function show(lane) {
  tip.replaceChildren(...rowsOf(lane).slice(0, 4).flatMap(describe));
  tip.hidden = false;
  const { top, bottom, left } = lane.getBoundingClientRect();
  const fitsBelow = bottom + tip.offsetHeight + 8 < innerHeight || top < tip.offsetHeight + 8;
  const maxLeft = document.documentElement.clientWidth - tip.offsetWidth - 12;
  tip.style.top = (fitsBelow ? bottom + 4 : top - tip.offsetHeight - 4) + scrollY + 'px';
  tip.style.left = Math.max(12, Math.min(left + 20, maxLeft)) + 'px';
}

function hide() {
  tip.hidden = true;
}

function openAround(row) {
  for (let details = row.closest('details'); details; details = details.parentElement.closest('details')) {
    details.open = true;
  }
}

function open(row) {
  hide();
  openAround(row);
  row.focus();
  row.scrollIntoView({ block: 'center' });
}

for (const lane of lanes) {
  lane.addEventListener('pointerenter', () => show(lane));
  lane.addEventListener('focus', () => show(lane));
  lane.addEventListener('pointerleave', hide);
  lane.addEventListener('blur', hide);
  lane.addEventListener('click', event => {
    event.preventDefault();
    open(rowsOf(lane)[0]);
  });
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') hide();
  if (event.key === '/' && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  }
});

function filterRows(section, query) {
  const showsAll = section.dataset.name.toLowerCase().includes(query);
  let matches = 0;
  for (const row of section.querySelectorAll('tbody tr')) {
    row.hidden = !showsAll && !row.textContent.toLowerCase().includes(query);
    matches += row.hidden ? 0 : 1;
    if (query !== '' && !row.hidden && !showsAll) openAround(row);
  }
  section.hidden = query !== '' && matches === 0;
  if (query !== '') section.querySelector('details').open = true;
  return matches;
}

function find() {
  const query = input.value.trim().toLowerCase();
  let matches = 0;
  for (const section of document.querySelectorAll('section')) {
    matches += filterRows(section, query);
  }
  for (const lane of lanes) {
    lane.classList.toggle('dim', rowsOf(lane).every(row => row.hidden));
  }
  output.textContent = query === '' ? '' : summarize(matches);
}

function summarize(matches) {
  if (matches === 0) return 'No matches.';
  return matches === 1 ? '1 match. Press Enter to open it.' : matches + ' matches. Press Enter to open the first.';
}

input.addEventListener('input', find);
input.addEventListener('keydown', event => {
  const first = document.querySelector('section:not([hidden]) tbody tr:not([hidden])');
  if (event.key === 'Enter' && first) open(first);
  if (event.key === 'Escape') {
    input.value = '';
    find();
  }
});
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
`;
