// Opening a link changes nothing, because mail scanners and browsers open links by themselves: every role follows every
// link there is, the links in mails too, and the database holds the same rows as before. On the way no link is dead.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { clickThrough, newPage, openBrowser } from './browser.mjs';
import { ROLES, signIn, startHeard } from './heard.mjs';

// Of pages that differ only in what they are about, so many are opened.
const OF_EACH_SHAPE = 16;
// A process says that it is alive; a session that goes on for more than a minute says when it was last used.
const IN_THEIR_OWN_TIME = /^INSERT INTO (nodes|sessions) /;
const LONGEST_DUMP = 256 * 1024 * 1024;

let heard, browser;
before(async () => {
    heard = await startHeard('--no-workers'); // Which would change rows in their own time.
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('opening every link changes no row', async (t) => {
    const pages = { nobody: await newPage(browser) };
    for (const role of ROLES) {
        pages[role] = await newPage(browser);
        await signIn(pages[role], heard, role);
    }
    t.after(() => Promise.all(Object.values(pages).map((page) => page.context().close())));
    await sendDigest(pages.council, pages.admin);

    const before = await rows();
    const found = new Map();
    for (const role of ROLES) found.set(role, await follow(pages[role].request, ['/', '/sign-in', '/track', '/api/docs/']));
    // The newest mails are all about the council; those to people who asked lie further down.
    for (const path of await follow(pages.admin.request, await closures())) found.get('admin').add(path);
    const mailed = [...found.get('admin')].filter((path) => /^\/(t|unsubscribe|mail)\//.test(path));
    assert.ok(mailed.some((path) => path.startsWith('/t/')), 'mails lead to tracking pages');
    assert.ok(mailed.some((path) => path.startsWith('/unsubscribe/')), 'and to the end of the subscription');
    assert.ok(mailed.some((path) => path.startsWith('/mail/')), 'and to where their reader chooses');
    await follow(pages.nobody.request, ['/', ...mailed]);
    const after = await rows();

    assert.deepEqual([...after].filter((row) => !before.has(row)), [], 'rows that came');
    assert.deepEqual([...before].filter((row) => !after.has(row)), [], 'rows that went');
});

async function sendDigest(council, admin) {
    await council.goto(`${heard.url}/digests/new`);
    await clickThrough(council.locator('form[action="/digests"] button.main'));
    const path = new URL(council.url()).pathname;
    await clickThrough(council.locator('form[action$="/submission"] button'));
    // Never by whoever handed it in.
    await admin.goto(heard.url + path);
    await clickThrough(admin.locator('form[action$="/approval"] button'));
}

/// Opens what can be reached from there and returns it; every page must be there.
async function follow(request, begin) {
    const queue = [...begin];
    const known = new Set(queue);
    const opened = new Map();
    for (let path = queue.shift(); path; path = queue.shift()) {
        const answer = await request.get(heard.url + path);
        assert.equal(answer.status(), 200, `${path} is there`);
        if (!answer.headers()['content-type'].startsWith('text/html')) continue;
        for (const link of links(await answer.text(), answer.url())) {
            const shape = shapeOf(link);
            const n = opened.get(shape) ?? 0;
            // The one link that counts: one sum for all who come by the mails of a digest.
            if (link.startsWith('/heard/from/')) continue;
            if (known.has(link) || n >= OF_EACH_SHAPE) continue;
            opened.set(shape, n + 1);
            known.add(link);
            queue.push(link);
        }
    }
    return known;
}

// Links of a page, and addresses of ours in the text of a mail.
function links(text, base) {
    const ours = [...text.matchAll(/(?:href|src)="([^"]*)"|(https?:\/\/[^\s"<>]+)/g)]
        .map(([, attribute, plain]) => new URL(unescaped(attribute ?? plain), base))
        .filter((url) => url.origin === heard.url && !url.pathname.includes('…') && !url.pathname.includes('%E2%80%A6'));
    return ours.map((url) => url.pathname + url.search);
}

function unescaped(html) {
    return html.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&amp;', '&');
}

function shapeOf(path) {
    return path
        .replace(/\/(t|unsubscribe|mail|password|setup)\/[^/?]+/, '/$1/*')
        .replace(/\b[FC]-[0-9A-Z]{7}\b/g, '*')
        .replace(/\d+/g, '*')
        .replace(/=(?!\*)[^&]*/g, '=*');
}

async function rows() {
    return new Set((await sqlite('.dump')).filter((row) => !IN_THEIR_OWN_TIME.test(row)));
}

async function closures() {
    const ids = await sqlite("select id from outbox where template = 'closure' order by id desc limit 3");
    return ids.map((id) => `/outbox/${id}`);
}

async function sqlite(asked) {
    const { stdout } = await promisify(execFile)('sqlite3', ['-readonly', heard.database, asked], { maxBuffer: LONGEST_DUMP });
    return stdout.split('\n').filter(Boolean);
}
