import { createHash } from 'node:crypto';

/** The page's one style sheet: one column, thumb-sized buttons, the system's font and its light or dark colours. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#17191c;--soft:#5c636e;--line:#d9dde3;--code:#f0f2f5;--go:#1a7f37;--stop:#b42318;--warn:#9a5b00;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--bg:#101214;--card:#1a1d21;--ink:#e8eaed;--soft:#9aa3ae;--line:#31363d;--code:#121417;--go:#2ea043;--stop:#e5534b;--warn:#d29922;--link:#6cb6ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
main,header{max-width:42rem;margin:0 auto;padding:0 1rem}
header{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding-top:.9rem;padding-bottom:.4rem}
header b{font-size:1.1rem}header a{color:inherit;text-decoration:none}
h1{font-size:1.35rem;line-height:1.25;margin:.6rem 0 .8rem}h2{font-size:.95rem;margin:1.6rem 0 .5rem;color:var(--soft)}
a{color:var(--link)}p{margin:.5rem 0}
.card{display:block;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.9rem 1rem;margin:.6rem 0;color:inherit;text-decoration:none;overflow-wrap:anywhere}
a.card:active,a.card:hover{border-color:var(--link)}
.card b{display:block;font-size:1.05rem}.soft{color:var(--soft);font-size:.9rem}
.row{display:flex;justify-content:space-between;align-items:center;gap:.6rem;flex-wrap:wrap}
.tag{font-size:.8rem;font-weight:600;padding:.1rem .55rem;border-radius:99px;border:1px solid currentColor;white-space:nowrap}
.destructive,.failed,.denied{color:var(--stop)}.disruptive,.pending,.expired{color:var(--warn)}.completed,.approved,.running{color:var(--go)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem .9rem;margin:0}dt{color:var(--soft)}dd{margin:0;min-width:0}
pre{background:var(--code);border:1px solid var(--line);border-radius:8px;padding:.7rem .8rem;margin:.4rem 0 0;font:14px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-height:50vh;overflow-y:auto}
summary{cursor:pointer;color:var(--soft);padding:.4rem 0}
label{display:block;margin:.8rem 0 .3rem}
input[type=text],input[type=password]{width:100%;min-height:48px;padding:.6rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:10px}
button{width:100%;min-height:50px;margin-top:.8rem;padding:.6rem 1rem;font:600 1.05rem/1.2 system-ui,sans-serif;border-radius:10px;border:1px solid transparent;background:var(--link);color:#fff;cursor:pointer}
@media(prefers-color-scheme:dark){button{background:#1f6feb}}
button.go{background:#1a7f37}button.red{background:#b42318}button.no{background:var(--card);color:var(--ink);border-color:var(--soft)}
button.link{width:auto;min-height:44px;margin:0;padding:.3rem .2rem;background:none;border:0;color:var(--soft);font-weight:400;font-size:.9rem;text-decoration:underline}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.note{border-left:4px solid var(--warn);padding:.5rem .8rem;background:var(--card);border-radius:6px;overflow-wrap:anywhere}
.said{border-left-color:var(--stop)}
footer{color:var(--soft);font-size:.85rem;margin:2rem 0}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Headers of every answer of the page: nothing from elsewhere, no script at all, in no frame, in no cache, no address to other sites. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  // SECURITY: previews hold text from elsewhere; should any of it ever get through the escaping, it still cannot run, load or send anything.
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: browsers then send `Origin: null` with the forms.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};
