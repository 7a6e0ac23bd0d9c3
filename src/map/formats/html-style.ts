/** The style sheet of the page around the pictures. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8;
  --card: #fff;
  --edge: #d5dae3;
  --text: #1a2030;
  --muted: #566075;
  --alarm: #b42318;
  --accent: #1d4ed8;
  --hover: #eef2fb;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1219;
    --card: #161b25;
    --edge: #333c4d;
    --text: #e9ecf3;
    --muted: #a6b0c3;
    --alarm: #ff8f80;
    --accent: #86adff;
    --hover: #202838;
  }
}
* { box-sizing: border-box }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
main, header { max-width: 1048px; margin: 0 auto; padding: 0 24px }
header { padding-top: 28px }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px }
h2 { font-size: 15px; margin: 0 }
p { margin: 0 0 12px; color: var(--muted); max-width: 70ch }
code, .path { font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere }
a { color: var(--accent) }
.find {
  position: sticky;
  top: 0;
  z-index: 2;
  background: var(--page);
  padding: 10px 0;
  display: flex;
  gap: 6px 14px;
  align-items: center;
  flex-wrap: wrap;
}
.find input {
  font: inherit;
  color: inherit;
  background: var(--card);
  border: 1px solid var(--muted);
  border-radius: 8px;
  padding: 7px 12px;
  width: min(340px, 100%);
}
.find output { color: var(--muted) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.index { columns: 3 230px; column-gap: 28px; list-style: none; padding: 0; margin: 0 0 14px }
.index .alarm { white-space: nowrap }
.index li { break-inside: avoid; padding: 2px 0; overflow-wrap: anywhere }
.legend {
  list-style: none;
  display: flex;
  flex-wrap: wrap;
  gap: 4px 18px;
  padding: 0;
  margin: 0 0 14px;
  color: var(--muted);
  font-size: 12.5px;
}
.legend li { display: flex; align-items: center; gap: 6px }
section {
  background: var(--card);
  border: 1px solid var(--edge);
  border-radius: 12px;
  margin: 0 0 20px;
  overflow: hidden;
  break-inside: avoid-page;
  content-visibility: auto;
  contain-intrinsic-size: auto 480px;
}
section > svg { display: block; width: 100%; height: auto }
.narrow { display: none !important }
details { border-top: 1px solid var(--edge) }
summary { padding: 10px 20px; cursor: pointer; color: var(--muted); overflow-wrap: anywhere }
summary:hover { background: var(--hover) }
details.common { border-top: 0 }
table { border-collapse: collapse; width: 100%; font-size: 13px; table-layout: fixed }
thead th { color: var(--muted); font-size: 12px; overflow-wrap: normal }
thead th:nth-child(1) { width: 22% }
thead th:nth-child(2) { width: 27% }
thead th:nth-child(3) { width: 14% }
thead th:nth-child(4) { width: 11% }
thead th:nth-child(5) { width: 11% }
thead th:nth-child(6) { width: 7% }
thead th:nth-child(7) { width: 8% }
th, td {
  text-align: left;
  vertical-align: top;
  padding: 7px 8px;
  border-top: 1px solid var(--edge);
  overflow-wrap: anywhere;
  font-weight: 400;
}
th:first-child, td:first-child { padding-left: 20px }
td:last-child { padding-right: 20px }
tr:target, tr:focus { background: var(--hover) }
tr:focus { outline-offset: -2px }
small { font-size: 12px; color: var(--muted); display: block }
small.kind { display: inline }
.alarm, small.alarm { color: var(--alarm) }
.problem {
  border: 1px solid var(--alarm);
  border-radius: 8px;
  padding: 8px 12px;
  margin: 0 0 12px;
  overflow-wrap: anywhere;
}
[hidden] { display: none !important }
.dim { opacity: 0.25 }
.sr {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
#tip {
  position: absolute;
  z-index: 3;
  width: min(400px, calc(100vw - 24px));
  background: var(--card);
  color: var(--text);
  border: 1px solid var(--muted);
  border-radius: 10px;
  box-shadow: 0 8px 28px rgba(0, 0, 0, 0.22);
  padding: 10px 14px;
  font-size: 13px;
  pointer-events: none;
}
#tip dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 12px; margin: 4px 0 8px }
#tip dl:last-child { margin-bottom: 0 }
#tip dt { color: var(--muted) }
#tip dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 859px) {
  .wide { display: none !important }
  .narrow { display: block !important; max-width: 520px; margin: 0 auto }
  main, header { padding-left: 12px; padding-right: 12px }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody, tr, td, th { display: block }
  tr { border-top: 1px solid var(--edge); padding: 8px 16px }
  tbody th, td, th:first-child, td:first-child, td:last-child { border: 0; padding: 1px 0 }
  td { display: grid; grid-template-columns: 88px 1fr; column-gap: 8px }
  td::before { content: attr(data-title); color: var(--muted) }
  td > small { grid-column: 2 }
  td:empty { display: none }
}
@media print {
  :root { --page: #fff }
  body { font-size: 11px }
  .find, #tip, .index { display: none }
  section { border-color: #999 }
  main, header { max-width: none; padding: 0 }
  .wide { display: block !important }
  .narrow { display: none !important }
}
`;
