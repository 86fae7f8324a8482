import { createRequire } from 'module'; const require = createRequire('/work/main/tests/browser/x.mjs');
const { chromium } = require('playwright-core');
const [,, who, path, out, ...opts] = process.argv;
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync','--no-first-run']});
const phone = opts.includes('phone');
const c = await b.newContext({viewport: phone?{width:390,height:800}:{width:1280,height:900}, colorScheme: opts.includes('dark')?'dark':'light', locale: opts.includes('ru')?'ru-RU':'en-US'});
const p = await c.newPage(); const base=process.env.BASE||'http://127.0.0.1:8123';
p.on('console', m=>console.log('console', m.type(), m.text()));
if (who!=='-') { await p.goto(base+'/sign-in'); await p.fill('[name=email]', who+'@heard.example'); await p.fill('[name=password]','heard-demo-2026'); await p.click('form[action="/sign-in"] button'); await p.waitForLoadState(); }
const r = await p.goto(base+path); console.log(r.status(), p.url());
const click = opts.find(o=>o.startsWith('click=')); if (click){ await p.click(click.slice(6)); await p.waitForLoadState(); console.log(p.url()); }
await p.screenshot({path: out, fullPage: opts.includes('full')}); await b.close();
